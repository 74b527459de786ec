"""Keeps which videos a thread is about, so that people in it may leave the video out."""

from typing import Any

from redis.asyncio import Redis

from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.store.client import repeatable
from bot.store.records import KEPT


class Threads:
    """Keeps the videos of threads. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix

    @repeatable
    async def belongs(self, channel: ChannelId, thread: MessageTs, video: VideoId) -> None:
        """Notes that the thread below that message is about a video, perhaps besides others."""
        key = thread_key(self._prefix, channel, thread)
        async with self._redis.pipeline() as pipeline:
            pipeline.sadd(key, video)
            pipeline.expire(key, KEPT)
            await pipeline.execute()

    @repeatable
    async def videos(self, channel: ChannelId, thread: MessageTs) -> tuple[VideoId, ...]:
        """Returns all videos that are known of a thread, in an order that does not change."""
        found: set[Any] = await self._redis.smembers(thread_key(self._prefix, channel, thread))
        return tuple(VideoId(str(each)) for each in sorted(found))


def thread_key(prefix: str, channel: ChannelId, thread: MessageTs) -> str:
    """Returns the key of a thread's videos."""
    return f"{prefix}thread:{channel}:{thread}"
