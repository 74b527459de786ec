"""Buttons: what each carries, so that it works after a restart or on an emptied Redis."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    InteractiveElement,
    StaticSelectElement,
)

from bot.domain.command import MOST_SEQUENCES, video_id
from bot.domain.effects import Effects
from bot.domain.errors import StaleButton, UserError
from bot.domain.images import image_link
from bot.domain.names import video_name
from bot.domain.positions import mask, unmasked
from bot.domain.request import MessageTs, Pick, Reason, Request, RequestId, Take, Wish
from bot.domain.video import VideoId
from bot.slack.blocks import confirming
from bot.slack.blocks.catalogue import Value
from bot.slack.blocks.effects_menu import effect_groups
from bot.slack.blocks.message import line
from bot.slack.blocks.voice import Voice

AGAIN = "regenerate_again"
RETRY = "retry"
ANOTHER_EFFECT = "another_effect"
ANOTHER_IMAGE = "another_image"
GO_AHEAD = "go_ahead"
KEEP_WATCHING = "keep_watching"
STOP_WATCHING = "stop_watching"
CHANGE = "change"
STORYBOARD = "storyboard"
WATCH = "watch"

VERSION = 1
MOST_VALUE = 2000
"""Characters of a button's value. Source: Block Kit reference, button."""
_ROOM = 200
"""Characters that a question asked before it is repeated may add: what is agreed to, the running
request that it goes over, and the thread."""
_MOST_URL = 3000
_MOST_SPOKEN = 75
"""Characters of an accessibility label. Source: Block Kit reference, button."""
_MOST_ID = 200
"""Characters of an id that came from IACrea, as `iacrea.wire` reads it."""
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Copied:
    """Says that a card is shown to one person alone, away from its thread.

    Attributes:
        thread: where its buttons lead; None: to a message of its own in the channel.
    """

    thread: MessageTs | None


def again(request: Request, voice: Voice, copied: Copied | None = None) -> ActionsBlock:
    """Under a result: the same once more, another effect or image, the video, its storyboard."""
    carried = same(request, request.takes, copied)
    elements: list[InteractiveElement] = [
        button(AGAIN, priced("button-again", _cost(request.takes), voice), carried),
        _effect_choice(request, request.takes, carried, voice, copied),
        button(ANOTHER_IMAGE, voice.say("button-another-image"), carried),
    ]
    elements += watch(request.video_url, voice, style="primary")
    elements.append(storyboard(request.wish.video, voice))
    return ActionsBlock(elements=elements)


def retry(
    request: Request, takes: Iterable[Take], voice: Voice, copied: Copied | None = None
) -> ActionsBlock:
    """Under a failure: the same sequences once more, with the same effect and image."""
    takes = tuple(takes)
    carried = same(request, takes, copied)
    return ActionsBlock(
        elements=[
            button(RETRY, voice.say("button-retry"), carried, style="primary"),
            _effect_choice(request, takes, carried, voice, copied),
            storyboard(request.wish.video, voice),
        ]
    )


def keep_watching(
    request: Request, takes: Iterable[Take], voice: Voice, copied: Copied | None = None
) -> ActionsBlock:
    """Under a result that was not there in time: goes on watching, which costs nothing."""
    carried = same(request, takes, copied, watch=True)
    words = voice.say("button-keep-watching")
    return ActionsBlock(elements=[button(KEEP_WATCHING, words, carried, "primary")])


def stop_watching(request: Request, voice: Voice) -> ActionsBlock:
    """Under a message that is still edited."""
    words = voice.say("button-stop-watching")
    return ActionsBlock(elements=[button(STOP_WATCHING, words, request.id)])


def storyboard(video: VideoId, voice: Voice) -> ButtonElement:
    """Shows the video's sequences to whoever presses it."""
    return button(STORYBOARD, voice.say("button-storyboard"), video)


def go_ahead(count: int, wish: Wish, thread: MessageTs | None, voice: Voice) -> ActionsBlock:
    """Under a question about `count` sequences: yes, spend the credits."""
    key = "button-go-ahead-several" if count > 1 else "button-go-ahead"
    label = voice.say(key, count=count)
    return ActionsBlock(elements=[button(GO_AHEAD, label, value(wish, thread), style="primary")])


def _cost(takes: Iterable[Take]) -> float | None:
    """What the same once more will cost, as far as IACrea said it of this time."""
    costs = [take.credits_used for take in takes]
    known = [each for each in costs if each is not None]
    return sum(known) if known and len(known) == len(costs) else None


def priced(key: str, cost: float | None, voice: Voice, **facts: Value) -> str:
    """A label with what pressing it costs, as far as that is known."""
    if cost is None:
        return voice.say(key, **facts)
    return voice.say(f"{key}-cost", credits=round(cost, 2), **facts)


