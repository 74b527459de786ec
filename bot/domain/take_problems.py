"""What can be wrong with asking for takes; see `errors`."""

from dataclasses import dataclass

from bot.domain.errors import UserError


@dataclass(unsafe_hash=True)
class OneSequence(UserError):
    """Takes are those of one sequence, and it is not clear of which.

    Attributes:
        positions: how many sequences the video has; 0 if nobody looked.
    """

    positions: int = 0


@dataclass(unsafe_hash=True)
class NoSuchTake(UserError):
    """The take is not kept any more, or is not for that person to see."""
