"""Stopping in order: what is under way ends, nothing new begins."""

import asyncio
from collections.abc import Sequence

from bot.worker import Worker

FINISH = 5.0
"""Seconds for steps under way at the stop; what is cut off is due again by itself."""


async def finish(workers: Sequence[Worker], loops: set[asyncio.Task[None]]) -> None:
    """Lets the steps under way end, and no new ones begin."""
    for worker in workers:
        worker.stop()
    await asyncio.wait(loops, timeout=FINISH)
    for loop in loops:
        await end(loop)


async def end(task: asyncio.Task[None]) -> None:
    """Cancels a task and waits until it has ended."""
    task.cancel()
    await asyncio.wait({task})
