"""Claims what is due in Redis, in a loop, and works on a bounded number at once."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot import metrics
from bot.deliveries import PendingDeliveries
from bot.store.errors import StoreAwayError, UnreadableRecordError
from bot.store.queues import Queue
from bot.store.requests import Requests

log = logging.getLogger(__name__)

TICK = 0.02
"""Seconds between two claims at least, so that one claim takes several at once."""
REST = 1.0
"""Seconds between two claims at most, and so until we notice what another replica made due."""
CUT_OFF = 1.0
"""Seconds that steps which are cut off get to end, or to begin what they do last."""
OUTAGE_PAUSE = 1.0
"""Seconds between two tries while Redis is away."""


@dataclass(frozen=True, slots=True)
class ClaimLimits:
    """Says what a worker claims, and how much.

    Attributes:
        queue: the queue it works on.
        limit: how much it works on at once.
        ahead: seconds for which nobody else is given what it claimed.
    """

    queue: Queue
    limit: int
    ahead: float


class Worker:
    """Works on what is due, a limited number at once, until it is stopped.

    What it claimed and did not finish is due again by itself, so that a crash loses nothing.
    """

    def __init__(
        self,
        claims: ClaimLimits,
        work: Callable[[str], Awaitable[None]],
        store: Requests,
        deliveries: PendingDeliveries | None = None,
    ) -> None:
        """Takes its parts.

        Args:
            claims: what it claims, and how much.
            work: is called with the id of each request or video that is due.
            store: claims it.
            deliveries: Slack's, which go first; None for work that people wait for as well.
        """
        self._queue = claims.queue
        self._work = work
        self._store = store
        self._limit = claims.limit
        self._ahead = claims.ahead
        self._deliveries = deliveries
        self._busy: set[asyncio.Task[None]] = set()
        self._last: dict[str, asyncio.Task[None]] = {}
        # A worker that was full and slept a whole tick left 40 of its 100 places empty.
        self._enough = max(1, claims.limit // 8)
        self._room = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Runs until `stop`, and then until what it had claimed is done."""
        try:
            while not self._stopping.is_set():
                rest = await self._round()
                if rest > 0:
                    await self._pause(rest)
                else:
                    await self._until_some_finish()
            if self._busy:
                await asyncio.wait(self._busy)
        finally:
            # Some are left only where the stop does not wait any longer; they are due again.
            for task in self._busy:
                task.cancel()
            # As one is cut off it may begin to take back what it wrote, which the stop waits for.
            if self._busy:
                await asyncio.wait(self._busy, timeout=CUT_OFF)

    def stop(self) -> None:
        """Claims nothing more."""
        self._stopping.set()
        # Otherwise it would rest for its second first.
        self._store.woken[self._queue].set()

    async def _round(self) -> float:
        """Claims and starts what is due; returns the seconds to rest, 0 while more is due."""
        most = self._free
        try:
            claim = await self._store.claim(self._queue, most, ahead=self._ahead)
        except StoreAwayError as error:
            self._store.replicas.outage.begins(error)
            return OUTAGE_PAUSE
        except Exception:  # a bug of ours, for which what is due is not given up
            log.exception("what is due could not be claimed")
            return OUTAGE_PAUSE
        if claim.late is not None:
            metrics.DUE_DELAY.labels(self._queue).observe(claim.late)
        for due_id in claim.ids:
            if self._deliveries is not None:
                # Before each, since one claim may bring twenty, and deliveries come in between.
                await self._deliveries.give_way()
            self._begin(due_id)
        # It got all it asked for, and something else is due already: there is more.
        if claim.wait == 0 and len(claim.ids) == most:
            return 0.0
        return REST if claim.wait is None else min(max(claim.wait, TICK), REST)

    def _begin(self, due_id: str) -> None:
        task = asyncio.create_task(self._guarded(due_id, self._last.get(due_id)))
        self._busy.add(task)
        self._last[due_id] = task
        task.add_done_callback(lambda done: self._finished(due_id, done))

    async def _pause(self, seconds: float) -> None:
        woken = self._store.woken[self._queue]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                # If it was set since the claim, this pause ends at once: nothing is missed.
                await woken.wait()
                woken.clear()

    async def _until_some_finish(self) -> None:
        """Waits until some finish: an eighth of the limit, or those of a tick, but at least one."""
        self._room.clear()
        while self._free < self._enough:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK):
                    await self._room.wait()
            if self._free:
                return

    @property
    def _free(self) -> int:
        return self._limit - len(self._busy)

    def _finished(self, due_id: str, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        # Unless it was claimed again meanwhile: then the next one waits for this one.
        if self._last.get(due_id) is task:
            del self._last[due_id]
        if self._free >= self._enough:
            self._room.set()

    async def _guarded(self, due_id: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            # What is still at work here has not died, although a clock that was put forward, or a
            # machine that slept, has ended its time.
            await asyncio.wait([before])
        try:
            await self._work(due_id)
        except (StoreAwayError, UnreadableRecordError) as error:
            # Its due time lies ahead already, so it comes back by itself.
            log.warning("%s of %s: %s; it is tried again", self._queue, due_id, error)
        except Exception:
            log.exception("%s of %s failed; it is tried again", self._queue, due_id)
