"""What an error of IACrea's means to the person who asked."""

from bot.domain.errors import (
    IACreaUnavailable,
    KeyRefused,
    NoCredits,
    NoSuchVideo,
    NotAccepted,
    UserError,
)
from bot.domain.video import VideoId
from bot.iacrea import errors


def user_error(error: errors.IACreaError | TimeoutError, video: VideoId) -> UserError:
    """Turns an error of a call about that video into one that a person can be told."""
    match error:
        case errors.NotFoundError():
            return NoSuchVideo(video=video)
        case errors.UnauthorisedError():
            return KeyRefused()
        case errors.NoCreditsError():
            return NoCredits(detail=error.detail)
        case errors.RateLimitedError():
            return IACreaUnavailable(error.status)
        case errors.RefusedError():
            return NotAccepted(status=error.status, detail=error.detail)
        case _:
            return IACreaUnavailable(getattr(error, "status", None), getattr(error, "cause", None))
