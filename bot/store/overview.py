"""Reads what is under way, for whoever operates the bot."""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from bot.domain.request import Request, State
from bot.store.client import repeatable
from bot.store.queues import Queue
from bot.store.records import stands
from bot.store.requests import readable


@dataclass(frozen=True, slots=True)
class Counts:
    """Says how much is under way in all replicas together.

    Attributes:
        running: how many requests have not ended, also those that are yet to be announced.
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
        # These need not be of the same moment.
        async with self._redis.pipeline(transaction=False) as pipeline:
            for queue in (Queue.STEPS, Queue.POLLS):
                pipeline.zcard(f"{self._prefix}{queue}")
            pipeline.zrange(f"{self._prefix}{Queue.NOTICES}", 0, -1)
            steps, polls, notices = await pipeline.execute()
        # No step is due of what is yet to be announced: only a notice, as of what has ended.
        texts = await self._texts(list(map(str, notices)))
        unannounced = sum(each is not None and stands(each, State.CHECKED) for each in texts)
        return Counts(int(steps) + unannounced, len(notices), int(polls))

    @repeatable
    async def under_way(self) -> list[Request]:
        """Returns the requests that have not been told, the oldest first."""
        found: list[str] = []
        for queue in (Queue.STEPS, Queue.NOTICES):
            found += map(str, await self._redis.zrange(f"{self._prefix}{queue}", 0, -1))
        # Something may be due of it in both.
        ids = list(dict.fromkeys(found))
        read = readable(zip(ids, await self._texts(ids), strict=True))
        return sorted(read, key=lambda each: each.origin.at)

    async def _texts(self, ids: list[str]) -> list[Any]:
        keys = [f"{self._prefix}request:{each}" for each in ids]
        return await self._redis.mget(keys) if keys else []
