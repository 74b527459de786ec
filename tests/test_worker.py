"""What is claimed is worked on once at a time, whatever the clock says."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot import worker as module
from bot.app import stopping
from bot.store.queues import Queue
from bot.store.requests import Requests
from bot.worker import ClaimLimits, Worker


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


async def test_what_is_still_at_work_here_is_not_taken_for_dead_when_the_clock_jumps(
    store: Requests, redis: Redis, prefix: str
) -> None:
    under_way, most, times, enough = 0, 0, 0, asyncio.Event()

    async def work(_: str) -> None:
        nonlocal under_way, most, times
        under_way, times = under_way + 1, times + 1
        most = max(most, under_way)
        await asyncio.sleep(0.1)
        under_way -= 1
        if times >= 3:
            enough.set()

    worker = Worker(ClaimLimits(Queue.STEPS, limit=20, ahead=60.0), work, store)
    running = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(60):
            while not enough.is_set():  # its lease is over at once, as after a jump
                await redis.zadd(f"{prefix}steps", {"r1": 0})
                await asyncio.sleep(0.01)
                store.woken[Queue.STEPS].set()
    finally:
        worker.stop()
        await redis.delete(f"{prefix}steps")
        await running

    assert most == 1


async def cut_off(store: Requests, redis: Redis, prefix: str, last: float) -> bool:
    """Stops while a step is at work that needs so many seconds to end; whether it has ended."""
    began, ended = asyncio.Event(), False

    async def work(_: str) -> None:
        nonlocal ended
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(last)
            ended = True

    worker = Worker(ClaimLimits(Queue.STEPS, limit=20, ahead=60.0), work, store)
    await redis.zadd(f"{prefix}steps", {"r1": 0})
    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(60):
        await began.wait()
        await stopping.finish([worker], {running})
    return ended


async def test_what_a_step_does_last_is_waited_for_when_a_stop_cuts_it_off(
    store: Requests, redis: Redis, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "FINISH", 0.1)

    assert await cut_off(store, redis, prefix, last=0.1)


async def test_a_step_that_does_not_end_holds_up_no_stop(
    store: Requests, redis: Redis, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "FINISH", 0.1)
    monkeypatch.setattr(module, "CUT_OFF", 0.1)

    assert not await cut_off(store, redis, prefix, last=3600.0)
