"""Decides when to try the next connection to Slack, and how many a replica asks for."""

import logging
import random
import time
from collections.abc import Callable

from bot.domain.backoff import backoff

log = logging.getLogger(__name__)

CONNECTIONS = 2
"""Two, so that a delivery finds one open while the other is replaced."""
MOST_OF_APP = 10
"""Connections that Slack allows an app in all its replicas together."""
LIVED = 10.0
"""Seconds after which a connection counts as one that works."""
FIRST, MOST = 1.0, 30.0
"""Seconds before the second try, and at most before any later one. The longest is also how much
later than Slack the bot may be back."""
ROOM = 60.0
"""Seconds, about, until a second connection is tried again after there was no room for it. By then
the replicas of the old release have left, and a call a minute is far from Slack's limit."""

Clock = Callable[[], float]
Chance = Callable[[], float]
"""Returns a number from 0 to 1. It shortens waits by up to half, so that replicas spread out."""


class Pauses:
    """Makes the waits between tries longer each time a connection did not live."""

    def __init__(self, clock: Clock = time.monotonic, chance: Chance = random.random) -> None:
        """Takes a clock in seconds; the first try need not wait."""
        self._clock = clock
        self._chance = chance
        self._failures = 0
        self._last_failure = -float("inf")
        self._not_before = -float("inf")

    def seconds(self) -> float:
        """Returns how long to wait before the next try."""
        growing = backoff(self._failures - 1, first=FIRST, most=MOST) if self._failures else 0.0
        return max(growing * (1 - self._chance() / 2), self._not_before - self._clock())

    def failed(self, begun: float) -> None:
        """Notes that a try that began at that time has failed, or its connection did not live.

        Connections that are lost together count once: both were begun before the first was lost.
        """
        if begun > self._last_failure:
            self._failures += 1
            self._last_failure = self._clock()

    def lived(self) -> None:
        """Notes that a connection works."""
        self._failures = 0

    def told_to_wait(self, seconds: float) -> None:
        """Notes Slack's `Retry-After`."""
        self._not_before = self._clock() + seconds


class ConnectionAllowance:
    """Decides how many connections this replica asks for: one if the app has used up its ten."""

    def __init__(self, clock: Clock = time.monotonic, chance: Chance = random.random) -> None:
        """Takes a clock in seconds; at first there is room."""
        self._clock = clock
        self._chance = chance
        self._alone_until = -float("inf")
        self._told = False

    @property
    def wanted(self) -> int:
        """Returns how many connections to have."""
        return 1 if self.seconds() > 0 else CONNECTIONS

    def seconds(self) -> float:
        """Returns for how many seconds to make do with one."""
        return max(0.0, self._alone_until - self._clock())

    def is_full(self) -> None:
        """Notes that Slack allows no more; the log says once what to do."""
        self._alone_until = self._clock() + ROOM * (1 - self._chance() / 2)
        if not self._told:
            log.warning(
                "Slack allows an app %d WebSockets, and all are in use: this replica makes do with "
                "one, and tries for its second every minute. Run at most four replicas in Socket "
                "Mode, or use HTTP mode (docs/install.md, HTTP mode)",
                MOST_OF_APP,
            )
        self._told = True

    def has(self, count: int) -> None:
        """Notes how many connections this replica has, while there is room."""
        if self._told and count >= CONNECTIONS:
            log.info("there is room for both WebSockets of this replica again")
            self._told = False
