"""Finds the videos that somebody may have meant, of those used lately where they are."""

import logging

from bot.domain.closeness import videos_alike
from bot.domain.errors import NoSuchRequest, NoSuchVideo, NotAVideo, UserError
from bot.domain.request import ChannelId, Origin
from bot.domain.video import VideoId
from bot.fair_timeout import FairTimeout
from bot.slack.answering.access import Access
from bot.store.errors import StoreAwayError
from bot.store.videos import Videos

log = logging.getLogger(__name__)

WITHIN = 1.0
"""Seconds within which Redis has to tell them."""
NOT_FOUND = (NotAVideo, NoSuchVideo, NoSuchRequest)
"""Errors about a video that does not exist, or not by that name."""


class NearbyVideos:
    """Finds videos that somebody may have meant. Nobody is offered what they may not see."""

    def __init__(self, videos: Videos, access: Access) -> None:
        self._videos = videos
        self._access = access

    async def to(self, error: UserError, origin: Origin) -> dict[VideoId, str | None]:
        """Returns those close to what was typed, with their names; none if nobody knows.

        Outsiders and guests are offered none. Somebody who may not spend is offered only what they
        used themselves.
        """
        typed = _typed(error)
        if typed is None or not await self._access.sees_credits(origin.user, origin.teams):
            return {}
        spends = await self._access.may_spend(origin)
        try:
            async with FairTimeout(WITHIN):
                names = await self._named(origin, origin.channel if spends else None)
        except (StoreAwayError, TimeoutError) as trouble:
            log.info("no videos to offer: %r", trouble)
            return {}
        return videos_alike(typed, names)

    async def _named(self, origin: Origin, channel: ChannelId | None) -> dict[VideoId, str | None]:
        recent = await self._videos.recent(channel, origin.user)
        # A name is for the whole workspace; an id of another channel would tell of what is private.
        others = await self._videos.recent_anywhere() if channel is not None else []
        names = await self._videos.names({*recent, *others})
        return {each: names.get(each) for each in recent} | {
            each: names[each] for each in others if each in names
        }


def _typed(error: UserError) -> str | None:
    match error:
        case NotAVideo(typed=typed) | NoSuchVideo(video=typed) | NoSuchRequest(asked=typed):
            return typed
        case _:
            return None
