"""Keeps what regenerations cost and how long they took, as all replicas saw it together."""

from statistics import median
from typing import Any

from redis.asyncio import Redis

from bot.domain.estimate import Estimate
from bot.store.client import answered, repeatable, server_time

LAST = 21
"""Durations that the median is taken of."""
IDLE = 90 * 24 * 3600
"""Seconds after which a figure that nobody has seen again is forgotten."""


class Estimates:
    """Keeps what was seen so far. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._costs = f"{prefix}learned"
        self._times = f"{prefix}took"

    @repeatable
    async def note_cost(self, used: float | None, left: float | None) -> None:
        """Notes what one sequence cost and what is left; what IACrea left out stays as it is."""
        known = {"cost": used, "left": left, "seen": left}
        seen: dict[Any, float] = {name: each for name, each in known.items() if each is not None}
        await self._note(seen)

    @repeatable
    async def note_left(self, left: float | None) -> None:
        """Notes what is left, for people to read; no price is told from it."""
        await self._note({} if left is None else {"seen": left})

    async def _note(self, seen: dict[Any, float]) -> None:
        if not seen:
            return
        seen["at"] = await server_time(self._redis)
        async with self._redis.pipeline() as pipeline:
            pipeline.hset(self._costs, mapping=seen)
            pipeline.expire(self._costs, IDLE)
            await pipeline.execute()

    # Not repeatable: if only the answer was lost, the same time would count twice.
    @answered
    async def note_duration(self, seconds: float) -> None:
        """Notes how long a regeneration took, from sending to done."""
        async with self._redis.pipeline() as pipeline:
            pipeline.lpush(self._times, seconds)
            pipeline.ltrim(self._times, 0, LAST - 1)
            pipeline.expire(self._times, IDLE)
            await pipeline.execute()

    @repeatable
    async def current(self) -> Estimate:
        """Returns what to expect of the next regeneration."""
        async with self._redis.pipeline() as pipeline:
            pipeline.hmget(self._costs, ["cost", "left", "seen"])
            pipeline.lrange(self._times, 0, -1)
            found: list[Any] = await pipeline.execute()
        cost, left, seen = (None if each is None else float(each) for each in found[0])
        times = [float(each) for each in found[1]]
        return Estimate(
            cost=cost,
            # Earlier releases noted no `seen`.
            left=left if seen is None else seen,
            priced_from=left,
            seconds=median(times) if times else None,
        )
