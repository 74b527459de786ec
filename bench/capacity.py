"""What this machine can do, measured first: every load is a share of that."""

import os
from dataclasses import dataclass

from bench.table import Row
from bench.testbed import INTERVAL, Testbed, testbed
from bench.watching import Window, watch

VIDEOS = 1000
"""What the bare loop asks for while it is measured."""
_SECONDS = 6.0
_WARM_UP = 20
_ALWAYS_DUE = 1.6
"""So many times the polls that a process can make are due, where some always are."""
NO_LOAD = "none"
FULL_LOAD = "100 %"


@dataclass(frozen=True, slots=True)
class Load:
    """A share of what the machine can do.

    Attributes:
        amount: commands a second, or pending videos.
        words: the share, and what it comes to.
    """

    amount: float
    words: str

    @property
    def count(self) -> int:
        """Returns the amount as a whole number, 1 at least."""
        return max(1, round(self.amount))


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one process does at most, with all that is measured beside it on the same cores.

    Attributes:
        starts: requests a second that a bot takes from the command to the POST.
        polls: GETs a second that a bare loop makes.
    """

    starts: float
    polls: float

    def commands(self, share: float) -> Load:
        """Returns so many commands a second."""
        rate = share * self.starts
        return Load(rate, f"{share * 100:.0f} % of starts: {rate:.3g}/s")

    def pending(self, share: float) -> Load:
        """Returns so many videos, each of which is polled every `INTERVAL`."""
        videos = max(10, round(share * self.polls * INTERVAL, -1))
        return Load(videos, f"{share * 100:.0f} % of polls: {videos:,.0f} pending")

    def always_due(self, videos: int, bots: int) -> float:
        """Returns the POLL_INTERVAL (s) with which so many bots never have nothing to poll."""
        return videos / (_ALWAYS_DUE * self.polls * bots)

    @property
    def rows(self) -> list[Row]:
        """Returns what every other row is a share of."""
        cores = len(os.sched_getaffinity(0))
        figures = (("requests started", self.starts), ("polls of a bare loop", self.polls))
        return [
            Row(f"this machine at most: {what}", FULL_LOAD, f"{rate:,.0f}/s", _on(cores), rate)
            for what, rate in figures
        ]


async def measure(requests: int) -> Capacity:
    """Measures both on testbeds of their own; so many requests are started for it."""
    async with testbed() as bed:
        await bed.ask("working", count=VIDEOS)
        polls = (await bare_loop(bed, VIDEOS)).rate
    async with testbed() as bed:
        bot = await bed.bot()
        await bed.fill(bot, _WARM_UP)
        starts = await bed.fill(bot, requests, first=_WARM_UP)
    return Capacity(starts, polls)


async def bare_loop(
    bed: Testbed, videos: int, *, clients: str = "many", rate: float = 0.0
) -> Window:
    """Returns what a bare loop did in some seconds; see `bench/bare_loop.py`."""
    async with bed.bare_loop(clients, videos, rate) as loop:
        return await watch(bed, _SECONDS, [loop])


def _on(cores: int) -> str:
    return f"on {cores} core{'s' if cores > 1 else ''}"
