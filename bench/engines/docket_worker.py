"""pydocket: `python -m bench.engines.docket_worker [seed <count>]`."""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta

from docket import Docket, Worker

from bench.engines.job import AT_ONCE, INTERVAL, REDIS_URL, Lanes, next_due

LANES: list[Lanes] = []
DOCKETS: list[Docket] = []


async def poll(video: str, due: float) -> None:
    """Looks, and asks for the next look."""
    if not await LANES[0].look(video):
        await _later(DOCKETS[0], video, next_due(due))


async def _later(docket: Docket, video: str, due: float) -> None:
    when = datetime.fromtimestamp(due, UTC)
    await docket.add(poll, when=when, key=f"{video}:{due}")(video, due)


async def _main(seed: int) -> None:
    LANES.append(Lanes())
    async with Docket(
        name="bench",
        url=REDIS_URL,
        execution_ttl=timedelta(0),
        enable_internal_instrumentation=False,
    ) as docket:
        DOCKETS.append(docket)
        docket.register(poll)
        for number in range(seed):
            video = f"00000000-0000-4000-8000-{number:012d}"
            await _later(docket, video, time.time() + INTERVAL * number / seed)
        if not seed:
            async with Worker(
                docket, concurrency=AT_ONCE, minimum_check_interval=timedelta(seconds=0.02)
            ) as worker:
                await worker.run_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[2]) if len(sys.argv) > 1 else 0))
