"""Stops in order: finishes what is under way, and begins nothing new."""

import asyncio
from collections.abc import Sequence

from bot.worker import Worker

FINISH = 5.0
"""Seconds that a stop gives running steps; one that is cut off becomes due again by itself."""


async def finish(workers: Sequence[Worker], loops: set[asyncio.Task[None]]) -> None:
    """Lets the steps under way end, and no new ones begin."""
    for worker in workers:
        worker.stop()
    await asyncio.wait(loops, timeout=FINISH)
    # All at once, since each gives what it cuts off its time to end.
    for loop in loops:
        loop.cancel()
    await asyncio.wait(loops)


async def end(task: asyncio.Task[None]) -> None:
    """Cancels a task and waits until it has ended."""
    task.cancel()
    # To await it would raise its error here, and the rest of the stop would not be done.
    await asyncio.wait({task})
