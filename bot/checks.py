"""Looks at what is asked for, at IACrea and in Redis, before anything is announced or spent."""

import asyncio
import contextlib
import logging
from dataclasses import replace

from bot.domain import events
from bot.domain.request import Request, Wish
from bot.domain.video import Video
from bot.iacrea import errors as iacrea_errors
from bot.iacrea.client import IACrea
from bot.iacrea.problems import problem
from bot.store.door import StoreAwayError
from bot.store.generations import Generations
from bot.store.learned import Learned
from bot.store.repetition import started_since
from bot.store.sequences import with_sequences
from bot.store.videos import Videos
from bot.transitions import about

log = logging.getLogger(__name__)

LIMIT = 5.0
"""Seconds for the GETs."""
TRIES = 4
"""Of a step that fails before anything is spent; with the pauses between, about 7 seconds."""


class Checks:
    """What is to be known of a video and of its person. Each may raise StoreAwayError."""

    def __init__(
        self, store: Generations, videos: Videos, learned: Learned, iacrea: IACrea
    ) -> None:
        self._store = store
        self._videos = videos
        self._learned = learned
        self._iacrea = iacrea

    async def look(self, request: Request) -> events.Event:
        """Returns that the video was seen, that it cannot be, or that it is to be tried again."""
        asked_about = request.wish.instead or request.wish.video
        try:
            async with asyncio.timeout(LIMIT):
                video = await self._video(request.wish)
            return await self._checked(request, await with_sequences(self._store, video))
        except iacrea_errors.RateLimited:
            return events.Retrying()
        except iacrea_errors.Refused as refused:
            return events.Rejected(problem(refused, asked_about))
        except (iacrea_errors.IACreaError, TimeoutError) as error:
            log.warning("IACrea does not show the video (%s)", error, extra=about(request))
            if request.tries + 1 < TRIES:
                return events.Retrying()
            return events.Rejected(problem(error, asked_about))

    async def _video(self, wish: Wish) -> Video:
        """The video that is meant. An id that exists wins over a name that looks like one."""
        if wish.instead is not None:
            with contextlib.suppress(iacrea_errors.NotFound):
                return await self._iacrea.video(wish.video)
        return await self._iacrea.video(wish.instead or wish.video)

    async def _checked(self, request: Request, video: Video) -> events.Checked:
        wish, asked = request.wish, request.asked
        with contextlib.suppress(StoreAwayError):
            await self._learned.spent(None, video.credits_left)
        names = await self._videos.names([video.id])
        meant = None if wish.called is None else await self._videos.meant(asked.by, wish.called)
        since = await started_since(self._store, replace(wish, video=video.id))
        return events.Checked(video, names.get(video.id), meant, since)
