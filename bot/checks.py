"""Checks a request at IACrea and in Redis before anything is announced or spent."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from dataclasses import replace

from bot.domain import events
from bot.domain.automatic import AutomaticVideo
from bot.domain.looking import Look
from bot.domain.request import Order, Request
from bot.domain.video import Video
from bot.iacrea import errors as iacrea_errors
from bot.iacrea.client import IACrea
from bot.iacrea.either_kind import either_kind
from bot.iacrea.pictures import Pictures
from bot.iacrea.problems import user_error
from bot.store.errors import StoreAwayError
from bot.store.repetition import started_since
from bot.store.sequences import with_names, with_sequences
from bot.store.stores import Stores
from bot.transitions import about

log = logging.getLogger(__name__)

LIMIT = 5.0
"""Seconds for the GETs."""
TRIES = 4
"""Tries of a step that fails before anything is spent. With their pauses they take about 7 s."""


class Checks:
    """Finds out what a check needs to know. Every method may raise StoreAwayError."""

    def __init__(self, stores: Stores, iacrea: IACrea, pictures: Pictures) -> None:
        self._store = stores.requests
        self._videos = stores.videos
        self._estimates = stores.estimates
        self._iacrea = iacrea
        self._pictures = pictures

    async def look(self, request: Request) -> events.Event:
        """Looks at the video and, at the same time, at the picture that is to go into it.

        Returns that they were seen, that the video cannot be had, or that we have to try again.

        Raises:
            LooksBusyError: so many pictures are looked at that this one has to wait.
        """
        looking = asyncio.create_task(self._picture(request.order))
        try:
            return await self._look(request, looking)
        finally:
            # Where the video is refused, nobody waits for the picture any more.
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def _picture(self, order: Order) -> Look | None:
        return await self._pictures.look(order.image) if order.image and not order.watch else None

    async def _look(self, request: Request, looking: Awaitable[Look | None]) -> events.Event:
        asked_about = request.order.instead or request.order.video
        try:
            async with asyncio.timeout(LIMIT):
                video = await self._video(request.order)
            if video.automatic:
                return events.Rejected(AutomaticVideo(video.id))
            video = await with_sequences(self._store, video)
            video = await with_names(self._videos, video)
            return replace(await self._checked(request, video), picture=await looking)
        except iacrea_errors.RateLimitedError:
            # However often: to be asked to wait is no failure, and its age ends it at last.
            return events.Retrying(throttled=True)
        except iacrea_errors.RefusedError as refused:
            return events.Rejected(user_error(refused, asked_about))
        except (iacrea_errors.IACreaError, TimeoutError) as error:
            log.warning("IACrea does not show the video (%s)", error, extra=about(request))
            if request.tries + 1 < TRIES:
                return events.Retrying()
            return events.Rejected(user_error(error, asked_about))

    async def _video(self, order: Order) -> Video:
        """Returns the video that is meant; an existing id wins over a name that looks like one."""
        if order.instead is not None:
            with contextlib.suppress(iacrea_errors.NotFoundError):
                return await self._iacrea.video(order.video)
        return await either_kind(self._iacrea, order.instead or order.video)

    async def _checked(self, request: Request, video: Video) -> events.Checked:
        order, origin = request.order, request.origin
        # Without it the price of the next POST is less exact, for which nobody is refused.
        with contextlib.suppress(StoreAwayError):
            await self._estimates.note_cost(None, video.credits_left)
        names = await self._videos.names([video.id])
        meant = (
            None if order.called is None else await self._videos.meaning(origin.user, order.called)
        )
        since = await started_since(self._store, replace(order, video=video.id))
        return events.Checked(video, names.get(video.id), meant, since)
