"""What is asked where Slack had given up a request before the bot came to it."""

import json
import re

from slack_sdk.models.blocks import ActionsBlock

from bot.domain.errors import StaleButton
from bot.domain.request import ChannelId, Pick, Request, RequestId
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message, section
from bot.slack.blocks.voice import Voice

START_NOW = "start_now"
_REQUEST = re.compile(r"[0-9a-f]{20}")
_CHANNEL = re.compile(r"[A-Z0-9]{2,30}")


def question(request: Request, voice: Voice) -> Message:
    """Asks that person whether to start it all the same; the button carries all of it."""
    wish = request.wish
    typed = " ".join(
        filter(None, (wish.called or wish.video, _picked(wish.pick), wish.effect, wish.image))
    )
    further = {"name": request.id, "channel": request.asked.channel}
    carried = buttons.value(wish, request.asked.thread, further)
    words = voice.say("given-up", wanted=voice.typed(typed))
    start = buttons.button(START_NOW, voice.say("button-start-now"), carried, style="primary")
    return Message.of([section(words), ActionsBlock(elements=[start])], voice.say)


def named(text: str) -> tuple[RequestId, ChannelId]:
    """The name of the request that a button starts, and its channel.

    So whoever presses twice, or submits the same form again, has started it once.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(text)
        name, channel = str(fields["name"]), str(fields["channel"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise StaleButton from None
    if not _REQUEST.fullmatch(name) or not _CHANNEL.fullmatch(channel):
        raise StaleButton
    return RequestId(name), ChannelId(channel)


def _picked(pick: Pick) -> str:
    """The sequences as somebody would type them."""
    return "failed" if pick.failed else ",".join(map(str, pick.positions or pick.ids))
