"""Asks for a video of either kind, where that is not known yet; a kind has a GET of its own."""

from bot.domain.video import Video, VideoId
from bot.iacrea.client import IACrea
from bot.iacrea.errors import NotFoundError, RateLimitedError, RefusedError


async def either_kind(iacrea: IACrea, video: VideoId) -> Video:
    """Returns the video, asking for an automatic one where IACrea knows no ordinary one.

    Raises:
        NotFoundError: it knows neither, or does not let us ask for the other kind.
        IACreaError: as of `IACrea.video`.
    """
    try:
        return await iacrea.video(video)
    except NotFoundError as unknown:
        try:
            return await iacrea.automatic_video(video)
        # A refusal by its class, which says nothing of the video.
        except RateLimitedError:
            raise
        except RefusedError:
            raise unknown from None
