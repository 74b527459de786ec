"""Keeps which channels got another id, the new one by the old one."""

from typing import Any

from redis.asyncio import Redis

from bot.store.client import repeatable

IDLE = 90 * 24 * 3600
"""Seconds after which they are forgotten if no bot has read them."""
LISTS = ("requests-in", "recent")
"""Lists that are kept by channel: its requests, and the videos worked on there."""


class Channels:
    """Knows today's ids of channels. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._moved = f"{prefix}channels-moved"

    @repeatable
    async def move(self, old: str, new: str) -> None:
        """Notes that a channel has another id from now on, and moves its lists there."""
        async with self._redis.pipeline() as pipeline:
            pipeline.hset(self._moved, old, new)
            pipeline.expire(self._moved, IDLE)
            for kind in LISTS:
                there, here = (f"{self._prefix}{kind}:{each}" for each in (new, old))
                # Both: Slack tells it again, when people go on in the new one already.
                pipeline.zunionstore(there, [there, here], aggregate="MAX")
                pipeline.expire(there, IDLE)
            await pipeline.execute()

    @repeatable
    async def moved(self) -> dict[str, str]:
        """Returns all of them; reading keeps them from being forgotten."""
        async with self._redis.pipeline() as pipeline:
            pipeline.hgetall(self._moved)
            pipeline.expire(self._moved, IDLE)
            found, _ = await pipeline.execute()
        known: dict[Any, Any] = found
        return {str(old): str(new) for old, new in known.items()}
