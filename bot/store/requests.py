"""Keeps requests in Redis: one method for each thing that must happen as a whole."""

import asyncio
import logging
import math
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.domain.errors import HourlyLimit
from bot.domain.request import ChannelId, Request, RequestId, UserId
from bot.domain.video import SequenceId, VideoId
from bot.store.client import answered, repeatable
from bot.store.errors import OvertakenError, SequenceTakenError, UnreadableRecordError
from bot.store.lua import Script
from bot.store.queues import Queue, Queues
from bot.store.records import KEPT, decode, decode_ids, encode, encode_ids
from bot.store.replicas import Replicas
from bot.store.threads import Threads
from bot.store.writing import Polls, Write, places

log = logging.getLogger(__name__)


class Accepted(StrEnum):
    """What Redis did with a request that Slack delivered."""

    SAVED = "saved"
    REPEATED = "repeated"  # delivered before
    LATE = "late"  # Redis came to it after the acknowledgement was due: nothing was written
    BUSY = "busy"  # too many are waiting to be started: nothing was written


class Requests(Queues):
    """Keeps the requests, and when each of them, or its video, is due.

    Every method may raise StoreAwayError while Redis is away.

    Attributes:
        woken: set when this process made something due at once.
        replicas: every write here waits for one of them.
        threads: the videos of the threads in which requests are told.
        workspace: the address of the workspace in which they are, once that is known; takes are
            written with it.
    """

    def __init__(
        self, redis: Redis, *, prefix: str, poll_interval: float, max_per_hour: int | None = None
    ) -> None:
        """`max_per_hour`: sequences one person may start within an hour; None is any number."""
        super().__init__(redis, prefix, poll_interval)
        self._max_per_hour = max_per_hour
        self.replicas = Replicas(redis, prefix)
        self.threads = Threads(redis, prefix)
        self.workspace: str | None = None
        self._save = Script(redis, "save", timed=True)
        self._waiting = Script(redis, "waiting")
        self.woken = {queue: asyncio.Event() for queue in Queue}

    @answered
    async def accept(self, request: Request, *, within: float, after: float = 0.0) -> Accepted:
        """Writes a request down once, unless Redis gets to it later than `within` seconds.

        Its first step is due `after` seconds from now, or as soon as `start` is called.
        """
        give_up = time.monotonic() + within
        [verdict, *at] = await self._accept(request, after, give_up)
        if verdict == Accepted.LATE and time.monotonic() < give_up:
            self.learn_time(*at)  # it was in time; Redis's clock was put forward
            [verdict, *_] = await self._accept(request, after, give_up)
        return Accepted(verdict)

    async def _accept(self, request: Request, after: float, give_up: float) -> list[str]:
        late = self.now() + give_up - time.monotonic()
        try:
            return await self._write(request, read_at=0, after=after, refuse_after=late)
        except RedisConnectionError:  # cut: it may have arrived, and is not written twice
            verdict = await self._write(request, read_at=0, after=after, refuse_after=late)
            return [Accepted.SAVED] if verdict == [Accepted.REPEATED] else verdict

    @repeatable
    async def start(self, request_id: RequestId) -> None:
        """Makes the first step of a request due now, as we know that it is written down."""
        await self._reschedule(Queue.STEPS, request_id, 0.0, "sooner")
        self.woken[Queue.STEPS].set()

    @repeatable
    async def load(self, request_id: RequestId) -> Request | None:
        """Returns the request, or None if there is none of that id.

        Raises:
            UnreadableRecordError: it cannot be read by this release.
        """
        text: Any = await self._redis.get(self._key("request", request_id))
        return decode(request_id, text) if text is not None else None

    @answered
    async def save(
        self,
        request: Request,
        *,
        after: float = 0.0,
        kept: int = KEPT,
        instead: Request | None = None,
    ) -> Request:
        """Writes the next state of a request and makes its next step due `after` seconds from now.

        One that has ended is forgotten `kept` seconds later.

        `instead` is the record that this process wrote before; another one of the same version will
        not do. There can be one, since two primaries may each take a write during a failover.

        Raises:
            OvertakenError: it was written by somebody else since it was read.
            SequenceTakenError: another running request holds one of its sequences.
            HourlyLimit: it was checked, and its person has started as many as anybody may.
        """
        written = replace(request, version=request.version + 1)
        read_at = request.version if instead is None else encode(instead)
        [verdict, *rest] = await self._write(written, read_at=read_at, after=after, kept=kept)
        if verdict == "taken":
            raise SequenceTakenError(RequestId(rest[0]))
        if verdict == "limited":
            minutes = math.ceil(float(rest[0]) / 60)
            positions = tuple(each.position for each in request.generations)
            # More than an hour's worth never fits, so nobody is told to come again later.
            raise self.over_limit(positions) or HourlyLimit(
                self._max_per_hour or 0, len(positions), minutes
            )
        if verdict != "saved":
            raise OvertakenError
        return written

    def over_limit(self, positions: tuple[int, ...]) -> HourlyLimit | None:
        """Returns the error for more sequences than anybody may ever start within an hour."""
        most = self._max_per_hour
        if most is None or len(positions) <= most:
            return None
        return HourlyLimit(most, len(positions), minutes=0, positions=positions[:most])

    @repeatable
    async def holder(self, video: VideoId, sequences: Iterable[SequenceId]) -> RequestId | None:
        """Returns the running request that holds one of the sequences, if there is one."""
        return next(iter(await self._ids("running", video, sequences)), None)

    @repeatable
    async def waiting(self, video: VideoId) -> list[Request]:
        """Returns the requests that wait on a video, without those that a newer release wrote."""
        found = await self._waiting(
            {
                "waiting": self._key("waiting", video),
                "following": self._key("following", video),
                "polls": self._key(Queue.POLLS),
            },
            prefix=self._key("request", ""),
            video=video,
        )
        return readable(zip(found[::2], found[1::2], strict=True))

    @repeatable
    async def newest(
        self,
        *,
        channel: ChannelId | None = None,
        user: UserId | None = None,
        video: VideoId | None = None,
        most: int = 20,
    ) -> list[Request]:
        """Returns the newest checked requests of one channel, person or video, or of all.

        Expired ones, and those that a newer release wrote, are left out.
        """
        key = self._key("requests")
        for kind, one in (("in", channel), ("by", user), ("on", video)):
            if one is not None:
                key = self._key(f"requests-{kind}", one)
        ids = [str(each) for each in await self._redis.zrevrange(key, 0, most - 1)]
        keys = [self._key("request", each) for each in ids]
        texts: list[Any] = await self._redis.mget(keys) if keys else []
        return readable(zip(ids, texts, strict=True))

    @repeatable
    async def own_cards(self, request: Request) -> None:
        """Notes that the newest card of each of its sequences is this request's from now on."""
        async with self._redis.pipeline() as pipeline:
            for generation in request.generations:
                key = self._key("card", request.order.video, generation.sequence)
                pipeline.set(key, request.id, ex=KEPT)
            await pipeline.execute()

    @repeatable
    async def cards(self, video: VideoId, sequences: Iterable[SequenceId]) -> list[RequestId]:
        """Returns the requests whose cards are the newest of those sequences, each once."""
        return await self._ids("card", video, sequences)

    @repeatable
    async def remember(self, video: VideoId, sequences: Iterable[SequenceId]) -> None:
        """Keeps the ids of a video's sequences in storyboard order, for while it renders."""
        await self._redis.set(self._key("sequences", video), encode_ids(sequences), ex=KEPT)

    @repeatable
    async def recall(self, video: VideoId) -> tuple[SequenceId, ...]:
        """Returns the ids of a video's sequences as last remembered; empty if they never were."""
        text = await self._redis.get(self._key("sequences", video))
        return () if text is None else tuple(map(SequenceId, decode_ids(str(text))))

    async def _write(
        self,
        request: Request,
        *,
        read_at: int | str,
        after: float = 0.0,
        kept: int = KEPT,
        refuse_after: float | None = None,
    ) -> list[str]:
        at = places(request, now=self.now(), after=after)
        jitter = random.uniform(0, self._poll_interval)  # noqa: S311 - spreads polls, no secret
        write = Write(
            request,
            at,
            read_at,
            jitter,
            limit=self._max_per_hour,
            refuse_after=refuse_after,
            kept=kept,
            workspace=self.workspace,
        )
        keys = {**write.keys(self._prefix), "queues": self._queues}
        answer: list[str] = await self.replicas.run(self._save, keys, write.given())
        # Only once it is written, or the worker would find nothing and rest.
        for queue, delay in ((Queue.STEPS, at.step), (Queue.NOTICES, at.notice)):
            if delay is not None and delay <= 0:
                self.woken[queue].set()
        if at.polls is not Polls.NONE:
            self.woken[Queue.POLLS].set()
        return answer

    async def _ids(
        self, kind: str, video: VideoId, sequences: Iterable[SequenceId]
    ) -> list[RequestId]:
        """Returns the requests noted for those sequences, in their order, each once."""
        keys = [self._key(kind, video, sequence) for sequence in sequences]
        found = await self._redis.mget(keys) if keys else []
        return list(dict.fromkeys(RequestId(str(each)) for each in found if each is not None))


def readable(found: Iterable[tuple[str, str | None]]) -> list[Request]:
    """Returns the records that are still there, without those that a newer release wrote."""
    requests = []
    for request_id, text in found:
        try:
            if text is not None:
                requests.append(decode(request_id, text))
        except UnreadableRecordError as error:
            log.warning("left out: %s", error)
    return requests
