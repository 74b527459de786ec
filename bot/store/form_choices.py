"""Keeps which video was chosen last in a form, whichever replica was told of it."""

from redis.asyncio import Redis

from bot.store.client import repeatable

OPEN_FOR = 3600
"""Seconds for which a form's last choice is remembered."""


class FormChoices:
    """Keeps the last choice in each open form. May raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix

    @repeatable
    async def is_last(self, view: str, at: float) -> bool:
        """Notes a choice made `at` that time by Slack's clock; returns whether none was later."""
        key = f"{self._prefix}choice:{view}"
        async with self._redis.pipeline() as pipeline:
            # The later of two choices may come first, and to another replica.
            pipeline.zadd(key, {"last": at}, gt=True)
            pipeline.expire(key, OPEN_FOR)
            pipeline.zscore(key, "last")
            *_, last = await pipeline.execute()
        return bool(last == at)
