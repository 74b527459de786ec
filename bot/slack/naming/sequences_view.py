"""Builds the modal that names the sequences of a page, and the message that tells the names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement

from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import SequenceId, VideoId
from bot.slack.blocks.message import Message, code, context, section
from bot.slack.blocks.modal import Modal, modal
from bot.slack.blocks.texts import Texts

SEQUENCE_NAMING = "sequence_naming"
"""Callback of the modal, and action of each of its fields."""


@dataclass(frozen=True, slots=True)
class NamedSequence:
    """Holds a sequence and its name, which is empty if it has none."""

    id: SequenceId
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Holds what a modal is about and where it was opened; `thread` as in `Origin.open_thread`."""

    video: VideoId
    channel: ChannelId
    thread: MessageTs | None
    sequences: tuple[NamedSequence, ...]


def sequences_modal(opened: Opened, texts: Texts) -> Modal:
    """Returns a modal with a field for each sequence, which holds its name."""
    fields: list[Block] = [
        InputBlock(
            block_id=block_of(each),
            label=texts.say("name-sequence-label", position=each.position),
            element=PlainTextInputElement(
                action_id=SEQUENCE_NAMING, initial_value=each.name or None
            ),
            # An emptied field takes the name away.
            optional=True,
        )
        for each in opened.sequences
    ]
    carried = {
        "video": opened.video,
        "channel": opened.channel,
        "thread": opened.thread,
        "sequences": [[each.id, each.position, each.name] for each in opened.sequences],
    }
    return modal(
        texts.say("name-sequences-title"),
        [*fields, context(texts.say("name-sequences-hint"))],
        texts,
        callback=SEQUENCE_NAMING,
        submit=texts.say("name-submit"),
        # As short as possible: Slack takes 3,000 characters, and ten names may be long.
        carries=json.dumps(carried, separators=(",", ":"), ensure_ascii=False),
    )


def block_of(sequence: NamedSequence) -> str:
    """Returns the id of its field's block."""
    return f"sequence-{sequence.position}"


def opened_for(view: Modal) -> Opened:
    """Returns what such a modal is about."""
    carried = json.loads(view["private_metadata"])
    return Opened(
        VideoId(carried["video"]),
        ChannelId(carried["channel"]),
        carried["thread"],
        # No further than known, as a replica of a newer release may have opened it.
        tuple(NamedSequence(*each[:3]) for each in carried["sequences"]),
    )


def typed(view: Modal, sequence: NamedSequence) -> str:
    """Returns what was typed for it."""
    value = view["state"]["values"][block_of(sequence)][SEQUENCE_NAMING].get("value")
    return (value or "").strip()


def names_message(video: str, changed: Mapping[int, str], who: str, texts: Texts) -> Message:
    """Tells everybody in the channel; `changed` has the new name of each changed position."""
    given = {position: name for position, name in changed.items() if name}
    facts = {"who": who, "video": code(video, 64)}
    if not given:
        return Message.of([section(texts.say("name-sequences-taken", **facts))], texts.say)
    listed = texts.say.listed(texts.numbered(*each) for each in given.items())
    example = texts.typed(f"{video} {next(iter(given.values()))}")
    words = texts.say("name-sequences-given", list=listed, example=example, **facts)
    return Message.of([section(words)], texts.say)
