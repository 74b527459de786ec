"""Why Redis cannot be used, in the log: once for each reason, and once that it is over."""

import logging

from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)


class Outage:
    """That Redis cannot be used, as all loops of this process see it."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    @property
    def lasts(self) -> bool:
        """Whether Redis could not be used and has taken no write since."""
        return bool(self._told)

    def begins(self, error: StoreAwayError) -> None:
        """Logs why Redis cannot be used, unless that is known already."""
        if error.reason not in self._told:
            self._told.add(error.reason)
            log.warning("%s; tried again until it takes writes", error)

    def ends(self) -> None:
        """Logs that Redis takes writes again, where it did not."""
        if self._told:
            self._told.clear()
            log.info("Redis is back: it takes writes")
