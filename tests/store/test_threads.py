"""Which videos a thread is about."""

from redis.asyncio import Redis

from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.store.records import KEPT
from bot.store.threads import Threads

CHANNEL, THREAD = ChannelId("C1"), MessageTs("1700000000.000100")


async def test_a_thread_knows_each_of_its_videos_once(redis: Redis, prefix: str) -> None:
    threads = Threads(redis, prefix)
    for video in ("video-2", "video-1", "video-2"):
        await threads.belongs(CHANNEL, THREAD, VideoId(video))

    assert await threads.videos(CHANNEL, THREAD) == ("video-1", "video-2")
    assert await threads.videos(ChannelId("C2"), THREAD) == ()


async def test_it_is_known_for_as_long_as_requests_are(redis: Redis, prefix: str) -> None:
    await Threads(redis, prefix).belongs(CHANNEL, THREAD, VideoId("video-1"))

    [key] = await redis.keys(f"{prefix}*")
    assert KEPT - 10 < await redis.ttl(key) <= KEPT
