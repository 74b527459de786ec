"""Reads takes: what regenerations made. `save.lua` writes each with what ends its sequence."""

import logging
from collections.abc import Iterable
from typing import Any

from redis.asyncio import Redis

from bot.domain.take import Take
from bot.domain.video import SequenceId, VideoId
from bot.store.client import repeatable
from bot.store.errors import UnreadableRecordError
from bot.store.records import decode_take
from bot.store.writing import TAKES, TAKES_AT, takes_of

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Takes read in one go, so that nobody else waits long."""


class Takes:
    """Reads takes. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._texts = f"{prefix}{TAKES}"
        self._by_time = f"{prefix}{TAKES_AT}"

    @repeatable
    async def of(self, video: VideoId, sequence: SequenceId) -> list[Take]:
        """Returns the takes of a sequence that are listed, the newest first."""
        names = await self._redis.zrevrange(f"{self._prefix}{takes_of(video, sequence)}", 0, -1)
        return await self._read(map(str, names))

    @repeatable
    async def named(self, name: str) -> Take | None:
        """Returns the take of that name; None where it is not kept any more."""
        return next(iter(await self._read([name])), None)

    async def since(self, at: float) -> list[Take]:
        """Returns every take that was sent since then (Unix seconds), the oldest first."""
        names = await self._names(at)
        found: list[Take] = []
        for start in range(0, len(names), AT_ONCE):
            found += await self._some(names[start : start + AT_ONCE])
        return found

    @repeatable
    async def _names(self, since: float) -> list[str]:
        found = await self._redis.zrange(self._by_time, repr(since), "+inf", byscore=True)
        return [str(each) for each in found]

    @repeatable
    async def _some(self, names: list[str]) -> list[Take]:
        return await self._read(names)

    async def _read(self, names: Iterable[str]) -> list[Take]:
        """Returns those that are still there, without damaged ones."""
        wanted = list(names)
        texts: list[Any] = await self._redis.hmget(self._texts, wanted) if wanted else []
        read = []
        for name, text in zip(wanted, texts, strict=True):
            try:
                if text is not None:
                    read.append(decode_take(str(text)))
            except UnreadableRecordError as error:
                log.warning("a take left out: %s, %s", name, error)
        return read
