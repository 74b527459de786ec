"""The same job on job libraries, as self-rescheduling jobs: what somebody would write instead.

The libraries want a redis-py of their own, so they live in an environment of their own.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench import machine
from bench.polling import TOO_MANY, bots
from bench.stage import INTERVAL, Stage, stage
from bench.table import Row
from bench.watching import Window, watch

PYTHON = os.environ.get("BENCH_LIBRARIES")
"""The Python of the environment in which they are."""
NAMES = ("saq", "arq", "docket")
SECONDS = 8.0
MANY = 2000
"""Videos whose polls are always due."""
FEW = 1000
"""Videos that are polled every `INTERVAL` seconds when the worker is killed."""
PATIENCE = 60.0
"""Seconds after a kill within which a video is polled again, or counts as forgotten."""
_SETTLE = 8.0


@dataclass(frozen=True, slots=True)
class _Library:
    name: str
    window: Window
    again: float
    never: int

    @property
    def row(self) -> Row:
        recovery = f"kill -9: all polled again after {self.again:.1f} s"
        if self.never:
            recovery = f"kill -9: {self.never:,} of {FEW:,} not polled again in {PATIENCE:.0f} s"
        return Row(f"the same job on {self.name}", _of(self.window), recovery, self.window.rate)


async def rows(on: Stage) -> list[Row]:
    """Each of them, and the best of them beside a bot on a stage of `MANY` pending videos."""
    if PYTHON is None:
        sys.stderr.write("BENCH_LIBRARIES is not set: no job library is measured.\n")
        return []
    ours = await bots(on, MANY)
    measured = [await _measure(name) for name in NAMES]
    best = max(measured, key=lambda each: each.window.rate)
    beside = f"the best of them, {best.name}: {best.window.rate:,.0f}/s"
    ratio = ours.rate / best.window.rate
    found = [each.row for each in measured]
    return [*found, Row("polls/s, always due", _of(ours), beside, ratio, ">= 1.6")]


async def _measure(name: str) -> _Library:
    async with stage() as on, _working(on, name, MANY, MANY / TOO_MANY) as worker:
        window = await watch(on, SECONDS, [worker])
    async with stage() as on:
        async with _working(on, name, FEW, INTERVAL):
            pass
        restarted = time.time()
        await on.ask("forget_polls")
        async with machine.running(
            "-m", _module(name), environ=_environ(on, INTERVAL), python=PYTHON
        ):
            again, never = await _recovered(on, restarted)
    return _Library(name, window, again, never)


@asynccontextmanager
async def _working(
    on: Stage, name: str, videos: int, interval: float
) -> AsyncIterator[machine.Process]:
    """A worker that polls so many videos; it is killed when the block ends."""
    await on.ask("working", count=videos)
    command, environ = ("-m", _module(name)), _environ(on, interval)
    seeding = await machine.start(*command, "seed", str(videos), environ=environ, python=PYTHON)
    if await seeding.process.wait():
        raise RuntimeError(f"{name} could not be seeded; see {machine.LOG}")
    async with machine.running(*command, environ=environ, python=PYTHON) as worker:
        await asyncio.sleep(_SETTLE)
        yield worker


def _module(name: str) -> str:
    return f"bench.engines.{name}_worker"


def _environ(on: Stage, interval: float) -> dict[str, str]:
    return {
        "IACREA_BASE_URL": on.base_url,
        "REDIS_URL": on.redis_url,
        "POLL_INTERVAL": str(interval),
    }


async def _recovered(on: Stage, restarted: float) -> tuple[float, int]:
    """Seconds until the last video was polled again, and how many never were."""
    give_up = restarted + PATIENCE
    while True:
        await asyncio.sleep(1)
        videos = (await on.videos()).values()
        first = [min(each["polls"], default=None) for each in videos]
        again = [each - restarted for each in first if each is not None]
        never = len(first) - len(again)
        if not never or time.time() > give_up:
            return max(again, default=0.0), never


def _of(window: Window) -> str:
    commands, cpu = window.executed / window.count, window.cpu_per_1000
    return (
        f"{window.rate:,.0f} polls/s; per poll {commands:.2g} Redis commands, {cpu:.2f} ms of CPU"
    )
