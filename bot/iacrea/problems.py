"""What an error of IACrea's means to the person who asked."""

from bot.domain.automatic import AutomaticVideo
from bot.domain.errors import (
    IACreaUnavailable,
    KeyRefused,
    NoCredits,
    NoSuchSequence,
    NoSuchVideo,
    NotAccepted,
    UserError,
)
from bot.domain.request import Generation, Order
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


def refusal(refused: errors.RefusedError, order: Order, generation: Generation) -> UserError:
    """Returns what IACrea refused. It knew the video, so a 404 is about a sequence we never saw.

    If we saw the sequence, it does not regenerate what it shows: perhaps an automatic video.
    """
    if not isinstance(refused, errors.NotFoundError):
        return user_error(refused, order.video)
    if generation.position:
        return AutomaticVideo(order.video, shown=True)
    return NoSuchSequence(video=order.video, asked=generation.sequence, positions=0)