def watch(link: str | None, voice: Voice, style: str | None = None) -> list[ButtonElement]:
    """A button to the finished video; none where there is no link that Slack takes."""
    if not link or len(link) > _MOST_URL or not link.startswith(("https://", "http://")):
        return []
    words = voice.say("button-watch")
    return [ButtonElement(action_id=WATCH, text=words, url=link, style=style)]


def same(
    request: Request, takes: Iterable[Take], copied: Copied | None = None, *, watch: bool = False
) -> str:
    """The value for repeating, or watching, some of a request's sequences as they were asked."""
    takes, thread = tuple(takes), copied.thread if copied else None
    wish = request.wish
    shown = Wish(wish.video, Pick(), wish.effect, wish.image, watch=watch, since=request.ended_at)
    by_id = Pick(ids=tuple(take.sequence for take in takes))
    by_position = Pick(positions=tuple(take.position for take in takes))
    long, short = (value(replace(shown, pick=pick), thread) for pick in (by_id, by_position))
    return long if len(long) <= MOST_VALUE - _ROOM else short


def value(
    wish: Wish, thread: MessageTs | None = None, further: Mapping[str, str] | None = None
) -> str:
    """What a button carries, as JSON; very many positions as a number, one bit for each.

    `further` fields are for whoever knows them.
    """
    positions = wish.pick.positions
    fields: dict[str, Any] = {
        "v": VERSION,
        "video": wish.video,
        "positions": positions if len(positions) <= MOST_SEQUENCES else (),
        "mask": mask(positions) if len(positions) > MOST_SEQUENCES else None,
        "ids": wish.pick.ids,
        "failed": wish.pick.failed,
        "effect": wish.effect,
        "image": wish.image,
        "agreed": wish.agreed,
        "over": wish.over,
        "watch": wish.watch,
        "called": wish.called,
        "instead": wish.instead,
        "most": wish.most,
        "since": wish.since,
        "thread": thread,
        **(further or {}),
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
        thread, called, instead = (fields.get(key) for key in ("thread", "called", "instead"))
        wish = Wish(
            video=video_id(fields["video"]),
            pick=_pick(fields),
            effect=effects.find(effect) if effect else None,
            image=image_link(image) if image else None,
            agreed=tuple(Reason(each).value for each in fields.get("agreed", ())),
            over=RequestId(str(over)) if over else None,
            watch=fields.get("watch", False) is True,
            called=video_name(called) if called else None,
            instead=video_id(instead) if instead else None,
            most=int(fields["most"]) if "most" in fields else None,
            since=_moment(fields["since"]) if "since" in fields else None,
        )
    except (UserError, *_UNREADABLE):
        raise StaleButton from None
    return wish, MessageTs(str(thread)) if thread else None


def _moment(since: object) -> float:
    """Unix time in seconds; Redis's scripts read no number that is not finite.

    Raises:
        TypeError, ValueError: it is none.
    """
    if not isinstance(since, int | float) or not math.isfinite(since):
        raise ValueError
    return float(since)


def _pick(fields: dict[str, Any]) -> Pick:
    """Which sequences; their ids are IACrea's own, so they may look unlike those people type."""
    positions, ids = tuple(fields.get("positions", ())), tuple(fields.get("ids", ()))
    positions += unmasked(str(fields.get("mask", ""))[:MOST_VALUE])
    failed = fields.get("failed", False) is True
    readable = all(isinstance(each, int) and each >= 1 for each in positions) and all(
        isinstance(each, str) and 0 < len(each) <= _MOST_ID and each.isprintable() for each in ids
    )
    if not readable or not (positions or ids or failed):
        raise StaleButton
    return Pick(positions, ids, failed)


def button(
    action: str,
    label: str,
    carried: str,
    style: str | None = None,
    *,
    spoken: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button that carries something.

    `spoken` is read out instead of its label, where others on the same message have the same one.
    """
    short = None if spoken is None else line(spoken, _MOST_SPOKEN)
    return ButtonElement(
        action_id=action,
        text=label,
        value=carried,
        style=style,
        accessibility_label=short,
        confirm=confirm,
    )


def _effect_choice(
    request: Request, takes: Iterable[Take], carried: str, voice: Voice, copied: Copied | None
) -> InteractiveElement:
    """The menu of effects, which tells nothing but the effect that was chosen in it.

    The rest stands in the button beside it. Of what only one person sees, Slack does not send
    that along, so there a button opens the form instead.
    """
    if copied:
        return button(CHANGE, voice.say("button-change"), carried)
    what = voice.takes(tuple(takes), request.sequences)
    return StaticSelectElement(
        action_id=ANOTHER_EFFECT,
        placeholder=voice.say("menu-another-effect"),
        option_groups=effect_groups(voice),
        confirm=confirming.another_effect(what, _cost(takes), voice),
    )
