"""arq: `python -m bench.engines.arq_worker [seed <count>]`."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from typing import Any

from arq import create_pool, run_worker
from arq.connections import ArqRedis, RedisSettings

from bench.engines.job import AT_ONCE, INTERVAL, REDIS_URL, Lanes, next_due

SETTINGS = RedisSettings.from_dsn(REDIS_URL)


async def poll(context: dict[str, Any], video: str, due: float) -> None:
    """Looks, and asks for the next look."""
    if not await context["lanes"].look(video):
        await _later(context["redis"], video, next_due(due))


async def _later(redis: ArqRedis, video: str, due: float) -> None:
    when = datetime.fromtimestamp(due, UTC)
    await redis.enqueue_job("poll", video, due, _defer_until=when, _job_id=f"{video}:{due}")


async def _start(context: dict[str, Any]) -> None:
    context["lanes"] = Lanes()


class Worker:
    """arq's own settings, the results not kept."""

    functions = [poll]  # noqa: RUF012 - as arq wants it
    redis_settings = SETTINGS
    on_startup = _start
    max_jobs = AT_ONCE
    keep_result = 0
    poll_delay = 0.02
    max_tries = 1000


async def _seed(count: int) -> None:
    redis = await create_pool(SETTINGS)
    for number in range(count):
        video = f"00000000-0000-4000-8000-{number:012d}"
        await _later(redis, video, time.time() + INTERVAL * number / count)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_seed(int(sys.argv[2])))
    else:
        asyncio.set_event_loop(asyncio.new_event_loop())
        run_worker(Worker)  # type: ignore[arg-type]
