"""Who was away from when until when in a run, as the schedule made it."""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.chaos.refusals import Outage, Party

LOADED = 1.0
"""Seconds by which everything may come later on a machine that does many things at once."""
GRACE = {
    # An acknowledgement waits for Redis for one second (contract, «What a user sees», 1), so a
    # request that came while it was away may be refused that much later.
    Party.REDIS: 1.0 + LOADED,
    # One call of Slack's takes 6 s at the most.
    Party.SLACK: 6.0 + LOADED,
    # IACrea is asked four times, for 5 s each, with pauses of 7 s in all between them.
    Party.IACREA: 4 * 5.0 + 7.0 + LOADED,
}
"""Seconds for which a bot may still refuse for the sake of somebody who is back."""
_LOOK_AGAIN = 0.05
_STALLED = 0.3


@dataclass
class _Armed:
    """A fault that waits for the calls that it strikes."""

    of: Party
    since: float
    used_up: Callable[[], bool]


class Outages:
    """Takes down who is away."""

    def __init__(self) -> None:
        self._over: list[Outage] = []
        self._lasting: dict[object, tuple[Party, float]] = {}
        self._armed: list[_Armed] = []

    @contextlib.contextmanager
    def lasting(self, of: Party) -> Iterator[None]:
        """Somebody is away for as long as the block takes."""
        token, since = object(), time.time()
        self._lasting[token] = of, since
        try:
            yield
        finally:
            del self._lasting[token]
            self._end(of, since)

    def armed(self, of: Party, used_up: Callable[[], bool]) -> None:
        """A fault was set that is away as soon as `used_up`."""
        self._armed.append(_Armed(of, time.time(), used_up))

    async def watch(self) -> None:
        """Ends what is used up, for as long as the run takes.

        The simulators and all that lies before them run in this process: where it stands still,
        because the machine does too much, nobody answers.
        """
        while True:
            before = time.time()
            for each in [each for each in self._armed if each.used_up()]:
                self._armed.remove(each)
                self._end(each.of, each.since)
            await asyncio.sleep(_LOOK_AGAIN)
            if time.time() - before > _STALLED:
                for party in Party:
                    self._end(party, before)

    def all(self) -> list[Outage]:
        """Every one so far; what lasts still has no end."""
        open_ones = [*self._lasting.values(), *((each.of, each.since) for each in self._armed)]
        return [*self._over, *(Outage(of, since, math.inf) for of, since in open_ones)]

    def _end(self, of: Party, since: float) -> None:
        self._over.append(Outage(of, since, time.time() + GRACE[of]))
