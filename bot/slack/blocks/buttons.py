"""Builds buttons. Each carries all it needs, so it works after a restart or with an empty Redis."""

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

from bot.domain.command import MOST_SEQUENCES
from bot.domain.effects import Effects
from bot.domain.errors import StaleButton, UserError
from bot.domain.images import image_link
from bot.domain.names import video_name
from bot.domain.parsing import video_id
from bot.domain.positions import mask, unmasked
from bot.domain.request import Generation, MessageTs, Order, Reason, Request, RequestId, Selection
from bot.domain.video import VideoId
from bot.slack.blocks import confirming
from bot.slack.blocks.catalogue import Value
from bot.slack.blocks.effects_menu import effect_groups
from bot.slack.blocks.message import line
from bot.slack.blocks.texts import Texts

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
_ROOM = 220
"""Characters kept free for what a question adds: its reasons, the request in its way, a thread."""
_MOST_URL = 3000
_MOST_SPOKEN = 75
"""Characters of an accessibility label. Source: Block Kit reference, button."""
_MOST_ID = 200
"""Characters of an id of IACrea's; `iacrea.wire` reads no longer ones."""
# json.loads fails in more ways than one on a value that somebody edited.
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class PrivateCopy:
    """Marks a card that is shown to one person alone, away from its thread.

    Attributes:
        thread: the thread in which its buttons act; None for a new message in the channel.
    """

    thread: MessageTs | None


def again(request: Request, texts: Texts, copied: PrivateCopy | None = None) -> ActionsBlock:
    """Returns a result's buttons: once more, another effect or image, the video, its storyboard."""
    carried = same(request, request.generations, copied)
    elements: list[InteractiveElement] = [
        button(AGAIN, priced("button-again", cost_of(request.generations), texts), carried),
        _effect_choice(request, request.generations, carried, texts, copied),
        button(ANOTHER_IMAGE, texts.say("button-another-image"), carried),
    ]
    elements += watch(request.video_url, texts, style="primary")
    elements.append(storyboard(request.order.video, texts))
    return ActionsBlock(elements=elements)


def retry(
    request: Request,
    generations: Iterable[Generation],
    texts: Texts,
    copied: PrivateCopy | None = None,
) -> ActionsBlock:
    """Returns a failure's buttons; «Retry» repeats its sequences with the same effect and image."""
    generations = tuple(generations)
    carried = same(request, generations, copied)
    return ActionsBlock(
        elements=[
            button(RETRY, texts.say("button-retry"), carried, style="primary"),
            _effect_choice(request, generations, carried, texts, copied),
            storyboard(request.order.video, texts),
        ]
    )


def keep_watching(
    request: Request,
    generations: Iterable[Generation],
    texts: Texts,
    copied: PrivateCopy | None = None,
) -> ActionsBlock:
    """Returns the button that watches on after a stop or the time limit, which costs nothing."""
    carried = same(request, generations, copied, watch=True)
    words = texts.say("button-keep-watching")
    return ActionsBlock(elements=[button(KEEP_WATCHING, words, carried, "primary")])


def stop_watching(request: Request, texts: Texts) -> ActionsBlock:
    """Returns the button of a message that is still kept up to date."""
    words = texts.say("button-stop-watching")
    return ActionsBlock(elements=[button(STOP_WATCHING, words, request.id)])


def storyboard(video: VideoId, texts: Texts) -> ButtonElement:
    """Returns the button that shows the video's sequences to whoever presses it."""
    return button(STORYBOARD, texts.say("button-storyboard"), video)


def cost_of(generations: Iterable[Generation]) -> float | None:
    """Returns what the same costs once more; None unless IACrea told the cost of each sequence."""
    costs = [each.credits_used for each in generations]
    known = [each for each in costs if each is not None]
    return sum(known) if known and len(known) == len(costs) else None


def priced(key: str, cost: float | None, texts: Texts, **facts: Value) -> str:
    """Returns a label that says what a press costs, if that is known."""
    if cost is None:
        return texts.say(key, **facts)
    return texts.say(f"{key}-cost", credits=round(cost, 2), **facts)


def watch(link: str | None, texts: Texts, style: str | None = None) -> list[ButtonElement]:
    """Returns a button to the finished video; none if there is no link that Slack takes."""
    if not link or len(link) > _MOST_URL or not link.startswith(("https://", "http://")):
        return []
    return [ButtonElement(action_id=WATCH, text=texts.say("button-watch"), url=link, style=style)]


