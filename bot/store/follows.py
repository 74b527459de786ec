"""Keeps what is followed, and when something of it is due."""

import logging
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.domain.follow import MOST_FOLLOWED, POSTING, Follow, FollowState
from bot.domain.request import RequestId
from bot.domain.video import VideoId
from bot.store.client import answered, repeatable
from bot.store.errors import (
    FollowedError,
    OvertakenError,
    TooManyFollowsError,
    UnreadableRecordError,
)
from bot.store.follow_records import decode_follow, encode_follow
from bot.store.lua import Script
from bot.store.queues import Queue
from bot.store.records import KEPT
from bot.store.requests import Requests
from bot.store.writing import LONGEST_WAIT

log = logging.getLogger(__name__)


class Follows:
    """Keeps follows. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, requests: Requests, prefix: str, poll_interval: float) -> None:
        """`requests` knows the time, the queues, and whether Redis has replicas."""
        self._redis = redis
        self._prefix = prefix
        self._requests = requests
        self._poll_interval = poll_interval
        self._write = Script(redis, "follow", timed=True)

    @answered
    async def accept(self, follow: Follow, *, within: float) -> bool:
        """Writes a follow down once, unless Redis gets to it later than `within` seconds.

        Returns False where it came too late, so that nothing was written.
        """
        give_up = time.monotonic() + within
        [verdict, *at] = await self._accept(follow, give_up)
        if verdict == "late" and time.monotonic() < give_up:
            self._requests.learn_time(*at)  # it was in time; Redis's clock was put forward
            [verdict, *_] = await self._accept(follow, give_up)
        return verdict != "late"

    async def _accept(self, follow: Follow, give_up: float) -> list[str]:
        late = self._requests.now() + give_up - time.monotonic()
        try:
            return await self._save(follow, read_at=0, refuse_after=late)
        except RedisConnectionError:  # cut: it may have arrived, and is not written twice
            return await self._save(follow, read_at=0, refuse_after=late)

    @answered
    async def save(self, follow: Follow, *, after: float = 0.0) -> Follow:
        """Writes the next state of a follow; what is due next is due `after` seconds from now.

        Raises:
            OvertakenError: it was written by somebody else since it was read.
            FollowedError: that video is followed in that channel already.
            TooManyFollowsError: as many are followed as may be.
        """
        written = replace(follow, version=follow.version + 1)
        [verdict, *rest] = await self._save(written, read_at=follow.version, after=after)
        if verdict == "taken":
            raise FollowedError(RequestId(rest[0]))
        if verdict == "full":
            raise TooManyFollowsError
        if verdict != "saved":
            raise OvertakenError
        return written

    @repeatable
    async def load(self, follow_id: RequestId) -> Follow | None:
        """Returns the follow, or None if there is none of that id.

        Raises:
            UnreadableRecordError: it cannot be read by this release.
        """
        text: Any = await self._redis.get(self._key("follow", follow_id))
        return decode_follow(follow_id, text) if text is not None else None

    @repeatable
    async def of(self, video: VideoId) -> list[Follow]:
        """Returns the follows that wait on a video; one that is no longer there is forgotten."""
        key = self._key("following", video)
        ids = {str(each) for each in await self._redis.smembers(key)}
        found = await self._loaded(ids)
        gone = ids - {each.id for each in found}
        for each in gone:
            if not await self._redis.exists(self._key("follow", each)):  # not unreadable, but gone
                await self._redis.srem(key, each)
        return found

    @repeatable
    async def active(self) -> list[Follow]:
        """Returns all that is followed, the oldest first."""
        return await self._loaded((await self._redis.hgetall(self._key("followed"))).values())

    @repeatable
    async def untold(self) -> list[Follow]:
        """Returns all whose end was not told yet, the oldest first."""
        return await self._loaded(await self._redis.zrange(self._key(Queue.FOLLOWS), 0, -1))

    @repeatable
    async def by_video(self) -> dict[VideoId, frozenset[RequestId]]:
        """Returns which follows there are of each video that is followed."""
        followed: dict[Any, Any] = await self._redis.hgetall(self._key("followed"))
        found: dict[VideoId, frozenset[RequestId]] = {}
        for place, held in followed.items():
            video = VideoId(str(place).partition(" ")[2])
            found[video] = found.get(video, frozenset()) | {RequestId(str(held))}
        return found

    @repeatable
    async def forget(self, follow_id: RequestId) -> None:
        """Takes a follow whose record is gone out of what is due and what is followed."""
        await self._requests.forget(Queue.FOLLOWS, follow_id)
        # Only its record knew its video and channel, so its place is looked for.
        followed: dict[Any, Any] = await self._redis.hgetall(self._key("followed"))
        places = [place for place, held in followed.items() if held == follow_id]
        if places:
            await self._redis.hdel(self._key("followed"), *places)

    async def _save(
        self,
        follow: Follow,
        *,
        read_at: int,
        after: float = 0.0,
        refuse_after: float | None = None,
    ) -> list[str]:
        due, video = self._due(follow, after), follow.video
        jitter = random.uniform(0, self._poll_interval)  # noqa: S311 - spreads polls, no secret
        keys: dict[str, str | list[str]] = {
            "record": self._key("follow", follow.id),
            "queue": self._key(Queue.FOLLOWS),
            "polls": self._key(Queue.POLLS),
            "queues": [self._key(each) for each in Queue],
            "clock": self._key("clock"),
            "following": self._key("following", video),
            "waiting": self._key("waiting", video),
            "followed": self._key("followed"),
        }
        given = {
            "id": follow.id,
            "text": encode_follow(follow),
            "read_at": str(read_at),
            "expires": KEPT if follow.state is FollowState.TOLD else None,
            "due": due,
            "video": video,
            "first_poll": jitter if follow.state is FollowState.FOLLOWING else None,
            "place": f"{follow.origin.channel} {video}",
            "active": follow.active,
            "most": MOST_FOLLOWED,
            "refuse_after": refuse_after,
        }
        answer: list[str] = await self._requests.replicas.run(self._write, keys, given)
        if due is not None and due <= 0:
            self._requests.woken[Queue.FOLLOWS].set()
        if given["first_poll"] is not None:
            self._requests.woken[Queue.POLLS].set()
        return answer

    def _due(self, follow: Follow, after: float) -> float | None:
        """Returns the seconds until something is due; None when nothing is."""
        if follow.state is FollowState.TOLD:
            return None
        now = self._requests.now()
        if follow.posting:  # polls go on meanwhile, and must not have it posted a second time
            after = max(after, min(POSTING, (follow.posting_at or now) + POSTING - now))
        elif follow.state is FollowState.FOLLOWING and not follow.to_post:
            after = max(after, (follow.deadline or now) - now)
        return min(after, LONGEST_WAIT)

    async def _loaded(self, ids: Iterable[Any]) -> list[Follow]:
        names = sorted(map(str, ids))
        texts: list[Any] = (
            await self._redis.mget([self._key("follow", each) for each in names]) if names else []
        )
        found = []
        for name, text in zip(names, texts, strict=True):
            try:
                if text is not None:
                    found.append(decode_follow(name, text))
            except UnreadableRecordError as error:
                log.warning("left out: %s", error)
        return sorted(found, key=lambda each: each.origin.at)

    def _key(self, *parts: str) -> str:
        return self._prefix + ":".join(parts)
