"""How soon `/regen` is acknowledged, beside a Bolt app that does nothing but that."""

import asyncio
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.machine import Process
from bench.stage import Stage, stage
from bench.table import Row, compared, part

RATES = (50, 200)
"""Commands a second."""
_GOALS = {0.5: "<= 1.3", 0.99: "<= 1.5"}
_WARM_UP = 20


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
    *,
    rounds: int,
    seconds: float,
    rates: Sequence[int] = RATES,
    of: Chosen = statistics.median,
) -> list[Row]:
    """Each rate, in so many rounds of so many seconds each, in which the two take turns."""
    found = []
    async with stage() as on:
        bot, bare = await on.bot(), await on.bare_bolt()
        try:
            await bare.answers("/readyz")
            typed = 0
            for app in (bot, bare):
                await _type(on, app, _WARM_UP, 20, typed)
                typed += _WARM_UP
            for rate in rates:
                ours, theirs = _Latencies(), _Latencies()
                count = round(rate * seconds)
                for _ in range(rounds):
                    theirs.add(await _type(on, bare, count, rate, typed))
                    ours.add(await _type(on, bot, count, rate, typed))
                    typed += count
                    await _all_told(on, typed)
                found += _compared(rate, ours, theirs, of)
        finally:
            await bare.kill()
    return found


def _compared(rate: int, ours: _Latencies, theirs: _Latencies, of: Chosen) -> list[Row]:
    return [
        compared(
            f"`/regen` acknowledged, {rate}/s, p{share * 100:.0f}",
            [of(ours.of[share])],
            [of(theirs.of[share])],
            unit="ms",
            what="bare Bolt",
            goal=goal,
        )
        for share, goal in _GOALS.items()
    ]


async def _type(on: Stage, app: Process, count: int, rate: int, first: int) -> list[float]:
    people = on.people(app)
    try:
        return await people.type(count, rate=rate, first=first)
    finally:
        people.close()


async def _all_told(on: Stage, typed: int) -> None:
    """So that a round begins with nothing left of the one before."""
    started = typed - _WARM_UP  # those of the bare app's warm-up never were
    await on.until("posts", started)
    await asyncio.sleep(5)
    await on.ask("finish", count=started, within=0)
    await on.until("told", started)
