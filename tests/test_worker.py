"""What is claimed is worked on once at a time, whatever the clock says."""

import asyncio

import pytest
from redis.asyncio import Redis

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
