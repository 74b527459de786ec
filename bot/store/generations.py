"""Requests in Redis: one method per thing that must happen whole."""

import asyncio
import logging
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from redis.asyncio import Redis

from bot.domain.request import Request, RequestId, State
from bot.domain.video import SequenceId, VideoId
from bot.store.door import answered, script
from bot.store.records import UnreadableRecordError, decode, encode

log = logging.getLogger(__name__)

KEPT = 7 * 24 * 3600
"""Seconds for which an ended request is kept. It outlives Slack's last redelivery, 24 hours."""


class Due(StrEnum):
    """What has a due time, each with a set of its own."""

    STEPS = "steps"  # requests to be checked, submitted or given up
    NOTICES = "notices"  # requests with something to be told
    POLLS = "polls"  # videos to be looked at


class Accepted(StrEnum):
    """What became of a request that Slack delivered."""

    SAVED = "saved"
    REPEATED = "repeated"  # delivered before
    LATE = "late"  # Redis came to it after the acknowledgement was due: nothing was written


class OvertakenError(Exception):
    """Somebody else moved the request on since it was read; there is nothing left to do."""


class SequenceTakenError(Exception):
    """Another running request holds one of the sequences."""

    def __init__(self, holder: RequestId) -> None:
        super().__init__(f"held by {holder}")
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Claim:
    """What was due.

    Attributes:
        members: request or video ids; nobody else is given them until their time comes again.
        wait: seconds until something else is due; None when nothing is.
    """

    members: tuple[str, ...]
    wait: float | None


