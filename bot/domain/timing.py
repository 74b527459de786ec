"""When something happened, and how patient the bot is."""

from dataclasses import dataclass

GRACE = 20.0
"""Seconds within which a regeneration must show on the video, when its answer was lost, and
within which an unchanged answer may be stale. Source: contract, «What a user sees», 8."""

_CLOCKS_APART = 1.0
"""Seconds by which two replicas may differ about what time it is at Redis."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When something happened, and how patient this bot is.

    Attributes:
        now: Unix time in seconds.
        timeout: seconds after which the bot stops watching a generation.
    """

    now: float
    timeout: float

    def lies_ahead(self, at: float) -> bool:
        """Whether `at`, noted earlier, is yet to come: then the clock was put back since."""
        return at - self.now > _CLOCKS_APART

    @property
    def grace(self) -> float:
        """Seconds for which an unchanged video is given the benefit of the doubt."""
        return min(GRACE, self.timeout)
