"""Giving a video a name: the modal for it, and what is said afterwards."""

import json

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement

from bot.domain.request import ChannelId
from bot.domain.video import VideoId
from bot.slack.blocks.message import Message, code, context, section
from bot.slack.blocks.modal import Modal, modal
from bot.slack.blocks.voice import Voice

NAMING = "naming"
NAME = "name"
"""The id of the one field's action and block."""


def asking(video: VideoId, channel: ChannelId, voice: Voice) -> Modal:
    """A modal with one field."""
    field = InputBlock(
        block_id=NAME,
        label=voice.say("name-label"),
        hint=voice.say("name-hint"),
        element=PlainTextInputElement(action_id=NAME, focus_on_load=True),
    )
    return modal(
        voice.say("name-title"),
        [field, context(voice.say("video", video=code(video)))],
        voice,
        callback=NAMING,
        submit=voice.say("name-submit"),
        carries=json.dumps({"video": video, "channel": channel}),
    )


def asked_about(view: Modal) -> tuple[VideoId, ChannelId]:
    """The video that such a modal is about, and where it was opened."""
    carried = json.loads(view["private_metadata"])
    return VideoId(carried["video"]), ChannelId(carried["channel"])


def typed(view: Modal) -> str:
    """What was typed for a name."""
    return view["state"]["values"][NAME][NAME].get("value") or ""


def named(video: VideoId, name: str, voice: Voice) -> Message:
    """What it is called now, and how that is used."""
    example = voice.typed(f"{name} 2")
    words = voice.say("name-done", video=code(video), name=code(name), example=example)
    return Message.of([section(words)], voice.say)
