"""What is asked where Slack had given up a request before the bot came to it."""

import json
import re

from slack_sdk.models.blocks import ActionsBlock

from bot.domain.errors import AskFirst, StaleButton
from bot.domain.learned import Facts
from bot.domain.request import ChannelId, Pick, Request, RequestId
from bot.slack.blocks import asking, buttons
from bot.slack.blocks.message import Message, section
from bot.slack.blocks.voice import Voice

START_NOW = "start_now"
_REQUEST = re.compile(r"[0-9a-f]{20}")
_CHANNEL = re.compile(r"[A-Z0-9]{2,30}")


def question(
    request: Request, voice: Voice, repeated: AskFirst | None = None, facts: Facts | None = None
) -> Message:
    """Asks that person whether to start it all the same; the button carries all of it.

    `repeated` is what was started since, and `facts` tell what it costs once more.
    """
    wish = request.wish
    typed = " ".join(
        filter(None, (wish.called or wish.video, _picked(wish.pick), wish.effect, wish.image))
    )
    further = {"name": request.id, "channel": request.asked.channel}
    carried = buttons.value(wish, request.asked.thread, further)
    wanted = voice.typed(typed)
    if repeated is None:
        words = voice.say("given-up", wanted=wanted)
    else:
        count = len(wish.pick.positions or wish.pick.ids) or repeated.repeated
        cost = " ".join(asking.once_more(count, voice, facts or Facts()))
        since = asking.repeated(repeated, count, voice)
        words = voice.say("given-up-since", wanted=wanted, since=since, cost=cost)
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