def same(
    request: Request,
    generations: Iterable[Generation],
    copied: PrivateCopy | None = None,
    *,
    watch: bool = False,
    after_render: bool = False,
) -> str:
    """Returns what a button carries to repeat some of a request's sequences, or to watch them."""
    generations, thread = tuple(generations), copied.thread if copied else None
    order, since = request.order, request.ended_at
    shown = Order(order.video, Selection(), order.effect, order.image, watch=watch, since=since)
    if after_render:
        shown = replace(shown, after_render=True, agreed=order.agreed)
    # By ids if they fit, since another sequence may stand at a position by then.
    by_id = Selection(ids=tuple(each.sequence for each in generations))
    by_position = Selection(positions=tuple(each.position for each in generations))
    long, short = (
        value(replace(shown, selection=selection), thread) for selection in (by_id, by_position)
    )
    return long if len(long) <= MOST_VALUE - _ROOM else short


def value(
    order: Order, thread: MessageTs | None = None, further: Mapping[str, str] | None = None
) -> str:
    """Returns what a button carries, as JSON; very many positions are a number, one bit for each.

    `further` adds fields that only some listeners read.
    """
    positions = order.selection.positions
    fields: dict[str, Any] = {
        "v": VERSION,
        "video": order.video,
        "positions": positions if len(positions) <= MOST_SEQUENCES else (),
        "mask": mask(positions) if len(positions) > MOST_SEQUENCES else None,
        "ids": order.selection.ids,
        "failed": order.selection.failed,
        "effect": order.effect,
        "image": order.image,
        "agreed": order.agreed,
        "over": order.over,
        "watch": order.watch,
        "called": order.called,
        "instead": order.instead,
        "most": order.most,
        "since": order.since,
        "after_render": order.after_render,
        "thread": thread,
        **(further or {}),
    }
    # What is empty is left out, as a value may be no longer than `MOST_VALUE`.
    kept = {key: each for key, each in fields.items() if each}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def carried(text: str, effects: Effects) -> tuple[Order, MessageTs | None]:
    """Returns the order and the thread that a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(text)
        if fields["v"] != VERSION:
            raise StaleButton
        effect, image, over = (fields.get(key) for key in ("effect", "image", "over"))
        thread, called, instead = (fields.get(key) for key in ("thread", "called", "instead"))
        order = Order(
            video=video_id(fields["video"]),
            selection=_pick(fields),
            effect=effects.find(effect) if effect else None,
            image=image_link(image) if image else None,
            agreed=tuple(Reason(each).value for each in fields.get("agreed", ())),
            over=RequestId(str(over)) if over else None,
            watch=fields.get("watch", False) is True,
            called=video_name(called) if called else None,
            instead=video_id(instead) if instead else None,
            most=int(fields["most"]) if "most" in fields else None,
            since=_moment(fields["since"]) if "since" in fields else None,
            after_render=fields.get("after_render", False) is True,
        )
    except (UserError, *_UNREADABLE):
        raise StaleButton from None
    return order, MessageTs(str(thread)) if thread else None


def _moment(since: object) -> float:
    """Returns a Unix time in seconds. It has to be finite for Redis's scripts to read it.

    Raises:
        ValueError, OverflowError: it is not.
    """
    if not isinstance(since, int | float) or not math.isfinite(since):
        raise ValueError
    return float(since)


def _pick(fields: dict[str, Any]) -> Selection:
    """Returns which sequences are meant; IACrea's own ids may look unlike those people type."""
    positions, ids = tuple(fields.get("positions", ())), tuple(fields.get("ids", ()))
    # Cut, as whoever edits a value may make it any length.
    positions += unmasked(str(fields.get("mask", ""))[:MOST_VALUE])
    failed = fields.get("failed", False) is True
    readable = all(isinstance(each, int) and each >= 1 for each in positions) and all(
        isinstance(each, str) and 0 < len(each) <= _MOST_ID and each.isprintable() for each in ids
    )
    if not readable or not (positions or ids or failed):
        raise StaleButton
    return Selection(positions, ids, failed)


def button(
    action: str,
    label: str,
    carried: str,
    style: str | None = None,
    *,
    spoken: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """Returns a button. Screen readers read `spoken`, if other buttons have the same label."""
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
    request: Request,
    generations: Iterable[Generation],
    carried: str,
    texts: Texts,
    copied: PrivateCopy | None,
) -> InteractiveElement:
    """Returns the menu of effects, or a button that opens the form instead.

    Slack sends only the effect that was chosen in a menu, so the rest is read from the button
    beside it. Of a message that only one person sees, Slack does not send that button along.
    """
    if copied:
        return button(CHANGE, texts.say("button-change"), carried)
    what = texts.generations(tuple(generations), request.sequences)
    return StaticSelectElement(
        action_id=ANOTHER_EFFECT,
        placeholder=texts.say("menu-another-effect"),
        option_groups=effect_groups(texts),
        confirm=confirming.another_effect(what, cost_of(generations), texts),
    )
