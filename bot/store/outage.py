"""Logs why Redis cannot be used: once for each reason, and once that it is over."""

import logging

from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)


class Outage:
    """Remembers for all loops of this process whether Redis can be used."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    @property
    def lasts(self) -> bool:
        """Returns whether Redis could not be used, and has taken no write since."""
        return bool(self._told)

    def begins(self, error: StoreAwayError) -> None:
        """Logs why Redis cannot be used, unless it was logged already."""
        if error.reason not in self._told:
            self._told.add(error.reason)
            log.warning("%s; tried again until it takes writes", error)

    def ends(self) -> None:
        """Logs that Redis takes writes again, if it did not before."""
        if self._told:
            self._told.clear()
            log.info("Redis is back: it takes writes")
