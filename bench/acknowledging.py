"""How soon `/regen` is acknowledged, beside a Bolt app that does nothing but that."""

import asyncio
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.capacity import Capacity, Load
from bench.machine import Process
from bench.table import Row, compared, part
from bench.testbed import Testbed, testbed

SHARES = (0.8, 3.0)
"""Of the commands that a bot can start: what it keeps up with, and a burst."""
MOST_WAITING = 600
"""Requests that a burst leaves to be started; beyond 1,000 the bot refuses more."""
_GOALS = {0.5: "<= 1.3", 0.99: "<= 1.5"}
_WARM_UP = 20
LEAST = 30
"""Commands in a round, however slow the machine is: the median of fewer is chance."""


@dataclass(slots=True)
class _Latencies:
    """Milliseconds of each round, by the share of commands that took less."""

    of: dict[float, list[float]] = field(default_factory=lambda: {share: [] for share in _GOALS})

    def add(self, seconds: list[float]) -> None:
        for share, rounds in self.of.items():
            rounds.append(part(seconds, share) * 1000)


Chosen = Callable[[Sequence[float]], float]
"""What is taken of the rounds: their median, or the best of them."""


async def rows(
    capacity: Capacity,
    *,
    rounds: int,
    seconds: float,
    shares: Sequence[float] = SHARES,
    chosen: Chosen = statistics.median,
) -> list[Row]:
    """Each share, in so many rounds of so many seconds each, in which the two take turns."""
    found = []
    async with testbed() as bed:
        bot, bare = await bed.bot(), await bed.bare_bolt()
        try:
            await bare.answers("/readyz")
            typed = 0
            for app in (bot, bare):
                await _type(bed, app, _WARM_UP, capacity.commands(0.3).amount, typed)
                typed += _WARM_UP
            for share in shares:
                ours, theirs = _Latencies(), _Latencies()
                load, count = capacity.commands(share), _commands(capacity, share, seconds)
                for _ in range(rounds):
                    theirs.add(await _type(bed, bare, count, load.amount, typed))
                    ours.add(await _type(bed, bot, count, load.amount, typed))
                    typed += count
                    await _all_told(bed, typed)
                found += _compared(load, ours, theirs, chosen)
        finally:
            await bare.kill()
    return found


def _commands(capacity: Capacity, share: float, seconds: float) -> int:
    count = max(LEAST, round(capacity.commands(share).amount * seconds))
    left = count * (1 - 1 / share)
    return count if left <= MOST_WAITING else round(count * MOST_WAITING / left)


def _compared(load: Load, ours: _Latencies, theirs: _Latencies, chosen: Chosen) -> list[Row]:
    return [
        compared(
            f"`/regen` acknowledged, p{share * 100:.0f}",
            [chosen(ours.of[share])],
            [chosen(theirs.of[share])],
            load=load.words,
            shown="{:,.1f} ms",
            what="bare Bolt",
            goal=goal,
        )
        for share, goal in _GOALS.items()
    ]


async def _type(bed: Testbed, app: Process, count: int, rate: float, first: int) -> list[float]:
    people = bed.people(app)
    try:
        return await people.type(count, rate=rate, first=first)
    finally:
        people.close()


async def _all_told(bed: Testbed, typed: int) -> None:
    """So that a round begins with nothing left of the one before."""
    started = typed - _WARM_UP  # those of the bare app's warm-up never were
    await bed.until("posts", started)
    await asyncio.sleep(5)
    await bed.ask("finish", count=started, within=0)
    await bed.until("told", started)
