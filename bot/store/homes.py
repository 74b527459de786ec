"""Keeps who looks at their Home tab, and what they see there."""

from typing import Any

from redis.asyncio import Redis

from bot.domain.request import UserId
from bot.store.client import repeatable, server_time

LOOKED_AT = 24 * 3600
"""Seconds for which an opened Home is remembered."""


class Homes:
    """Keeps opened Home tabs. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._opened = f"{prefix}homes"

    @repeatable
    async def note_opened(self, user: UserId) -> None:
        """Notes that somebody opened theirs now."""
        now = await server_time(self._redis)
        async with self._redis.pipeline() as pipeline:
            pipeline.zadd(self._opened, {user: now})
            pipeline.zremrangebyscore(self._opened, "-inf", now - LOOKED_AT)
            pipeline.expire(self._opened, LOOKED_AT)
            await pipeline.execute()

    @repeatable
    async def watching(self, within: float) -> list[UserId]:
        """Returns who opened theirs within so many seconds (a day at most), the last one first."""
        since = await server_time(self._redis) - within
        found: list[Any] = await self._redis.zrevrangebyscore(self._opened, "+inf", since)
        return [UserId(each) for each in found]

    @repeatable
    async def shown(self, user: UserId) -> str | None:
        """Returns the hash of what was published for them last, by whichever replica."""
        found = await self._redis.get(self._hash(user))
        return None if found is None else str(found)

    @repeatable
    async def note_published(self, user: UserId, hash_: str) -> None:
        """Notes the hash of what was published for them now."""
        await self._redis.set(self._hash(user), hash_, ex=LOOKED_AT)

    def _hash(self, user: UserId) -> str:
        return f"{self._prefix}home-hash:{user}"
