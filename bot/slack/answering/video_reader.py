"""Reads a video from IACrea for somebody, with what we know of it besides."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from bot.cache import Cache
from bot.domain.automatic import AutomaticVideo
from bot.domain.command import MeantVideo
from bot.domain.errors import NoSuchVideo, NotReady
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, Video, VideoId
from bot.iacrea.client import IACrea
from bot.iacrea.either_kind import either_kind
from bot.iacrea.errors import IACreaError
from bot.iacrea.problems import user_error
from bot.store.estimates import Estimates
from bot.store.requests import Requests
from bot.store.sequences import with_names, with_sequences
from bot.store.videos import Videos

LOOK_LIMIT = 5.0
"""Seconds for the GET, since somebody waits for it."""
MOST_REMEMBERED = 16 * 2**20
"""Bytes of sequences that are kept for when IACrea leaves `generatedContent` out."""


class VideoReader:
    """Reads a video from IACrea anew each time. Every method may raise StoreAwayError."""

    def __init__(
        self, iacrea: IACrea, store: Requests, videos: Videos, estimates: Estimates
    ) -> None:
        self._iacrea = iacrea
        self._store = store
        self._videos = videos
        self._estimates = estimates
        self._shown: Cache[VideoId, tuple[Sequence, ...]] = Cache(size_of, most=MOST_REMEMBERED)

    async def which(self, meant: MeantVideo) -> VideoId:
        """Returns the video that is meant: the named one if IACrea knows no such id.

        Raises:
            KeyRefused, NotAccepted, IACreaUnavailable: IACrea does not tell.
        """
        if meant.instead is None:
            return meant.video
        found = await _known(self._asked(self._iacrea.video(meant.video), meant.video))
        return meant.video if found else meant.instead

    async def exists(self, video: VideoId) -> bool:
        """Returns whether IACrea knows a video of that id, of either kind.

        Raises:
            KeyRefused, NotAccepted, IACreaUnavailable: IACrea does not tell.
        """
        return await _known(self._asked(either_kind(self._iacrea, video), video))

    async def at(self, video: VideoId) -> Storyboard:
        """Returns the video's storyboard as it is now, to do something with.

        Raises:
            AutomaticVideo: there is nothing to be done with it but to show it.
            NoSuchVideo, KeyRefused, NotAccepted, IACreaUnavailable: IACrea does not show it.
            NotReady: none of its sequences is known.
        """
        board = await self.of_either_kind(video)
        if board.video.automatic:
            raise AutomaticVideo(video)
        return board

    async def of_either_kind(self, video: VideoId) -> Storyboard:
        """Returns the same to be looked at, of an automatic video too.

        Raises:
            NoSuchVideo, KeyRefused, NotAccepted, IACreaUnavailable: IACrea does not show it.
            NotReady: none of its sequences is known.
        """
        return await self.around(await self.seen(video))

    async def seen(self, video: VideoId) -> Video:
        """Returns what IACrea says of the video now.

        Raises:
            NoSuchVideo, KeyRefused, NotAccepted, IACreaUnavailable: IACrea does not show it.
        """
        seen = await self._asked(either_kind(self._iacrea, video), video)
        await self._estimates.note_left(seen.credits_left)
        return seen

    async def _asked(self, answer: Awaitable[Video], video: VideoId) -> Video:
        try:
            async with asyncio.timeout(LOOK_LIMIT):
                seen = await answer
        except (IACreaError, TimeoutError) as error:
            raise user_error(error, video) from error
        return seen

    async def around(self, seen: Video) -> Storyboard:
        """Returns the storyboard of an answer of IACrea's, with names and estimates.

        Raises:
            NotReady: none of its sequences is known.
        """
        self.note(seen)
        video = await with_sequences(self._store, seen)
        # What Redis recalls has no pictures and effects.
        if not seen.sequences:
            video = self._with_pictures(video)
        if not video.sequences:
            raise NotReady(video=video.id, status=video.status)
        video = await with_names(self._videos, video)
        names = await self._videos.names([video.id])
        return Storyboard(video, names.get(video.id), await self._estimates.current())

    def note(self, seen: Video) -> None:
        """Remembers how its sequences look: while it renders, IACrea may leave them out."""
        if seen.sequences:
            self._shown[seen.id] = seen.sequences

    def _with_pictures(self, video: Video) -> Video:
        """Returns the sequences as they last looked, but without their status of then."""
        shown = {each.id: replace(each, status="") for each in self._shown.get(video.id) or ()}
        recalled = video.sequences or ()
        return replace(video, sequences=tuple(shown.get(each.id, each) for each in recalled))


async def _known(answer: Awaitable[Video]) -> bool:
    try:
        await answer
    except NoSuchVideo:
        return False
    return True


def size_of(sequences: tuple[Sequence, ...]) -> int:
    """Returns the size in bytes, roughly: the texts, and as much again for the objects."""
    texts = sum(
        len(each.id)
        + sum(len(part or "") for part in (each.effect, each.url, each.category, each.text))
        for each in sequences
    )
    return texts + 400 * len(sequences)
