"""Moves a request on: decides the state that follows from an event, writes it down, logs it.

Whatever changes a request goes through here, so that each change is one line in the log, with the
ids of the request and its video, and is counted.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot import metrics, tracing
from bot.domain import events
from bot.domain.lifecycle import advance
from bot.domain.request import Request, RequestId, State
from bot.domain.timing import Timing
from bot.domain.unforeseen import ending
from bot.store.errors import OvertakenError, StoreAwayError
from bot.store.queues import Queue
from bot.store.requests import Requests

log = logging.getLogger(__name__)

T = TypeVar("T")

RECORDING = 30.0
"""Seconds for which we try to write down what has happened outside while Redis is away."""
AT_THE_STOP = 10.0
"""Seconds of these that a stop still waits, to end within the 30 s that it is given."""
_TRY_AGAIN = 0.5


class Transitions:
    """Decides and writes the next state of requests."""

    def __init__(self, store: Requests, timeout: float) -> None:
        """`timeout` is the seconds after which a generation is no longer watched."""
        self._store = store
        self._timeout = timeout
        self._recording: set[asyncio.Task[Request]] = set()

    def decide(self, request: Request, event: events.Event) -> Request:
        """Returns what the event makes of the request; writes nothing."""
        return advance(request, event, Timing(self._store.now(), self._timeout))

    async def write(
        self, request: Request, moved: Request, *, after: float = 0.0, own: bool = False
    ) -> Request:
        """Writes down what `decide` made of `request`; its next step is due `after` s from now.

        `own` says that this process wrote `request`; then only that very record is replaced.

        Raises:
            OvertakenError, SequenceTakenError, HourlyLimit: as `Requests.save`.
        """
        written = await self._store.save(moved, after=after, instead=request if own else None)
        note(request, written)
        return written

    async def apply(self, request: Request, event: events.Event, *, after: float = 0.0) -> Request:
        """Decides and writes.

        Raises:
            OvertakenError, SequenceTakenError, HourlyLimit: as `Requests.save`.
        """
        return await self.write(request, self.decide(request, event), after=after)

    async def record(
        self, request: Request, event: events.Event, *, after: float = 0.0, own: bool = False
    ) -> Request:
        """Does as `apply`, even if Redis is away: what happened outside must not happen twice.

        It goes on if its caller is cancelled, until `settle`.

        Raises:
            StoreAwayError: it stayed away.
            OvertakenError: somebody else was faster.
        """
        moved = self.decide(request, event)
        recorded = partial(self._recorded, request, moved, after=after, own=own)
        task = asyncio.create_task(retry_while_away(recorded))
        # asyncio itself holds no task, and `settle` waits for these.
        self._recording.add(task)
        task.add_done_callback(self._recording.discard)
        return await asyncio.shield(task)

    async def _recorded(
        self, request: Request, moved: Request, *, after: float, own: bool
    ) -> Request:
        """Writes; it counts as written if an earlier try was, whose answer was lost."""
        try:
            return await self.write(request, moved, after=after, own=own)
        except OvertakenError:
            written = replace(moved, version=request.version + 1)
            if await self._store.load(request.id) != written:
                raise
            # Only a primary that was given up may have it: no replica confirmed that try.
            await self._store.replicas.probe()
            note(request, written)
            return written

    async def settle(self) -> None:
        """Waits, at the stop, for `AT_THE_STOP` at most until what has happened is written down."""
        if self._recording:
            _, late = await asyncio.wait(self._recording, timeout=AT_THE_STOP)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def watched_longer(self, request: Request) -> bool:
        """Returns whether its deadline lies ahead; pulls in one that lies further than it may.

        Raises:
            OvertakenError: as `Requests.save`.
        """
        late = self.decide(request, events.TimedOut())
        if late.ended or late.deadline is None:
            return False
        if late != request:
            await self.write(request, late)
        else:
            # Looked at long before its deadline (`LONGEST_WAIT`), so there is nothing to write.
            ahead = late.deadline - self._store.now()
            await self._store.postpone(Queue.STEPS, request.id, ahead)
        return True

    async def end(self, request_id: RequestId) -> bool:
        """Ends a request whose step failed in an unforeseen way; returns False if nothing can."""
        request = await self._store.load(request_id)
        event = None if request is None else ending(request)
        if request is None or event is None:
            return False
        with contextlib.suppress(OvertakenError):  # another process has moved it on
            await self.apply(request, event)
        return True


async def retry_while_away(work: Callable[[], Awaitable[T]]) -> T:
    """Returns what comes of `work`, which may run twice; tries again while Redis is away.

    Raises:
        StoreAwayError: it stayed away for RECORDING seconds.
    """
    give_up = time.monotonic() + RECORDING
    while True:
        try:
            return await work()
        except StoreAwayError:
            if time.monotonic() > give_up:
                raise
        await asyncio.sleep(_TRY_AGAIN)


def about(request: Request) -> dict[str, str]:
    """Returns the fields that each line of the log about a request has."""
    return {"request": request.id, "video": request.order.video}


def note(before: Request | None, after: Request) -> None:
    """Logs and counts what has changed; `before` is None for a new request."""
    # Before the states are compared: each of several sequences is paid for in the same state.
    used = _used(after) - (_used(before) if before is not None else 0.0)
    if used > 0:
        metrics.CREDITS_USED.inc(used)
    if before is not None and before.state is after.state:
        return
    metrics.REQUESTS.labels(after.state).inc()
    more = _ending(before, after) if after.ended else {}
    who = {"by": after.origin.user, "channel": after.origin.channel}
    log.info("%s", after.state, extra={**about(after), **who, **more})
    _trace(after)


def _trace(request: Request) -> None:
    """Records the spans that no single process sees from end to end."""
    if request.ended_at is None:
        return
    facts: dict[str, tracing.Fact] = {"regen.video": request.order.video}
    if request.state is State.ENDED and request.sent_at is not None:
        tracing.whole("generation", request.id, request.sent_at, request.ended_at, **facts)
    if request.state is State.TOLD:
        facts["regen.outcome"] = request.outcome
        tracing.root(request.id, request.origin.at, time.time(), **facts)


def _ending(before: Request | None, after: Request) -> dict[str, object]:
    facts: dict[str, object] = {"outcome": after.outcome}
    if after.problem is not None:
        facts["problem"] = type(after.problem).__name__
    if after.state is State.ENDED:
        metrics.OUTCOMES.labels(after.outcome).inc()
        facts["credits"] = _used(after)
    elif before is not None and after.ended_at is not None:
        facts["seconds"] = round(after.ended_at - after.origin.at, 1)
    return facts


def _used(request: Request) -> float:
    return sum(each.credits_used or 0.0 for each in request.generations)