class Generations:
    """The requests, and when each of them, or its video, is due.

    Every method may raise StoreAwayError while Redis is away.

    Attributes:
        woken: set when this process made something due at once.
    """

    def __init__(self, redis: Redis, *, prefix: str, poll_interval: float) -> None:
        self._redis = redis
        self._prefix = prefix
        self._poll_interval = poll_interval
        self._ahead_of_us = 0.0
        self._claim = script(redis, "claim")
        self._save = script(redis, "save")
        self._waiting = script(redis, "waiting")
        self.woken = {due: asyncio.Event() for due in Due}

    def now(self) -> float:
        """Unix time in seconds by the clock of the Redis server, which all replicas share."""
        return time.time() + self._ahead_of_us

    @answered
    async def ping(self) -> None:
        """Answers when Redis does."""
        await self._redis.ping()

    @answered
    async def accept(self, request: Request, *, within: float) -> Accepted:
        """Writes down a request once, unless Redis comes to it later than `within` seconds."""
        [verdict, *_] = await self._write(request, read_at=0, refuse_after=self.now() + within)
        return Accepted(verdict)

    @answered
    async def load(self, request_id: RequestId) -> Request | None:
        """The request, or None if there is none of that id.

        Raises:
            UnreadableRecordError: it cannot be read by this release.
        """
        text: Any = await self._redis.get(self._key("request", request_id))
        return decode(request_id, text) if text is not None else None

    @answered
    async def save(self, request: Request, *, after: float = 0.0) -> Request:
        """Writes the next state of a request and makes its next step due `after` seconds from now.

        Raises:
            OvertakenError: it was written by somebody else since it was read.
            SequenceTakenError: another running request holds one of its sequences.
        """
        written = replace(request, version=request.version + 1)
        [verdict, *rest] = await self._write(written, read_at=request.version, after=after)
        if verdict == "taken":
            raise SequenceTakenError(RequestId(rest[0]))
        if verdict != "saved":
            raise OvertakenError
        return written

    @answered
    async def claim(self, due: Due, most: int, *, ahead: float) -> Claim:
        """Takes up to `most` of what is due and moves their due times `ahead` seconds on."""
        phase = "grid" if due is Due.POLLS else "lease"
        now, wait, *members = await self._claim(keys=[self._key(due)], args=[most, ahead, phase])
        self._ahead_of_us = float(now) - time.time()
        return Claim(tuple(members), float(wait) if wait else None)

    @answered
    async def postpone(self, due: Due, member: str, seconds: float) -> None:
        """Makes something that is waiting due `seconds` from now."""
        await self._redis.zadd(self._key(due), {member: self.now() + seconds}, xx=True)

    @answered
    async def forget(self, due: Due, member: str) -> None:
        """Takes something out of a set whose record is no longer there."""
        await self._redis.zrem(self._key(due), member)

    @answered
    async def holder(self, video: VideoId, sequences: Iterable[SequenceId]) -> RequestId | None:
        """The running request that holds one of the sequences, if there is one."""
        keys = [self._key("running", video, sequence) for sequence in sequences]
        found = await self._redis.mget(keys) if keys else []
        return next((RequestId(str(each)) for each in found if each is not None), None)

    @answered
    async def waiting(self, video: VideoId) -> list[Request]:
        """The requests that wait on a video; one that a newer release wrote is left to that."""
        found = await self._waiting(
            keys=[self._key("waiting", video), self._key(Due.POLLS)],
            args=[self._key("request", ""), video],
        )
        requests = []
        for request_id, text in zip(found[::2], found[1::2], strict=True):
            try:
                requests.append(decode(request_id, text))
            except UnreadableRecordError as error:
                log.warning("left out: %s", error)
        return requests

    @answered
    async def remember(self, video: VideoId, sequences: Iterable[SequenceId]) -> None:
        """Keeps the ids of a video's sequences, in storyboard order, for when IACrea shows none."""
        key = self._key("storyboard", video)
        await self._redis.set(key, " ".join(sequences), ex=KEPT)

    @answered
    async def recall(self, video: VideoId) -> tuple[SequenceId, ...]:
        """The ids of a video's sequences as they were last remembered; empty if they never were."""
        text = await self._redis.get(self._key("storyboard", video))
        return tuple(SequenceId(each) for each in str(text or "").split(" ") if each)

    @answered
    async def until_edit(
        self, request_id: RequestId, *, shortest: float, per_running: float
    ) -> float:
        """Seconds until its message may be edited; with 0 the edit is taken, for all replicas.

        Args:
            request_id: whose message.
            shortest: seconds that always lie between two edits of one message.
            per_running: seconds for each running request, as all share Slack's budget.
        """
        running = await self._redis.zcard(self._key(Due.STEPS))
        pause = max(shortest, per_running * running)
        key = self._key("edited", request_id)
        if await self._redis.set(key, 1, nx=True, px=round(pause * 1000)):
            return 0.0
        return max(0.0, await self._redis.pttl(key) / 1000)

    async def _write(
        self,
        request: Request,
        *,
        read_at: int,
        after: float = 0.0,
        refuse_after: float | None = None,
    ) -> list[str]:
        places = _places(request, now=self.now(), after=after)
        keys = [
            self._key("request", request.id),
            *(self._key(due) for due in Due),
            self._key("waiting", request.wish.video),
            *(self._key("running", request.wish.video, take.sequence) for take in request.takes),
        ]
        jitter = random.uniform(0, self._poll_interval)  # noqa: S311 - spreads polls, no secret
        args: list[Any] = [
            request.id,
            read_at,
            encode(request),
            KEPT if request.state is State.TOLD else "",
            _or_blank(places.step),
            _or_blank(places.notice),
            request.wish.video,
            jitter if places.polled else "",
            "hold" if places.held else "free",
            request.wish.over or "",
            _or_blank(refuse_after),
        ]
        answer: list[str] = await self._save(keys=keys, args=args)
        for due, delay in ((Due.STEPS, places.step), (Due.NOTICES, places.notice)):
            if delay is not None and delay <= 0:
                self.woken[due].set()
        if places.polled:
            self.woken[Due.POLLS].set()
        return answer

    def _key(self, *parts: str) -> str:
        return self._prefix + ":".join(parts)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a request stands in the sets: all of it follows from its state."""

    step: float | None
    notice: float | None
    polled: bool
    held: bool


def _places(request: Request, *, now: float, after: float) -> _Places:
    step: float | None = None
    if request.state in {State.ACCEPTED, State.ANNOUNCED, State.SUBMITTING}:
        step = after
    elif request.state is State.PENDING and request.deadline is not None:
        step = max(after, request.deadline - now)
    return _Places(
        step=step,
        notice=after if request.state in {State.CHECKED, State.ENDED} else None,
        polled=request.state is State.PENDING,
        held=not request.ended,
    )


def _or_blank(seconds: float | None) -> float | str:
    return "" if seconds is None else seconds
