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
"""A word that may be a link to a video, or an id: neither is shorter."""
_UUID = re.compile(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_MOST_TRIED = 50
"""Links and ids that are tried of one message. People who mean a video name it early."""


def video_in(message: dict[str, Any], effects: Effects) -> VideoId | None:
    """Returns the video of our button under the message, else the first that its words name."""
    return next(_videos(message, effects), None)


def videos_in(message: dict[str, Any], effects: Effects) -> tuple[VideoId, ...]:
    """Returns each video that our buttons under it carry or its words name, once."""
    return tuple(dict.fromkeys(_videos(message, effects)))


def _videos(message: dict[str, Any], effects: Effects) -> Iterator[VideoId]:
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            # Other apps' buttons may carry anything.
            with contextlib.suppress(StaleButton, AttributeError):
                yield buttons.carried(str(element.get("value", "")), effects)[0].video
    parts = [message.get(key) for key in ("text", "blocks", "attachments")]
    likely = (each for text in _texts(parts) for each in _likely(text))
    yield from _named(islice(likely, _MOST_TRIED))


def _texts(node: Any) -> Iterator[str]:
    """Returns every text in it, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)


def _likely(text: str) -> Iterator[str]:
    """Returns links that contain `video` or an id, and ids that stand alone.

    It goes word by word, as one expression for it all would start anew at every `http` of an
    endless word, which takes the square of its length.
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
