"""Lets Slack's deliveries go first, and tells how long Slack still waits for an answer."""

import asyncio
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from email.utils import parsedate_to_datetime
from typing import Any

QUIET = 0.005
"""Seconds without a delivery after which the next one is not expected at once."""
LONGEST = 0.05
"""Seconds at most for which other work gives way, however much is delivered."""
SLACK_WAITS = 3.0
"""Seconds for an acknowledgement, after which Slack tells its person that it failed. Source:
docs.slack.dev/interactivity/implementing-slash-commands."""

# Goes on while the machine sleeps, which Linux's CLOCK_MONOTONIC does not.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
# Tasks inherit it: a delivery is answered in several of them, Bolt's and our own.
_given_up_at: ContextVar[float] = ContextVar("given_up_at", default=math.inf)


def steady() -> float:
    """Returns seconds by a clock that nobody can set."""
    return time.clock_gettime(_STEADY)


class SlackClock:
    """Learns Slack's time from its answers, as this machine's clock may be wrong."""

    def __init__(self) -> None:
        self._ahead: tuple[float, float] | None = None

    def hear(self, date: str, asked: float) -> None:
        """Learns from the `Date` of an answer to a call that was begun at `asked` (`steady`).

        It has whole seconds, cut off (RFC 9110, 5.6.7), and was written between question and
        answer; so each answer leaves less room for how far Slack's time is ahead of `steady`.
        Where two leave none, one of the clocks was set, and the newer one counts.
        """
        try:
            told = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return
        least, most = told - steady(), told + 1.0 - asked
        if self._ahead is not None:
            nearer = max(least, self._ahead[0]), min(most, self._ahead[1])
            least, most = nearer if nearer[0] <= nearer[1] else (least, most)
        self._ahead = (least, most)

    def now(self) -> float:
        """Returns Slack's Unix time in seconds: this machine's, unless that cannot be right."""
        return time.time() - (self.off() or 0.0)

    def off(self) -> float | None:
        """Returns the seconds by which this machine's clock is surely ahead; None if not known."""
        if self._ahead is None:
            return None
        own = time.time()
        least, most = (steady() + each for each in self._ahead)
        return own - min(max(own, least), most)

    def begun(self, at: float) -> float:
        """Returns by `steady` when it was `at` (Unix seconds) at Slack; never in the future."""
        return steady() - max(0.0, self.now() - at)

    def happened(self, body: Mapping[str, Any]) -> float:
        """Returns by `steady` when an event happened, however often and late it is delivered.

        Slack delivers one again at once, after 1 and 5 minutes, and for hours if delayed events are
        on (docs.slack.dev/apis/events-api). An event without a time counts as new.
        """
        try:
            return self.begun(float(body["event"]["event_ts"]))
        except (KeyError, TypeError, ValueError, OverflowError):
            return steady()


class PendingDeliveries:
    """Counts the deliveries that are not acknowledged yet, so that other work gives way.

    At 200 `/regen`/s, 99 of 100 are acknowledged within 9 ms. Before other work gave way it was 40
    to 60 ms, as the work that they started stood in the way of the next ones.

    Attributes:
        clock: Slack's.
    """

    def __init__(self) -> None:
        self.clock = SlackClock()
        self._waiting = 0
        self._last = 0.0

    @contextmanager
    def acknowledging(self, sent: float = math.inf) -> Iterator[None]:
        """Goes around everything that is done before an acknowledgement.

        Args:
            sent: when Slack sent it by `steady`, or the earliest time at which it may have.
        """
        self._waiting += 1
        outer = _given_up_at.set(sent + SLACK_WAITS)
        try:
            yield
        finally:
            _given_up_at.reset(outer)
            self._waiting -= 1
            self._last = time.monotonic()

    async def give_way(self) -> None:
        """Lets deliveries that have arrived begin, and waits for a moment without any."""
        await asyncio.sleep(0)
        give_up = time.monotonic() + LONGEST
        while self._waiting or time.monotonic() - self._last < QUIET:
            if time.monotonic() > give_up:
                return
            await asyncio.sleep(QUIET)


def slack_waits() -> float:
    """Returns for how many seconds Slack still waits for the answer to this delivery."""
    return _given_up_at.get() - steady()
