"""FINISHES: one poll per video, for all the requests that wait on it."""

import asyncio
import logging
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import metrics
from bot.after_render import Line
from bot.domain import events, line
from bot.domain.backoff import backoff
from bot.domain.following import Sighting, quiet
from bot.domain.progress import Progress, Stage, progress
from bot.domain.request import GenerationState, Outcome, Request
from bot.domain.video import Video, VideoId
from bot.follower import Follower, last_look
from bot.iacrea.client import IACrea
from bot.iacrea.either_kind import either_kind
from bot.iacrea.errors import IACreaError, NotFoundError, RateLimitedError
from bot.store.errors import OvertakenError
from bot.store.estimates import Estimates
from bot.store.queues import LONGEST_PAUSE, Queue
from bot.store.requests import Requests
from bot.transitions import Transitions

log = logging.getLogger(__name__)

SLOW = 0.8
"""Share of an interval after which a poll that is still under way moves its due time on."""
LONGEST_POLL = 12.0
"""Seconds after which a poll has surely ended, since the client's own limit is shorter."""
LASTING = 30.0
"""Seconds of silence after which people are told that IACrea does not answer."""
OVERDUE = 300.0
"""Seconds by which a poll is too late to go on with a silence; less may be other replicas'."""
FORGET_AFTER = 50
"""Polls after which we read the requests of a video again although nothing changed."""
MOST_REMEMBERED = 10_000
"""Videos whose last answer is remembered, with those that other replicas finished."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Says how often a video is polled, and for how long.

    Attributes:
        interval: seconds between two polls of a video.
        timeout: seconds after which a generation is no longer watched.
    """

    interval: float
    timeout: float


@dataclass(frozen=True, slots=True)
class Listeners:
    """What is called with what a poll saw.

    Attributes:
        progress: is called with how far a running request is.
        seen: is called with each answer that brought something new.
        follower: moves on what is only followed.
    """

    progress: Callable[[Request, Progress], None]
    seen: Callable[[Video], None]
    follower: Follower


@dataclass(slots=True)
class _Last:
    """What came of this process's last poll of a video."""

    answer: int
    polls: int = 0


@dataclass(slots=True)
class _Silence:
    """How many polls of a video in a row brought nothing.

    Attributes:
        since: when IACrea first did not answer; infinite while it only asked for fewer calls.
        until: when the next one is due.
    """

    polls: int = 0
    since: float = math.inf
    until: float = math.inf


