"""A Valkey whose clock is really set, back and forward, while videos are polled."""

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.store.client import connect
from bot.store.embedded import _binary
from bot.store.queues import Queue
from bot.store.requests import Requests
from bot.worker import ClaimLimits, Worker
from tests.clocks import Clock, library

INTERVAL = 0.2
HOUR = 3600
LATE = 1.5
"""Seconds: a worker looks once a second. For how long a busy machine stands still is measured."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="it takes a preloaded library"
)


@pytest.fixture
async def clock(tmp_path: Path) -> Clock:
    """The clock of Valkey."""
    return Clock(tmp_path / "step", await library(tmp_path))


@pytest.fixture
def url(tmp_path: Path, clock: Clock) -> Iterator[str]:
    socket = tmp_path / "valkey.sock"
    server = subprocess.Popen(  # noqa: S603
        [_binary(), "--port", "0", "--unixsocket", socket, "--save", "", "--dir", tmp_path],
        env=clock.environ,
        stdout=subprocess.DEVNULL,
    )
    while not socket.exists():
        time.sleep(0.02)
    yield f"unix://{socket}"
    server.kill()
    server.wait()


async def test_videos_are_polled_on_whichever_way_the_clock_is_set(url: str, clock: Clock) -> None:
    polls: list[float] = []
    ticks: list[float] = []

    async def poll(_: str) -> None:
        polls.append(time.monotonic())

    async def tick() -> None:
        while True:
            ticks.append(time.monotonic())
            await asyncio.sleep(0.05)

    async with connect(url) as redis:
        store = Requests(redis, prefix="x:", poll_interval=INTERVAL)
        await redis.zadd("x:polls", {"video": (await redis.time())[0]})
        worker = Worker(ClaimLimits(Queue.POLLS, limit=10, ahead=INTERVAL), poll, store)
        running, ticking = asyncio.create_task(worker.run()), asyncio.create_task(tick())
        for ahead in (0, -5, -HOUR, 24 * HOUR, 0):
            clock.step(ahead - clock.seconds)
            await asyncio.sleep(2 * LATE)
            assert (await redis.time())[0] - time.time() == pytest.approx(ahead, abs=2)
        worker.stop()
        ticking.cancel()
        await running

    assert longest(polls) < LATE + longest(ticks)


def longest(times: list[float]) -> float:
    """Seconds between two of them at most."""
    return max(later - earlier for earlier, later in pairwise(times))
