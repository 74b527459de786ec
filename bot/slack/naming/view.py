"""Builds the modal that names a video, and the message that tells the name."""

import json
from dataclasses import dataclass

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement

from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.slack.blocks.message import Message, code, context, section
from bot.slack.blocks.modal import Modal, modal
from bot.slack.blocks.texts import Texts

NAMING = "naming"
NAME = "name"
"""Id of the action and the block of the modal's only field."""


def name_modal(
    video: VideoId, channel: ChannelId, texts: Texts, open_thread: MessageTs | None = None
) -> Modal:
    """Returns a modal with one field; `open_thread` as in `Origin`."""
    field = InputBlock(
        block_id=NAME,
        label=texts.say("name-label"),
        hint=texts.say("name-hint"),
        element=PlainTextInputElement(action_id=NAME, focus_on_load=True),
    )
    return modal(
        texts.say("name-title"),
        [field, context(texts.say("video", video=code(video)))],
        texts,
        callback=NAMING,
        submit=texts.say("name-submit"),
        carries=json.dumps({"video": video, "channel": channel, "open_thread": open_thread}),
    )


def opened_for(view: Modal) -> tuple[VideoId, ChannelId, MessageTs | None]:
    """Returns a modal's video, and the channel and thread in which it was opened."""
    carried = json.loads(view["private_metadata"])
    return VideoId(carried["video"]), ChannelId(carried["channel"]), carried.get("open_thread")


def typed(view: Modal) -> str:
    """Returns what was typed as the name."""
    return view["state"]["values"][NAME][NAME].get("value") or ""


@dataclass(frozen=True, slots=True)
class NewName:
    """Holds a video and the name that somebody gave it.

    Attributes:
        old: its name before, if it had one.
        who: the person who named it, as mrkdwn.
    """

    video: VideoId
    name: str
    old: str | None
    who: str


def name_message(what: NewName, texts: Texts) -> Message:
    """Tells everybody in the channel of the name."""
    facts = {"who": what.who, "video": code(what.video), "name": code(what.name)}
    example = texts.typed(f"{what.name} 2")
    if what.old is None:
        words = texts.say("name-given", example=example, **facts)
    else:
        words = texts.say("name-changed", old=code(what.old), example=example, **facts)
    return Message.of([section(words)], texts.say)


def already_called(video: VideoId, name: str, texts: Texts) -> Message:
    """Says that it has that name already, and how to use it."""
    example = texts.typed(f"{name} 2")
    words = texts.say("name-done", video=code(video), name=code(name), example=example)
    return Message.of([section(words)], texts.say)
