"""Reads what is under way, for whoever operates the bot."""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from bot.domain.request import Request
from bot.store.client import repeatable
from bot.store.queues import Queue
from bot.store.requests import readable


@dataclass(frozen=True, slots=True)
class Counts:
    """Says how much is under way in all replicas together.

    Attributes:
        running: how many requests have not ended.
        untold: how many requests have something to be told.
        polled: how many videos are polled.
    """

    running: int
    untold: int
    polled: int


class Overview:
    """Reads what is under way. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix

    @repeatable
    async def counts(self) -> Counts:
        """Returns how much is under way now."""
        # One round trip; the three need not be of the same moment.
        async with self._redis.pipeline(transaction=False) as pipeline:
            for queue in (Queue.STEPS, Queue.NOTICES, Queue.POLLS):
                pipeline.zcard(f"{self._prefix}{queue}")
            return Counts(*map(int, await pipeline.execute()))

    @repeatable
    async def under_way(self) -> list[Request]:
        """Returns the requests that have not been told, the oldest first."""
        found: list[str] = []
        for queue in (Queue.STEPS, Queue.NOTICES):
            found += map(str, await self._redis.zrange(f"{self._prefix}{queue}", 0, -1))
        # Something may be due of it in both.
        ids = list(dict.fromkeys(found))
        keys = [f"{self._prefix}request:{each}" for each in ids]
        texts: list[Any] = await self._redis.mget(keys) if keys else []
        return sorted(readable(zip(ids, texts, strict=True)), key=lambda each: each.origin.at)
