"""Giving a video a name: the modal for it, and what is said afterwards."""

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
"""The id of the one field's action and block."""


def name_modal(
    video: VideoId, channel: ChannelId, texts: Texts, open_thread: MessageTs | None = None
) -> Modal:
    """A modal with one field; `open_thread` as in `Origin`."""
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
    """The video that such a modal is about, and the channel and thread in which it was opened."""
    carried = json.loads(view["private_metadata"])
    return VideoId(carried["video"]), ChannelId(carried["channel"]), carried.get("open_thread")


def typed(view: Modal) -> str:
    """What was typed for a name."""
    return view["state"]["values"][NAME][NAME].get("value") or ""


@dataclass(frozen=True, slots=True)
class NewName:
    """A video that somebody gave a name.

    Attributes:
        old: what it was called before, if it had a name.
        who: gave it the name; mrkdwn.
    """

    video: VideoId
    name: str
    old: str | None
    who: str


def name_message(what: NewName, texts: Texts) -> Message:
    """What everybody in the channel is told of it."""
    facts = {"who": what.who, "video": code(what.video), "name": code(what.name)}
    example = texts.typed(f"{what.name} 2")
    if what.old is None:
        words = texts.say("name-given", example=example, **facts)
    else:
        words = texts.say("name-changed", old=code(what.old), example=example, **facts)
    return Message.of([section(words)], texts.say)


def already_called(video: VideoId, name: str, texts: Texts) -> Message:
    """What it is called already, and how that is used."""
    example = texts.typed(f"{name} 2")
    words = texts.say("name-done", video=code(video), name=code(name), example=example)
    return Message.of([section(words)], texts.say)
