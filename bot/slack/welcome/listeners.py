"""Says hello, once to each person and in each channel, whichever replica hears of them."""

import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.request import ChannelId, UserId
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.people import teams_of
from bot.slack.blocks.message import Message
from bot.slack.connection.errors import SlackError
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.welcome.messages import hello
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

REMEMBERED = 365 * 24 * 3600.0
"""Seconds for which we know that somebody was told."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Says hello where people look, and nowhere else: a whole team is never written to."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the event that tells of the bot's arrival; the Messages tab is Home's to hear."""
        return (Route(RouteKind.EVENT, "member_joined_channel", self.joined),)

    async def joined(self, args: AsyncArgs) -> None:
        """Somebody came into a channel; if it was the bot, it says what it does there."""
        await args.ack()
        event = args.body["event"]
        if event["user"] != args.context.bot_user_id:
            return
        channel = ChannelId(str(event["channel"]))
        if self.context.access.serves(channel):
            texts = await self.context.languages.in_channel(channel)
            await self._say(channel, channel, hello(texts))

    async def messages_opened(self, body: dict[str, Any]) -> None:
        """Somebody opened the Messages tab: says it to them, if they may use the bot there."""
        user = UserId(str(body["event"]["user"]))
        direct = ChannelId(str(body["event"]["channel"]))
        if await self.context.access.serves_person(user, direct, teams_of(body)):
            await self._say(user, direct, hello(await self.context.languages.of(user)))

    async def _say(self, whom: str, channel: ChannelId, message: Message) -> None:
        """Posts it, unless that person or channel was told before.

        It is noted first. So one that Slack refuses is not said at all, and that is better than
        twice: `help` and the Home tab say the same, and a repeated greeting looks like a fault.
        """
        try:
            if await self.context.stores.requests.take_turn(f"hello:{whom}", REMEMBERED) > 0:
                return
            place = {"channel": channel, "unfurl_links": False}
            await self.context.slack.say("chat.postMessage", place, message)
        except StoreAwayError:
            log.info("no hello while Redis is away")
        except SlackError as trouble:
            log.info("no hello: %s", trouble)
