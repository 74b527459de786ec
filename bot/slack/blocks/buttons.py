"""Buttons: what each carries, so that it works after a restart or on an emptied Redis."""

import json
from collections.abc import Iterable
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InteractiveElement,
    Option,
    StaticSelectElement,
)

from bot.domain.command import video_id
from bot.domain.effects import Effects, in_words
from bot.domain.errors import StaleButton, UserError
from bot.domain.images import image_link
from bot.domain.request import MessageTs, Pick, Reason, Request, RequestId, Take, Wish

AGAIN = "regenerate_again"
RETRY = "retry"
ANOTHER_EFFECT = "another_effect"
GO_AHEAD = "go_ahead"
KEEP_WATCHING = "keep_watching"
WATCH = "watch"

VERSION = 1
MOST_VALUE = 2000
"""Characters of a button's value. Source: Block Kit reference, button."""
_ROOM = 200
"""Characters that a question asked before it is repeated may add: what is agreed to, the running
request that it goes over, and the thread."""
_MOST_OPTIONS = 100
_MOST_OPTION = 75
"""Characters of an option's text and value. Source: Block Kit reference, option object."""
_MOST_URL = 3000
_MOST_ID = 200
"""Characters of an id that came from IACrea, as `iacrea.wire` reads it."""


def again(request: Request, effects: Effects) -> ActionsBlock:
    """Under a result: the same once more, another effect, and the video."""
    elements: list[InteractiveElement] = [
        _button(AGAIN, "Regenerate again", same(request, request.takes)),
        _effect_select(effects),
    ]
    link = request.video_url
    if link and len(link) <= _MOST_URL and link.startswith(("https://", "http://")):
        elements.append(ButtonElement(action_id=WATCH, text="Watch", url=link, style="primary"))
    return ActionsBlock(elements=elements)


def retry(request: Request, takes: Iterable[Take], effects: Effects) -> ActionsBlock:
    """Under a failure: the same sequences once more, with the same effect and image."""
    return ActionsBlock(
        elements=[
            _button(RETRY, "Retry", same(request, takes), style="primary"),
            _effect_select(effects),
        ]
    )


def keep_watching(request: Request, takes: Iterable[Take]) -> ActionsBlock:
    """Under a result that was not there in time: goes on watching, which costs nothing."""
    carried = same(request, takes, watch=True)
    return ActionsBlock(elements=[_button(KEEP_WATCHING, "Keep watching", carried, "primary")])


def go_ahead(label: str, wish: Wish, thread: MessageTs | None) -> ActionsBlock:
    """Under a question: yes, spend the credits."""
    return ActionsBlock(elements=[_button(GO_AHEAD, label, value(wish, thread), style="primary")])


def same(request: Request, takes: Iterable[Take], *, watch: bool = False) -> str:
    """The value for repeating, or watching, some of a request's sequences as they were asked."""
    takes = tuple(takes)
    wish = request.wish
    by_id = Pick(ids=tuple(take.sequence for take in takes))
    by_position = Pick(positions=tuple(take.position for take in takes))
    long, short = (
        value(Wish(wish.video, pick, wish.effect, wish.image, watch=watch))
        for pick in (by_id, by_position)
    )
    return long if len(long) <= MOST_VALUE - _ROOM else short


def value(wish: Wish, thread: MessageTs | None = None) -> str:
    """What a button carries, as JSON."""
    fields: dict[str, Any] = {
        "v": VERSION,
        "video": wish.video,
        "positions": wish.pick.positions,
        "ids": wish.pick.ids,
        "failed": wish.pick.failed,
        "effect": wish.effect,
        "image": wish.image,
        "agreed": wish.agreed,
        "over": wish.over,
        "watch": wish.watch,
        "thread": thread,
    }
    kept = {key: each for key, each in fields.items() if each}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def carried(text: str, effects: Effects) -> tuple[Wish, MessageTs | None]:
    """The wish and the thread that a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(text)
        if fields["v"] != VERSION:
            raise StaleButton
        effect, image, over = (fields.get(key) for key in ("effect", "image", "over"))
        thread = fields.get("thread")
        wish = Wish(
            video=video_id(fields["video"]),
            pick=_pick(fields),
            effect=effects.find(effect) if effect else None,
            image=image_link(image) if image else None,
            agreed=tuple(Reason(each).value for each in fields.get("agreed", ())),
            over=RequestId(str(over)) if over else None,
            watch=fields.get("watch", False) is True,
        )
    except (UserError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise StaleButton from None
    return wish, MessageTs(str(thread)) if thread else None


def _pick(fields: dict[str, Any]) -> Pick:
    """Which sequences; their ids are IACrea's own, so they may look unlike those people type."""
    positions, ids = tuple(fields.get("positions", ())), tuple(fields.get("ids", ()))
    failed = fields.get("failed", False) is True
    readable = all(isinstance(each, int) and each >= 1 for each in positions) and all(
        isinstance(each, str) and 0 < len(each) <= _MOST_ID and each.isprintable() for each in ids
    )
    if not readable or not (positions or ids or failed):
        raise StaleButton
    return Pick(positions, ids, failed)


def _button(action: str, label: str, carried: str, style: str | None = None) -> ButtonElement:
    return ButtonElement(action_id=action, text=label, value=carried, style=style)


def _effect_select(effects: Effects) -> StaticSelectElement:
    options = [
        Option(value=name, text=in_words(name).capitalize())
        for name in effects.names
        if len(name) <= _MOST_OPTION
    ]
    return StaticSelectElement(
        action_id=ANOTHER_EFFECT, placeholder="Another effect", options=options[:_MOST_OPTIONS]
    )
