"""Keeps which storyboards stand in channels, so that they can be kept up to date."""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.store.client import repeatable
from bot.store.records import KEPT

MOST = 10
"""Shared storyboards of one video that are kept up to date; older ones stay as they are."""


@dataclass(frozen=True, slots=True)
class SharedStoryboard:
    """A storyboard that everybody in a channel sees."""

    channel: ChannelId
    ts: MessageTs


class SharedStoryboards:
    """Keeps shared storyboards. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix

    @repeatable
    async def share(self, video: VideoId, channel: ChannelId, ts: MessageTs) -> None:
        """Notes a storyboard that was posted; the oldest of too many is dropped."""
        key = self._key(video)
        async with self._redis.pipeline() as pipeline:
            pipeline.zadd(key, {_member(SharedStoryboard(channel, ts)): float(ts)})
            pipeline.zremrangebyrank(key, 0, -1 - MOST)
            pipeline.expire(key, KEPT)
            await pipeline.execute()

    @repeatable
    async def shared(self, video: VideoId) -> list[SharedStoryboard]:
        """Returns the shared storyboards of that video, the newest first."""
        found: list[Any] = await self._redis.zrevrange(self._key(video), 0, -1)
        parts = (str(each).rpartition(" ") for each in found)
        return [SharedStoryboard(ChannelId(channel), MessageTs(ts)) for channel, _, ts in parts]

    @repeatable
    async def drop(self, video: VideoId, storyboard: SharedStoryboard) -> None:
        """Forgets a storyboard that is no longer there."""
        await self._redis.zrem(self._key(video), _member(storyboard))

    def _key(self, video: VideoId) -> str:
        return f"{self._prefix}boards:{video}"


def _member(storyboard: SharedStoryboard) -> str:
    return f"{storyboard.channel} {storyboard.ts}"
