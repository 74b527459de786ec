"""What can become of a request that waits for a render, or that meets one which does."""

from dataclasses import dataclass

from bot.domain.errors import AlreadyRunning, UserError


@dataclass(unsafe_hash=True)
class WaitedInVain(UserError):
    """It could not be sent in the time for which the bot waits for a render; nothing was spent.

    Attributes:
        minutes: for how long it waited.
    """

    minutes: int


@dataclass(unsafe_hash=True)
class CancelledInLine(UserError):
    """Somebody cancelled it while it waited; `by` is their id."""

    by: str


@dataclass(unsafe_hash=True)
class StartedMeanwhile(UserError):
    """While it waited, somebody had the same sequence regenerated without waiting."""


@dataclass(unsafe_hash=True)
class NoLongerInLine(UserError):
    """There is no waiting to cancel any more: it is on its way to IACrea, or was sent."""


@dataclass(unsafe_hash=True)
class AlreadyInLine(AlreadyRunning):
    """Another request waits for the render, to regenerate that sequence then."""
