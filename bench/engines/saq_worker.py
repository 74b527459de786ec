"""saq: `python -m bench.engines.saq_worker [seed <count>]`."""

import asyncio
import sys
import time
from typing import Any

from saq import Queue, Worker

from bench.engines.job import AT_ONCE, INTERVAL, REDIS_URL, Lanes, next_due

QUEUE = Queue.from_url(REDIS_URL, max_concurrent_ops=AT_ONCE)


async def poll(context: dict[str, Any], *, video: str, due: float) -> None:
    """Looks, and asks for the next look."""
    if not await context["lanes"].look(video):
        await _later(video, next_due(due))


async def _later(video: str, due: float) -> None:
    await QUEUE.enqueue("poll", video=video, due=due, scheduled=due, ttl=-1, retries=1000)


async def _start(context: dict[str, Any]) -> None:
    context["lanes"] = Lanes()


async def _seed(count: int) -> None:
    await QUEUE.connect()
    for number in range(count):
        video = f"00000000-0000-4000-8000-{number:012d}"
        await _later(video, time.time() + INTERVAL * number / count)


async def _work() -> None:
    worker: Any = Worker(
        QUEUE, functions=[poll], startup=_start, concurrency=AT_ONCE, timers={"schedule": 1}
    )
    await worker.start()


if __name__ == "__main__":
    asyncio.run(_seed(int(sys.argv[2])) if len(sys.argv) > 1 else _work())