class Tracker:
    """Polls videos that are due, and moves on the requests for which something changed."""

    def __init__(
        self,
        store: Requests,
        estimates: Estimates,
        iacrea: IACrea,
        schedule: Schedule,
        listeners: Listeners,
    ) -> None:
        """`estimates` learns how long each regeneration took, and what is left."""
        self._store = store
        self._estimates = estimates
        self._iacrea = iacrea
        self._interval = schedule.interval
        self._transitions = Transitions(store, schedule.timeout)
        self._line = Line(store, self._transitions)
        self._listeners = listeners
        self._last: dict[VideoId, _Last] = {}
        self._silent: dict[VideoId, _Silence] = {}
        self._looked: dict[VideoId, float] = {}
        self._automatic: set[VideoId] = set()
        self._left: float | None = None
        self._under_way: set[VideoId] = set()
        self._paused_until = 0.0

    async def poll(self, video_id: str) -> None:
        """Polls a video once, for every request that waits on it."""
        video = VideoId(video_id)
        pause = self._paused_until - time.monotonic()
        if pause > 0:
            await self._postpone(video, pause)
        elif video not in self._under_way:
            self._under_way.add(video)
            try:
                await self._poll(video)
            finally:
                self._under_way.discard(video)

    async def _poll(self, video: VideoId) -> None:
        # Before the GET: its answer may be older than a POST that leaves meanwhile.
        at, began = self._store.now(), time.monotonic()
        try:
            seen = await self._look(video)
        except NotFoundError:
            # Or else the same answer as before it would be nothing new, and break no row of these.
            self._last.pop(video, None)
            await self._tell_all(video, events.Gone())
            await self._listeners.follower.gone(video)
        except RateLimitedError as limited:
            await self._slow_down(video, limited)
        except IACreaError as error:
            await self._wait_out(video, error)
        else:
            silence = self._silent.pop(video, None)
            if silence is not None and silence.since < math.inf:
                log.info("IACrea answers again", extra={"video": video})
                self._last.pop(video, None)  # something older may have been shown meanwhile
            await self._serve(seen, at, last_look(at, began, self._looked.get(video)))
            # Only now: an end is as late as the poll before this one is long ago.
            self._looked[video] = began

    async def _look(self, video: VideoId) -> Video:
        """Sends one GET. A slow one moves the video's due time, so that no other poll overlaps."""
        moved: list[asyncio.Task[None]] = []

        def move_on() -> None:
            ahead = self._store.postpone(Queue.POLLS, video, LONGEST_POLL)
            moved.append(asyncio.ensure_future(ahead))

        slow = asyncio.get_running_loop().call_later(SLOW * self._interval, move_on)
        try:
            return await self._ask(video)
        finally:
            slow.cancel()
            for task in moved:
                # Or else Redis may still come to the first move after the second.
                await task
                await self._store.postpone(Queue.POLLS, video, self._interval)

    async def _ask(self, video: VideoId) -> Video:
        """Sends one GET, and only for an automatic video that it does not know yet a second.

        Nothing waits on an automatic video but who follows it: nothing of it is regenerated.
        """
        if not await self._listeners.follower.follows(video):
            return await self._iacrea.video(video)
        if video in self._automatic:
            return await self._iacrea.automatic_video(video)
        seen = await either_kind(self._iacrea, video)
        if seen.automatic:
            self._automatic.add(video)
        return seen

    async def _serve(self, seen: Video, at: float, before: float | None) -> None:
        """Moves requests on; reads nothing from Redis if the answer brings nothing new."""
        last = self._last.get(seen.id)
        if (
            last
            and last.answer == hash(seen)
            and last.polls < FORGET_AFTER
            and not await self._listeners.follower.joined(seen.id)
        ):
            last.polls += 1
            return
        waited = await self._tell_all(seen.id, events.Seen(seen, at))
        await self._note_left(seen)
        running = [each for each in waited if not each.ended]
        # After the ends above: whoever is next in line waits for them.
        running = await self._line.give_turn(running, seen)
        for request in running:
            ahead = line.ahead_of(request, running)
            self._listeners.progress(request, replace(progress(seen), ahead=ahead))
        followed = await self._listeners.follower.seen(Sighting(seen, at), waited, before)
        self._listeners.seen(seen)
        if len(self._looked) >= MOST_REMEMBERED:
            # All at once, as it costs each video no more than one poll that reads Redis.
            self._last.clear()
            self._looked.clear()
            self._automatic.clear()
        settled = all(_settled(request, seen) for request in running) and all(map(quiet, followed))
        # Where nobody waits, the next poll has to ask Redis, whose script then ends the polls.
        if settled and (running or followed):
            self._last[seen.id] = _Last(hash(seen))
        else:
            self._last.pop(seen.id, None)

    async def _tell_all(self, video: VideoId, event: events.Event) -> list[Request]:
        """Moves on every request that waits on the video; returns them as they are then."""
        waited = []
        for request in await self._store.waiting(video):
            moved = self._transitions.decide(request, event)
            if moved != request:
                try:
                    moved = await self._transitions.write(request, moved)
                except OvertakenError:
                    # Somebody else has moved it on; the next poll finds what they made of it.
                    continue
            if moved.ended:
                await self._ended(moved)
            waited.append(moved)
        return waited

    async def _note_left(self, seen: Video) -> None:
        """Notes what is left, for people to read, where this process saw another number last."""
        if seen.credits_left is not None and seen.credits_left != self._left:
            await self._estimates.note_left(seen.credits_left)
            self._left = seen.credits_left

    async def _ended(self, request: Request) -> None:
        """Notes how long it took, and at most how late we saw its end."""
        before = self._looked.get(request.order.video)
        if before is not None:
            metrics.DETECTION_LAG.observe(time.monotonic() - before)
        sent_at = request.sent_at
        if request.outcome is Outcome.DONE and not request.order.watch and sent_at is not None:
            took = self._store.now() - sent_at
            if took > 0:  # otherwise the clock was put back meanwhile
                await self._estimates.note_duration(took)

    async def _slow_down(self, video: VideoId, limited: RateLimitedError) -> None:
        """Pauses all polls of this process, since IACrea's limit is the key's."""
        pause = limited.retry_after
        if pause is None:
            pause = self._next_pause(video)
        self._paused_until = time.monotonic() + pause
        log.warning("IACrea asks for fewer calls; no polls for %.1f s", pause)
        await self._postpone(video, pause)

    async def _wait_out(self, video: VideoId, error: IACreaError) -> None:
        pause, silence = self._next_pause(video), self._silent[video]
        if silence.since == math.inf:
            log.warning("IACrea does not answer (%s)", error, extra={"video": video})
            silence.since = time.monotonic()
        await self._store.postpone(Queue.POLLS, video, pause)
        if time.monotonic() - silence.since >= LASTING:
            for request in await self._store.waiting(video):
                self._listeners.progress(request, Progress(Stage.SILENT))
            await self._listeners.follower.silent(video)

    def _next_pause(self, video: VideoId) -> float:
        now = time.monotonic()
        # Whoever waited has left meanwhile: what came before then is no row with this.
        self._silent = {k: v for k, v in self._silent.items() if now < v.until + OVERDUE}
        silence = self._silent.setdefault(video, _Silence())
        longest = max(LONGEST_PAUSE, self._interval)
        pause = backoff(silence.polls, first=self._interval, most=longest)
        silence.polls, silence.until = silence.polls + 1, now + pause
        return pause

    async def _postpone(self, video: VideoId, seconds: float) -> None:
        spread = random.uniform(0, self._interval)  # noqa: S311 - spreads polls, no secret
        await self._store.postpone(Queue.POLLS, video, seconds + spread)


def _settled(request: Request, seen: Video) -> bool:
    """Returns whether the same answer once more would change nothing for a request."""
    # Before it has moved, the same answer is believed later on; while errors are counted, one
    # more of them may be the last.
    return not seen.ended and all(
        each.ended
        or (each.state is GenerationState.RUNNING and each.moved and not each.error_polls)
        for each in request.generations
    )
