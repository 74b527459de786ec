"""Which channels people of other organisations read along in."""

import asyncio
import logging
import time

from bot.domain.request import ChannelId
from bot.slack.web_api import SlackError, WebApi

log = logging.getLogger(__name__)

SCOPES = frozenset({"channels:read", "groups:read"})
KNOWN_FOR = 300.0
"""Seconds for which a channel counts as not shared, once Slack said so."""
ASK_LIMIT = 1.0
"""Seconds that a message waits for it."""
MOST_KNOWN = 10_000


class Conversations:
    """Asks conversations.info; what it does not tell counts as shared."""

    def __init__(self, slack: WebApi, scopes: frozenset[str]) -> None:
        """Without one of the scopes there is no use in asking."""
        self._slack = slack
        self._may_ask = bool(SCOPES & scopes)
        self._own: dict[ChannelId, float] = {}

    async def shared(self, channel: ChannelId) -> bool:
        """Whether others may read what is posted there, or will once they have accepted."""
        if channel.startswith("D"):
            return False  # the bot's own direct messages; there are no others it can post in
        if not self._may_ask:
            return True
        if self._own.get(channel, 0.0) > time.monotonic():
            return False
        shared = await self._ask(channel)
        if not shared:
            if len(self._own) >= MOST_KNOWN:
                self._own.clear()
            self._own[channel] = time.monotonic() + KNOWN_FOR
        return shared

    async def _ask(self, channel: ChannelId) -> bool:
        """Source of the fields: docs.slack.dev/reference/objects/conversation-object."""
        try:
            async with asyncio.timeout(ASK_LIMIT):
                answer = await self._slack.ask("conversations.info", channel=channel)
        except (SlackError, TimeoutError) as error:
            log.info("whether a channel is shared is not known: %r", error)
            return True
        told = answer.get("channel") or {}
        return bool(told.get("is_ext_shared", True) or told.get("is_pending_ext_shared"))
