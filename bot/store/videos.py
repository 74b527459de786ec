"""Keeps what people call videos, and which ones they worked on last."""

from collections.abc import Iterable, Mapping
from typing import Any

from redis.asyncio import Redis

from bot.domain.errors import NameTaken
from bot.domain.names import folded
from bot.domain.request import ChannelId, UserId
from bot.domain.video import SequenceId, VideoId
from bot.store.client import repeatable
from bot.store.lua import Script

RECENT = 25
"""Videos remembered for each channel and person."""
MOST_MEANT = 100
"""Names remembered for each person, with the video that each of them meant."""
IDLE = 90 * 24 * 3600
"""Seconds after which a channel or person that does nothing more is forgotten."""


class Videos:
    """Keeps names, and the videos worked on last in each channel and by each person.

    Every method may raise StoreAwayError while Redis is away.
    """

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._name = Script(redis, "name")
        self._touch = Script(redis, "touch", timed=True)
        self._anywhere = f"{prefix}recent-anywhere"
        self._names = f"{prefix}names"
        self._named = f"{prefix}named"

    @repeatable
    async def name(self, video: VideoId, name: str) -> None:
        """Calls the video that (a `names.video_name`), and no longer what it was called before.

        Raises:
            NameTaken: another video is called that, apart from case.
        """
        keys = {"names": self._names, "named": self._named}
        holder = str(await self._name(keys, video=video, folded=folded(name), name=name))
        if holder != video:
            raise NameTaken(name=name, video=holder)

    @repeatable
    async def find(self, name: str) -> VideoId | None:
        """Returns the video of that name, in any case."""
        # Earlier releases let a name end in a point.
        keys = [folded(name), f"{folded(name)}."]
        found: list[Any] = await self._redis.hmget(self._names, keys)
        return next((VideoId(str(each)) for each in found if each is not None), None)

    @repeatable
    async def names(self, videos: Iterable[VideoId]) -> dict[VideoId, str]:
        """Returns the names of those of the videos that have one."""
        ids = list(videos)
        found: list[Any] = await self._redis.hmget(self._named, ids) if ids else []
        pairs = zip(ids, found, strict=True)
        return {video: text.partition(" ")[2] for video, text in pairs if text is not None}

    @repeatable
    async def call_sequences(self, video: VideoId, names: Mapping[SequenceId, str]) -> None:
        """Calls sequences of the video that; an empty name takes the old one away."""
        given: dict[Any, Any] = {each: name for each, name in names.items() if name}
        taken = [each for each, name in names.items() if not name]
        if given:
            await self._redis.hset(self._sequences(video), mapping=given)
        if taken:
            await self._redis.hdel(self._sequences(video), *taken)

    @repeatable
    async def sequence_names(self, video: VideoId) -> dict[SequenceId, str]:
        """Returns what people call sequences of the video."""
        found: dict[Any, Any] = await self._redis.hgetall(self._sequences(video))
        return {SequenceId(str(each)): str(name) for each, name in found.items()}

    @repeatable
    async def meaning(self, user: UserId, name: str) -> VideoId | None:
        """Returns the video that the name meant when that person used it last, if remembered."""
        return next(
            (video for known, video in await self._meant(user) if known == folded(name)), None
        )

    @repeatable
    async def note_meaning(self, user: UserId, name: str, video: VideoId) -> None:
        """Notes which video a person meant by a name when they spent on it."""
        key = self._meant_by(user)
        old = [
            _member(known, each) for known, each in await self._meant(user) if known == folded(name)
        ]
        # ZREM wants a member, and there may be no old one.
        await self._redis.zrem(key, "", *old)
        member = _member(folded(name), video)
        await self._touch({"lists": [key]}, member=member, most=MOST_MEANT, idle=IDLE)

    async def _meant(self, user: UserId) -> list[tuple[str, VideoId]]:
        """Returns names and the videos that they meant, the newest first."""
        found: list[Any] = await self._redis.zrevrange(self._meant_by(user), 0, -1)
        parts = (each.partition(" ") for each in found)
        return [(name, VideoId(video)) for name, _, video in parts]

    @repeatable
    async def touch(self, video: VideoId, user: UserId, channel: ChannelId | None = None) -> None:
        """Notes that a person works on the video now; with a channel, it becomes `last` there."""
        there = [] if channel is None else [self._in(channel), self._anywhere]
        await self._touch({"lists": [self._by(user), *there]}, member=video, most=RECENT, idle=IDLE)

    @repeatable
    async def last(self, channel: ChannelId) -> VideoId | None:
        """Returns the video most recently worked on in the channel."""
        found: list[Any] = await self._redis.zrevrange(self._in(channel), 0, 0)
        return VideoId(found[0]) if found else None

    @repeatable
    async def recent(self, channel: ChannelId | None, user: UserId) -> list[VideoId]:
        """Returns the videos last worked on in the channel or by the person, the newest first."""
        keys = [self._by(user), *([] if channel is None else [self._in(channel)])]
        async with self._redis.pipeline() as pipeline:
            for key in keys:
                pipeline.zrevrange(key, 0, -1, withscores=True)
            found: list[Any] = await pipeline.execute()
        newest = sorted((pair for pairs in found for pair in pairs), key=_score, reverse=True)
        return list(dict.fromkeys(VideoId(video) for video, _ in newest))[:RECENT]

    @repeatable
    async def recent_anywhere(self) -> list[VideoId]:
        """Returns the videos last worked on in any channel, the newest first."""
        found: list[Any] = await self._redis.zrevrange(self._anywhere, 0, -1)
        return [VideoId(each) for each in found]

    def _in(self, channel: ChannelId) -> str:
        return f"{self._prefix}recent:{channel}"

    def _sequences(self, video: VideoId) -> str:
        return f"{self._prefix}rooms:{video}"

    def _by(self, user: UserId) -> str:
        return f"{self._prefix}recent-by:{user}"

    def _meant_by(self, user: UserId) -> str:
        return f"{self._prefix}meant-by:{user}"


def _member(name: str, video: VideoId) -> str:
    return f"{name} {video}"


def _score(pair: tuple[str, float]) -> float:
    return pair[1]
