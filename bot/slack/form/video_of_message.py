"""Finds the video that a message is about."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from bot.domain.effects import Effects
from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.parsing import video_id
from bot.domain.video import VideoId
from bot.slack.blocks import buttons

_WORD = re.compile(r"[^\s<>|\"]{12,}")
"""No link that speaks of a video, and no id, is shorter."""
_UUID = re.compile(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_MOST_TRIED = 50
"""Links and ids of one message; who means a video names it early."""


def video_in(message: dict[str, Any], effects: Effects) -> VideoId | None:
    """The video of a button of ours under it, else the first one that its words name."""
    return next(_videos(message, effects), None)


def videos_in(message: dict[str, Any], effects: Effects) -> tuple[VideoId, ...]:
    """Every video that its buttons of ours carry or that its words name, each once."""
    return tuple(dict.fromkeys(_videos(message, effects)))


def _videos(message: dict[str, Any], effects: Effects) -> Iterator[VideoId]:
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            with contextlib.suppress(StaleButton, AttributeError):
                yield buttons.carried(str(element.get("value", "")), effects)[0].video
    parts = [message.get(key) for key in ("text", "blocks", "attachments")]
    likely = (each for text in _texts(parts) for each in _likely(text))
    yield from _named(islice(likely, _MOST_TRIED))


def _texts(node: Any) -> Iterator[str]:
    """Every text in it, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)


def _likely(text: str) -> Iterator[str]:
    """Links that speak of a video or hold an id, and ids by themselves, word by word.

    An expression for all of it would begin anew at every `http` of a word without an end.
    """
    for word in _WORD.findall(text):
        link = word[max(0, word.casefold().find("http")) :]
        ids = _UUID.findall(word)
        if link.casefold().startswith(("http://", "https://")) and (
            ids or "video" in link.casefold()
        ):
            yield link
        else:
            yield from ids


def _named(likely: Iterable[str]) -> Iterator[VideoId]:
    for each in likely:
        try:
            yield video_id(each)
        except NotAVideo:
            continue
