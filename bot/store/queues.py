"""Keeps what is due when, by the clock of Redis, which all replicas share."""

import logging
import time
from dataclasses import dataclass
from enum import StrEnum

from redis.asyncio import Redis

from bot.store.client import answered, repeatable
from bot.store.lua import Keys, Script
from bot.store.writing import CLOCK, LONGEST_WAIT

log = logging.getLogger(__name__)

NOTICEABLE = 2.0
"""Seconds by which Redis's clock may jump without a line in the log."""
LONGEST_PAUSE = 60.0
"""Seconds between two polls of a video while IACrea is silent, unless the interval is longer."""


class Queue(StrEnum):
    """Sorted sets of what has to be done, by the time at which it is due."""

    STEPS = "steps"  # requests to be checked, submitted or given up
    NOTICES = "notices"  # requests with something to be told
    POLLS = "polls"  # videos to be looked at
    FOLLOWS = "follows"  # follows with something to be checked, told or given up


@dataclass(frozen=True, slots=True)
class Claim:
    """What was due, and is now ours for a while.

    Attributes:
        ids: requests or videos; nobody else gets them until their time comes again.
        wait: seconds until something else is due; None when nothing is.
        late: seconds by which the most overdue of them was; None when nothing was due.
    """

    ids: tuple[str, ...]
    wait: float | None
    late: float | None


class Queues:
    """Keeps what is due when. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str, poll_interval: float) -> None:
        """`poll_interval` is in seconds, between two polls of one video."""
        self._redis = redis
        self._prefix = prefix
        self._poll_interval = poll_interval
        self._queues = [self._key(each) for each in Queue]
        self._server_began = time.time() - time.monotonic()
        self._time_known = False
        self._claim = Script(redis, "claim", timed=True)
        self._schedule = Script(redis, "schedule", timed=True)
        self._turn = Script(redis, "turn")

    def now(self) -> float:
        """Returns Unix time in seconds by the clock of Redis, which all replicas share."""
        return self._server_began + time.monotonic()

    def learn_time(self, now: str) -> None:
        """Takes over what time it is at Redis, as it has just said."""
        # Not by this machine's time of day, which may be put back between two claims.
        step = float(now) - self.now()
        self._server_began += step
        if self._time_known and step < -NOTICEABLE:
            log.warning("Redis's clock was put back by %.1f s; what is due comes no later", -step)
        elif self._time_known and step > NOTICEABLE:
            log.warning("Redis's clock was put forward by %.1f s, or this machine slept", step)
        self._time_known = True

    # Not repeatable: what was claimed without our hearing of it is due again by itself.
    @answered
    async def claim(self, queue: Queue, most: int, *, ahead: float) -> Claim:
        """Takes up to `most` of what is due and moves their due times `ahead` seconds on."""
        phase = "grid" if queue is Queue.POLLS else "lease"
        now, wait, late, *ids = await self._claim(
            self._keys_of(queue), most=most, ahead=ahead, phase=phase, longest=self._longest(queue)
        )
        self.learn_time(now)
        wait, late = (float(each) if each else None for each in (wait, late))
        return Claim(tuple(ids), wait, late)

    @repeatable
    async def postpone(self, queue: Queue, due_id: str, seconds: float) -> None:
        """Makes something that is waiting due `seconds` from now, or as late as anything may be."""
        await self._reschedule(queue, due_id, min(seconds, self._longest(queue)), "any")

    @repeatable
    async def forget(self, queue: Queue, due_id: str) -> None:
        """Takes an id out of a set, as its record is no longer there."""
        await self._redis.zrem(self._key(queue), due_id)

    # Not repeatable: the second try would find our own turn taken.
    @answered
    async def take_turn(self, name: str, seconds: float) -> float:
        """Takes the turn of that name for so many seconds, for one of all replicas.

        Returns 0 if it is ours, or the seconds until it is free again.
        """
        key = self._key("turn", name)
        # Redis takes no expiry of 0.
        return float(await self._turn({"turn": key}, ms=max(1, round(seconds * 1000)))) / 1000

    async def _reschedule(self, queue: Queue, due_id: str, seconds: float, how: str) -> None:
        await self._schedule(self._keys_of(queue), member=due_id, seconds=seconds, how=how)

    def _longest(self, queue: Queue) -> float:
        """Returns the seconds from now within which everything of that kind is due."""
        if queue is not Queue.POLLS:
            return LONGEST_WAIT
        return max(LONGEST_PAUSE, self._poll_interval) + self._poll_interval

    def _keys_of(self, queue: Queue) -> Keys:
        return {"queue": self._key(queue), "queues": self._queues, "clock": self._key(CLOCK)}

    def _key(self, *parts: str) -> str:
        return self._prefix + ":".join(parts)
