"""Finds out in which channels people of other organisations read along."""

import logging
import time

from bot.cache import Cache
from bot.domain.request import ChannelId
from bot.fair_timeout import FairTimeout
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.web_api import WebApi, Where

log = logging.getLogger(__name__)

SCOPES = frozenset({"channels:read", "groups:read"})
KNOWN_FOR = 300.0
"""Seconds for which an answer of Slack's is reused."""
ASK_LIMIT = 1.0
"""Seconds that a message waits for the answer."""
REFUSED_FOR = 3600.0
"""Seconds for which we do not ask again after a refusal. It is no use to look at the id first: it
does not tell whether a channel is private, and so not which scope the question takes."""
MOST_REMEMBERED = 2**21
"""Bytes of answers that are kept, enough for some 10,000 channels."""


class Conversations:
    """Asks conversations.info; a channel that it does not tell of counts as shared."""

    def __init__(self, slack: WebApi, scopes: frozenset[str], where: Where = str) -> None:
        """Without one of the scopes nothing is asked; `where` returns a channel's id of now."""
        self._slack = slack
        self._where = where
        self._may_ask = bool(SCOPES & scopes)
        self._known: Cache[ChannelId, tuple[bool, float]] = Cache(lambda _: 0, most=MOST_REMEMBERED)

    async def shared(self, channel: ChannelId) -> bool:
        """Returns whether others read what is posted there, or will once they have accepted."""
        if channel.startswith("D"):
            return False  # the bot's own direct messages; there are no others it can post in
        if not self._may_ask:
            return True
        channel = ChannelId(self._where(channel))  # what was known of its old id does not hold
        shared, until = self._known.get(channel) or (True, 0.0)
        return shared if until > time.monotonic() else await self._ask(channel)

    async def _ask(self, channel: ChannelId) -> bool:
        """Asks Slack; its fields: docs.slack.dev/reference/objects/conversation-object."""
        try:
            async with FairTimeout(ASK_LIMIT):
                answer = await self._slack.ask("conversations.info", channel=channel)
        except SlackRefusedError as refused:
            log.info("whether a channel is shared is not known: %s", refused)
            return self._learned(channel, shared=True, seconds=REFUSED_FOR)
        except (SlackError, TimeoutError) as error:
            log.info("whether a channel is shared is not known: %r", error)
            return True  # for this message only: Slack may tell it to the next one
        told = answer.get("channel") or {}
        # What Slack does not say counts as shared, so that no outsider reads the balance.
        shared = bool(told.get("is_ext_shared", True) or told.get("is_pending_ext_shared"))
        return self._learned(channel, shared=shared, seconds=KNOWN_FOR)

    def _learned(self, channel: ChannelId, *, shared: bool, seconds: float) -> bool:
        self._known[channel] = shared, time.monotonic() + seconds
        return shared
