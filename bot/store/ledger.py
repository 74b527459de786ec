"""Reads what was spent, month by month; `save.lua` writes it together with the request."""

import logging
from typing import Any

from redis.asyncio import Redis

from bot.domain.ledger import Entry
from bot.domain.request import UserId
from bot.store.client import repeatable
from bot.store.errors import UnreadableRecordError
from bot.store.records import decode_entry

log = logging.getLogger(__name__)


class Ledger:
    """Reads the ledger. Months are in UTC, as `domain.ledger.month` has them: `2026-11`.

    Every method may raise StoreAwayError while Redis is away.
    """

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix

    @repeatable
    async def spent(self, month: str) -> dict[UserId, float]:
        """Returns the credits that each person spent in that month, as far as they are known."""
        found: dict[Any, Any] = await self._redis.hgetall(f"{self._prefix}spent:{month}")
        return {UserId(user): float(spent) for user, spent in found.items()}

    @repeatable
    async def entries(self, month: str) -> list[Entry]:
        """Returns all that was sent in that month, the oldest first, without damaged entries."""
        found: dict[Any, Any] = await self._redis.hgetall(f"{self._prefix}ledger:{month}")
        read = []
        for name, text in found.items():
            try:
                read.append(decode_entry(str(text)))
            except UnreadableRecordError as error:
                log.warning("left out of %s: %s, %s", month, name, error)
        return sorted(read, key=_when)


def _when(entry: Entry) -> tuple[float, int]:
    return entry.at, entry.position
