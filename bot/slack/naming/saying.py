"""Says a name in the channel before it works, since people there will pay by typing it."""

import logging

from bot.domain.errors import CannotPost
from bot.domain.request import Origin
from bot.slack.answering.context import AnsweringContext
from bot.slack.blocks.message import Message, quoted
from bot.slack.blocks.problems import plain
from bot.slack.connection.errors import SlackError, SlackRefusedError

log = logging.getLogger(__name__)


async def named_by(context: AnsweringContext, origin: Origin) -> str:
    """Returns who gives a name, as mrkdwn. Mentions them, which notifies, only if it must."""
    return quoted(await context.languages.name(origin.user) or "") or f"<@{origin.user}>"


async def say(context: AnsweringContext, origin: Origin, message: Message) -> str:
    """Posts it, and returns the message's timestamp.

    Raises:
        CannotPost: Slack does not let the bot post there, so nothing may be named there.
    """
    # Never in a thread, where those who will type it might not read it.
    place = {"channel": origin.channel, "unfurl_links": False, "unfurl_media": False}
    try:
        answer = await context.slack.say("chat.postMessage", place, message)
    except SlackRefusedError as refused:
        raise CannotPost(refused.reason, direct=origin.in_direct_message) from refused
    return str(answer["ts"])


async def take_back(context: AnsweringContext, origin: Origin, ts: str) -> None:
    """Puts in its place that the name was not kept."""
    texts = await context.languages.in_channel(origin.channel)
    place = {"channel": origin.channel, "ts": ts}
    try:
        await context.slack.say("chat.update", place, plain("name-not-kept", texts))
    except SlackError as error:  # harmless: the message says too much, but the name does not work
        log.warning("a name that was not kept stands in the channel: %r", error)
