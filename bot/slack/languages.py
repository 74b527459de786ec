"""Who reads in which language: the channel in BOT_LOCALE, a person in that of their Slack."""

import asyncio
import logging
import time
from dataclasses import dataclass, replace

from bot.domain.request import UserId
from bot.slack.blocks.voice import Voice
from bot.slack.web_api import SlackError, WebApi
from bot.slack.words import Catalogue

log = logging.getLogger(__name__)

KNOWN_FOR = 3600.0
"""Seconds; people change their language rarely, and users.info is Tier 4."""
ASK_LIMIT = 1.0
"""Seconds that an answer waits to be put into the right language."""
MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    locale: str
    until: float


class Languages:
    """Gives everything that is said its voice.

    Attributes:
        channel: for what everybody sees.
    """

    def __init__(
        self, catalogue: Catalogue, channel: Voice, slack: WebApi, scopes: frozenset[str]
    ) -> None:
        """`channel` speaks BOT_LOCALE; without the scope `users:read` everybody hears that."""
        self.channel = channel
        self._catalogue = catalogue
        self._slack = slack
        self._may_ask = "users:read" in scopes
        self._known: dict[str, _Known] = {}

    async def of(self, user: UserId) -> Voice:
        """For what that person alone sees."""
        known = self._known.get(user)
        if self._may_ask and (known is None or known.until < time.monotonic()):
            await self._ask(user)
        return self.at_hand(user)

    def at_hand(self, user: UserId) -> Voice:
        """The same without asking anybody, where an acknowledgement is due at once."""
        known = self._known.get(user)
        if known is None or not known.locale:
            return self.channel
        return replace(self.channel, say=self._catalogue.words(known.locale))

    async def _ask(self, user: UserId) -> None:
        locale = ""
        try:
            async with asyncio.timeout(ASK_LIMIT):
                answer = await self._slack.ask("users.info", user=user, include_locale="true")
            locale = str((answer.get("user") or {}).get("locale") or "")
        except (SlackError, TimeoutError) as error:
            log.info("whose language is not known: %r", error)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[user] = _Known(locale, time.monotonic() + KNOWN_FOR)
