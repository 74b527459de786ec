"""The error about a video that IACrea built by itself, which it does not regenerate."""

from dataclasses import dataclass

from bot.domain.errors import UserError


@dataclass(unsafe_hash=True)
class AutomaticVideo(UserError):
    """IACrea documents regenerating for ids of `POST …/generate/video` alone.

    Attributes:
        shown: whether the ordinary GET shows the video, so that only the 404 to a POST speaks for
            an automatic one; else its own GET does, and it surely is one.
    """

    video: str
    shown: bool = False
