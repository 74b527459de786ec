"""Tells one person alone, by the shortest way that is still open."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.request import Origin
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import explained
from bot.slack.answering.modals import at_home
from bot.slack.blocks.message import Message
from bot.slack.connection.errors import (
    SlackBusyError,
    SlackError,
    SlackLostError,
    SlackRefusedError,
)
from bot.slack.connection.web_api import WebApi

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to answer somebody while Slack is in trouble."""
AGAIN = 2
"""How often we repeat an answer that may have arrived already. A `response_url` takes five answers
within 30 minutes (docs.slack.dev/interactivity/handling-user-interaction)."""
PRIVATE: dict[str, Any] = {"response_type": "ephemeral", "replace_original": False}

_Way = Callable[[WebApi, Origin, Message], Awaitable[bool]]
"""Tells it, or returns False if there is no such way; raises SlackError."""


async def tell(slack: WebApi, origin: Origin, message: Message) -> None:
    """Tells them where they look now: in their thread, by `response_url`, in the channel, in a DM.

    Raises:
        SlackRefusedError: no way is open.
        SlackError: another of its subclasses; nobody knows, or not now.
    """
    if at_home(origin):  # they look at Home, not at the channel in which it starts
        await notify(slack, origin, message)
        return
    ways = (_among_two, _in_thread, _by_link, _in_channel, _directly)
    await _first_open(slack, origin, message, ways)


async def notify(slack: WebApi, origin: Origin, message: Message) -> None:
    """Tells them where they get a notification: an ephemeral only reaches who looks just then.

    Raises:
        SlackError: as `tell`.
    """
    await _first_open(slack, origin, message, (_directly, _in_thread, _in_channel))


async def answer(slack: WebApi, origin: Origin, message: Message) -> None:
    """Tells somebody what they wait for, and what only this process knows. It never raises.

    While Slack is in trouble it tries again, and gives up in the end. An answer that was lost may
    have arrived. We repeat it all the same: to be told no twice does no harm, and silence leaves
    somebody waiting. A question may come twice as well, since a yes names what it starts.
    """
    await _patiently(lambda: tell(slack, origin, message))


async def explain(
    context: AnsweringContext, origin: Origin, work: Awaitable[Message | None]
) -> None:
    """Answers with what came of `work`, also if that is something that went wrong."""
    told = await explained(work, lambda: context.languages.of(origin.user))
    if told is not None:
        await answer(context.slack, origin, told)


async def explain_press(
    context: AnsweringContext,
    args: AsyncArgs,
    origin: Origin,
    work: Awaitable[Message | None] | Awaitable[None],
) -> bool:
    """Acknowledges a press once the work is done, unless that did; then answers as `explain`.

    Returns whether there was nothing to answer.
    """
    told = await explained(work, lambda: context.languages.of(origin.user))
    # Only now, as what is acknowledged has to be written down first.
    if args.ack.response is None:
        await args.ack()
    if told is not None:
        await answer(context.slack, origin, told)
    return told is None


async def replace(slack: WebApi, origin: Origin, message: Message) -> None:
    """Puts it in the place of the message that they pressed on, or else answers with it."""

    async def replaced() -> None:
        if not await _responded(slack, origin, message, {"replace_original": True}):
            await tell(slack, origin, message)

    await _patiently(replaced)


async def take_away(slack: WebApi, response_url: str) -> None:
    """Deletes the message that they pressed on. One that stays does no harm: it says no twice."""
    try:
        await slack.respond(response_url, {"delete_original": True})
    except SlackError as trouble:
        log.info("not taken away: %s", trouble)


async def _patiently(telling: Callable[[], Awaitable[None]]) -> None:
    """Tries until it was told, or it is no use any more; a lost one `AGAIN` more times."""
    lost = 0
    for pause in (*PAUSES, None):
        try:
            await telling()
        except SlackRefusedError as refused:
            log.warning("nobody could be told (%s)", refused)
        except SlackError as trouble:
            lost += isinstance(trouble, SlackLostError)
            if lost > AGAIN:
                log.info("told, most likely (%s)", trouble)
            elif pause is None:
                log.warning("nobody could be told (%s)", trouble)
            else:
                # Slack may ask for a minute, but somebody waits for this.
                wanted = trouble.retry_after if isinstance(trouble, SlackBusyError) else 0.0
                await asyncio.sleep(max(pause, min(wanted, PAUSES[-1])))
                continue
        return


async def _first_open(
    slack: WebApi, origin: Origin, message: Message, ways: tuple[_Way, ...]
) -> None:
    refusal = SlackRefusedError("no_way")
    for way in ways:
        try:
            if await way(slack, origin, message):
                return
        except SlackRefusedError as refused:
            log.info("not told %s: %s", way.__name__.strip("_").replace("_", " "), refused)
            refusal = refused
    raise refusal


async def _among_two(slack: WebApi, origin: Origin, message: Message) -> bool:
    """Tells it in the bot's direct messages, which nobody else reads, if words were said there."""
    # A command or a press has a link, which answers it where it was made.
    if not origin.in_direct_message or origin.response_url is not None:
        return False
    place = {"channel": origin.channel, "thread_ts": origin.open_thread, "unfurl_links": False}
    await slack.say("chat.postMessage", place, message)
    return True


async def _in_thread(slack: WebApi, origin: Origin, message: Message) -> bool:
    """Tells it in the thread that they read; a link's answer would appear in the channel behind."""
    if origin.open_thread is None:
        return False
    place = {"channel": origin.channel, "user": origin.user, "thread_ts": origin.open_thread}
    await slack.say("chat.postEphemeral", place, message)
    return True


async def _by_link(slack: WebApi, origin: Origin, message: Message) -> bool:
    return await _responded(slack, origin, message, PRIVATE)


async def _in_channel(slack: WebApi, origin: Origin, message: Message) -> bool:
    if not origin.channel:
        return False
    await slack.say("chat.postEphemeral", {"channel": origin.channel, "user": origin.user}, message)
    return True


async def _directly(slack: WebApi, origin: Origin, message: Message) -> bool:
    # For a person's id Slack takes their direct messages with the bot.
    await slack.say("chat.postMessage", {"channel": origin.user}, message)
    return True


async def _responded(slack: WebApi, origin: Origin, message: Message, how: dict[str, Any]) -> bool:
    """Returns whether Slack took it by the link, which lives for 30 minutes and five answers."""
    if origin.response_url is None:
        return False
    for attempt in (message, *message.plainer()):
        try:
            await slack.respond(origin.response_url, attempt.fields() | how)
        except SlackRefusedError as refused:
            log.info("not by the response_url: %s", refused)
        else:
            return True
    return False
