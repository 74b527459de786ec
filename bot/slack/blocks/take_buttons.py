"""Builds the buttons that concern takes, and reads what they carry."""

import json

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.domain.effects import Effects
from bot.domain.errors import StaleButton
from bot.domain.request import MessageTs, Order, Request, Selection
from bot.domain.take import Take
from bot.slack.blocks import buttons, confirming
from bot.slack.blocks.buttons import MOST_VALUE, button, priced
from bot.slack.blocks.message import line
from bot.slack.blocks.texts import Texts

EARLIER_TAKES = "earlier_takes"
LIKE_THIS = "regenerate_like_this"
CLIP = "open_clip"
FILM = "open_film"

_MOST_URL = 3000
_MOST_SPOKEN = 75
"""Characters of a button's link and of its accessibility label. Source: Block Kit, button."""


def earlier_takes(carried: str, texts: Texts, spoken: str | None = None) -> ButtonElement:
    """Returns the button that shows the takes of the sequence in the order that it carries."""
    return button(EARLIER_TAKES, texts.say("button-takes"), carried, spoken=spoken)


def with_takes(
    row: ActionsBlock, request: Request, thread: MessageTs | None, texts: Texts
) -> ActionsBlock:
    """Adds that button to a row, and returns it, where the request is about one sequence."""
    if len(request.generations) != 1:
        return row
    [generation] = request.generations
    order = Order(request.order.video, Selection(ids=(generation.sequence,)))
    row.elements.append(earlier_takes(buttons.value(order, thread), texts))
    return row


def like_this(
    take: Take, number: int, what: str, cost: float | None, carried: str, texts: Texts
) -> ButtonElement:
    """Returns the button that regenerates `what` like a take; it asks before it spends."""
    return button(
        LIKE_THIS,
        priced("button-like-this", cost, texts),
        carried,
        spoken=texts.say("button-like-this-which", number=number),
        confirm=confirming.like_take(what, take.entry.effect, cost, texts),
    )


def take_value(take: Take, since: float, thread: MessageTs | None) -> str:
    """Returns what that button carries; `since` is when it was shown, Unix seconds."""
    order = Order(take.entry.video, Selection(ids=(take.entry.sequence,)), since=since)
    return buttons.value(order, thread, {"take": take.name})


def carried_take(text: str, effects: Effects) -> tuple[str, float | None, MessageTs | None]:
    """Returns the take, when it was shown, and the thread, checked again.

    Raises:
        StaleButton: another version made it, or somebody tampered with it.
    """
    order, thread = buttons.carried(text, effects)
    name = json.loads(text).get("take")
    if not isinstance(name, str) or not 0 < len(name) <= MOST_VALUE:
        raise StaleButton
    return name, order.since, thread


def ways_to(take: Take, number: int, texts: Texts) -> list[ButtonElement]:
    """Returns buttons that open its clip and the whole video, as far as Slack takes such links."""
    found = []
    if clip := _opened(take.clip):
        found.append(
            ButtonElement(
                action_id=CLIP,
                text=texts.say("button-clip"),
                url=clip,
                accessibility_label=line(texts.say("button-clip-of", number=number), _MOST_SPOKEN),
            )
        )
    # First the file in Slack, which outlives IACrea's links.
    if film := _opened(take.file) or _opened(take.film):
        found.append(
            ButtonElement(
                action_id=FILM,
                text=texts.say("button-film"),
                url=film,
                accessibility_label=line(texts.say("button-film-of", number=number), _MOST_SPOKEN),
            )
        )
    return found


def _opened(link: str | None) -> str | None:
    taken = link and len(link) <= _MOST_URL and link.startswith(("https://", "http://"))
    return link if taken else None
