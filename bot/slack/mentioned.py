"""Finds the video that a message is about."""

import re
from collections.abc import Iterator
from typing import Any

from bot.domain.command import video_id
from bot.domain.effects import Effects
from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.video import VideoId
from bot.slack.blocks import buttons

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LIKELY = re.compile(rf"(?i)https?://[^\s<>|\"]*(?:video|{_UUID})[^\s<>|\"]*|\b{_UUID}\b")
"""A link that speaks of a video or holds an id, or an id by itself."""


def video_in(message: dict[str, Any], effects: Effects) -> VideoId | None:
    """The video of a button of ours under it, else the first one that its words name."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            try:
                return buttons.carried(str(element.get("value", "")), effects)[0].video
            except (StaleButton, AttributeError):
                continue
    parts = [message.get(key) for key in ("text", "blocks", "attachments")]
    return next((video for text in _texts(parts) for video in _named(text)), None)


def _texts(node: Any) -> Iterator[str]:
    """Every text in it, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)


def _named(text: str) -> Iterator[VideoId]:
    for found in _LIKELY.findall(text):
        try:
            yield video_id(found)
        except NotAVideo:
            continue
