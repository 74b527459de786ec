"""Moves follows on with what the polls of their videos saw. It sends nothing anywhere."""

import contextlib
import logging
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.domain import following
from bot.domain.follow import Follow, FollowState
from bot.domain.following import Sighting
from bot.domain.progress import Progress, Stage, progress
from bot.domain.request import Request, RequestId
from bot.domain.timing import GRACE, Timing
from bot.domain.video import VideoId
from bot.store.errors import OvertakenError
from bot.store.follows import Follows
from bot.store.overview import Overview
from bot.store.requests import Requests

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds for which a process believes what it knows of what is followed."""
MOST_READ = 200
"""Requests that are looked through for one that may have used credits, the newest ones."""


@dataclass(frozen=True, slots=True)
class FollowStores:
    """What a follower reads and writes."""

    follows: Follows
    requests: Requests
    overview: Overview


class Follower:
    """Decides what each poll makes of the follows that wait on a video, and writes it down."""

    def __init__(
        self,
        stores: FollowStores,
        timeout: float,
        note: Callable[[Follow, Progress], None],
        *,
        on: bool = True,
    ) -> None:
        """Takes its parts.

        Args:
            stores: what it reads and writes.
            timeout: seconds after which a follow ends.
            note: is called with how far a video is.
            on: whether anything is followed at all; otherwise what was before is ended.
        """
        self._stores = stores
        self._timeout = timeout
        self._note = note
        self._on = on
        self._followed: dict[VideoId, frozenset[RequestId]] = {}
        self._served: dict[VideoId, frozenset[RequestId]] = {}
        self._read_at = -math.inf

    async def follows(self, video: VideoId) -> bool:
        """Returns whether anybody follows the video, as far as this process knows."""
        await self._refresh()
        return video in self._followed

    async def joined(self, video: VideoId) -> bool:
        """Returns whether somebody follows the video of whom this process does not know yet."""
        await self._refresh()
        return bool(self._followed.get(video, frozenset()) - self._served.get(video, frozenset()))

    async def seen(
        self, sighting: Sighting, requests: Iterable[Request], before: float | None
    ) -> list[Follow]:
        """Moves on every follow of the video; returns those that go on.

        `requests` waited on the video when the poll began, and `before` is when this process looked
        at it last (Unix s).
        """
        found = await self._stores.follows.of(sighting.video.id)
        going_on = []
        for follow in found:
            seen = await self._in_context(follow, sighting, tuple(requests), before)
            moved = following.seen(self._unless_off(follow), seen, self._timing())
            await self._write(follow, moved)
            if moved.state is FollowState.FOLLOWING:
                self._note(moved, progress(sighting.video))
                going_on.append(moved)
        # Last: if Redis fails above, the next poll still finds somebody who was not served.
        self._served[sighting.video.id] = frozenset(each.id for each in found)
        return going_on

    async def gone(self, video: VideoId) -> None:
        """Counts a 404 for every follow of the video."""
        for follow in await self._stores.follows.of(video):
            await self._write(follow, following.gone(follow, self._timing()))

    async def silent(self, video: VideoId) -> None:
        """Has every card say that IACrea does not answer."""
        for follow in await self._stores.follows.of(video):
            self._note(follow, Progress(Stage.SILENT))

    async def _refresh(self) -> None:
        if time.monotonic() - self._read_at >= EVERY:
            # Before the read, so that of a hundred polls at once only one reads.
            self._read_at = time.monotonic()
            self._followed = await self._stores.follows.by_video()
            self._served = {
                each: known for each, known in self._served.items() if each in self._followed
            }

    def _unless_off(self, follow: Follow) -> Follow:
        return follow if self._on else following.stopped(follow, None, self._timing())

    async def _in_context(
        self, follow: Follow, sighting: Sighting, requests: Sequence[Request], before: float | None
    ) -> Sighting:
        """Returns the sighting with what requests of ours have to do with it."""
        here = frozenset(
            generation.sequence
            for each in requests
            if _told_in(each, follow)
            for generation in each.generations
        )
        # Looked up only where the balance fell, since that reads hundreds of records.
        ours = following.falls(follow, sighting.video) and await self._spent_since(
            max(follow.left_at or 0.0, before or 0.0)
        )
        busy = any(not each.ended for each in requests) or await self._begun(sighting)
        return Sighting(sighting.video, sighting.at, here=here, busy=busy, ours=ours)

    async def _begun(self, sighting: Sighting) -> bool:
        """Returns whether a request on a video that has ended is on its way to IACrea."""
        if not sighting.video.ended:
            return False
        newest = await self._stores.requests.newest(video=sighting.video.id)
        return any(not each.ended for each in newest)

    async def _spent_since(self, at: float) -> bool:
        """Returns whether a request of ours may have used credits since; also where that is late.

        An answer may be stale for as long as `GRACE`.
        """
        under_way = await self._stores.overview.under_way()
        # What was told meanwhile is no longer under way, and may have used them all the same.
        newest = await self._stores.requests.newest(most=MOST_READ)
        return any(
            generation.sent_at is not None and generation.sent_at >= at - GRACE
            for each in (*under_way, *newest)
            if not each.order.watch
            for generation in each.generations
        )

    async def _write(self, follow: Follow, moved: Follow) -> None:
        if moved == follow:
            return
        with contextlib.suppress(OvertakenError):  # the next poll sees the same
            await self._stores.follows.save(moved)
            if moved.end is not None:
                where = {"video": moved.video, "channel": moved.origin.channel}
                facts = {"request": moved.id, **where, "outcome": moved.end}
                log.info("no longer followed", extra=facts)

    def _timing(self) -> Timing:
        return Timing(self._stores.requests.now(), self._timeout)


def _told_in(request: Request, follow: Follow) -> bool:
    there = request.origin.channel == follow.origin.channel
    return there and request.thread == follow.thread and not request.order.watch


def last_look(at: float, began: float, looked: float | None) -> float | None:
    """Returns when a video was looked at before (Unix s), by the clock of a poll that began `at`.

    `began` and `looked` are of the monotonic clock.
    """
    return None if looked is None else at - max(0.0, began - looked)
