"""Offers the sequences that somebody may have meant: a press starts exactly that one."""

from dataclasses import replace

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.domain.request import MessageTs, Order, Selection
from bot.domain.video import SequenceId
from bot.domain.which_sequence import WhichSequence
from bot.slack.blocks.buttons import GO_AHEAD, button, value
from bot.slack.blocks.message import line
from bot.slack.blocks.texts import Texts

_MOST_LABEL = 75
"""Characters of a button's label. Source: Block Kit reference, button."""


def choices(
    error: WhichSequence, order: Order, thread: MessageTs | None, texts: Texts
) -> list[Block]:
    """Returns a button for each, in a row of its own, as a block takes each `action_id` once."""
    return [
        choice(
            _label(position, room, texts),
            replace(order, selection=Selection(ids=(SequenceId(each),))),
            thread,
        )
        for each, position, room in zip(error.ids, error.positions, error.rooms, strict=False)
    ]


def choice(label: str, order: Order, thread: MessageTs | None) -> ActionsBlock:
    """Returns a row with the button that starts exactly that order."""
    return ActionsBlock(elements=[button(GO_AHEAD, line(label, _MOST_LABEL), value(order, thread))])


def _label(position: int, room: str, texts: Texts) -> str:
    return texts.say("button-regenerate-which", what=texts.sequence(position, room))
