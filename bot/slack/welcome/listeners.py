"""Says hello once to each person and in each channel, whichever replica gets the event."""

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
"""Seconds for which we remember whom we have greeted."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Says hello only where people look; never writes to a whole team."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the event of the bot's arrival; Home hears of the Messages tab, and calls us."""
        return (Route(RouteKind.EVENT, "member_joined_channel", self.joined),)

    async def joined(self, args: AsyncArgs) -> None:
        """Says hello in a channel that the bot was invited to; ignores everybody else who joins."""
        await args.ack()
        event = args.body["event"]
        if event["user"] != args.context.bot_user_id:
            return
        channel = ChannelId(str(event["channel"]))
        # It says how to spend, and elsewhere nobody may.
        if self.context.access.serves(channel):
            texts = await self.context.languages.in_channel(channel)
            await self._say(channel, channel, hello(texts))

    async def messages_opened(self, body: dict[str, Any]) -> None:
        """Says hello to somebody who opened the Messages tab, if they may use the bot there."""
        user = UserId(str(body["event"]["user"]))
        direct = ChannelId(str(body["event"]["channel"]))
        if await self.context.access.serves_person(user, direct, teams_of(body)):
            await self._say(user, direct, hello(await self.context.languages.of(user)))

    async def _say(self, whom: str, channel: ChannelId, message: Message) -> None:
        """Posts it, unless that person or channel was greeted before.

        Notes that first, so a greeting that Slack refuses is never said. That is better than twice:
        `help` and the Home tab say the same, and a repeated greeting looks like a fault.
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
