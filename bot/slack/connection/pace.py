"""Keeps all replicas within Slack's rate limits, and has all of them wait when Slack asks one."""

import asyncio
import logging

from bot import metrics
from bot.domain.budget import Limit, Priority, Turn
from bot.slack.connection.errors import SlackBusyError
from bot.slack.connection.limits import limits
from bot.store.budget import Budget
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

COUNTING = 0.25
"""Seconds at most that counting a call may delay the person who waits for it."""
_PROMPT = Turn(Priority.PROMPT)


class Pace:
    """Gives turns to call Slack; without a budget everybody gets one at once."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget

    async def take(self, method: str, channel: str, turn: Turn) -> None:
        """Takes a turn.

        Raises:
            SlackBusyError: not now.
            StoreAwayError: nobody can tell.
        """
        found = limits(method, channel)
        if self._budget is None or not found:
            return
        # A budget for this one name, so that all replicas together keep the distance.
        if turn.apart:
            found |= {turn.name: Limit(60 / turn.apart, burst=1)}
        wait, scarce = await self._budget.take(found, turn)
        if wait > 0:
            metrics.HELD_BACK.labels(method, turn.priority.name.lower()).inc()
            raise SlackBusyError(wait, scarce)

    async def count(self, method: str, channel: str) -> None:
        """Counts a call that somebody waits for; while Redis is away it goes uncounted.

        Raises:
            SlackBusyError: Slack has asked for fewer.
        """
        try:
            async with asyncio.timeout(COUNTING):
                await self.take(method, channel, _PROMPT)
        except (StoreAwayError, TimeoutError) as error:
            # Better a call too many, which Slack answers with 429, than to wait for Redis.
            log.debug("a call is not counted: %r", error)

    async def stop(self, method: str, channel: str, seconds: float) -> None:
        """Has every replica wait so many seconds: a `Retry-After` holds for the workspace."""
        found = limits(method, channel)
        if self._budget is None or not found:
            return
        # Only the first: a channel that is posted in too often stops no other channel.
        name, limit = next(iter(found.items()))
        try:
            async with asyncio.timeout(COUNTING):
                await self._budget.stop(name, limit, seconds)
        except (StoreAwayError, TimeoutError) as error:
            log.info("the other replicas are not told to wait: %r", error)
