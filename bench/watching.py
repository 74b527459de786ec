"""What is seen of bots in some seconds: polls, CPU, and commands to Redis."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from bench import machine
from bench.testbed import Testbed


@dataclass(frozen=True, slots=True)
class Window:
    """Some seconds of some processes.

    Attributes:
        seconds: how long.
        polls: the moments at which each video was asked for, Unix seconds.
        overlaps: polls of a video that began while another of it was under way.
        cpu: seconds of CPU of all the processes.
        redis_cpu: seconds of CPU of the Valkey.
        executed: commands to it, and those of scripts.
    """

    seconds: float
    polls: dict[str, list[float]]
    overlaps: int
    cpu: float
    redis_cpu: float
    executed: int

    @property
    def count(self) -> int:
        """Polls."""
        return sum(map(len, self.polls.values()))

    @property
    def rate(self) -> float:
        """Polls a second."""
        return self.count / self.seconds

    @property
    def cpu_per_1000(self) -> float:
        """Seconds of CPU for 1,000 polls."""
        return self.cpu / self.count * 1000

    @property
    def gaps(self) -> list[float]:
        """Seconds between two polls of a video."""
        return [
            later - earlier
            for moments in self.polls.values()
            for earlier, later in itertools.pairwise(moments)
        ]


async def watch(bed: Testbed, seconds: float, processes: Sequence[machine.Process]) -> Window:
    """Looks at those processes for so long."""
    executed = await _executed(bed.redis)
    await bed.ask("forget_polls")
    began, cpu, redis_cpu = time.monotonic(), _cpu(processes), machine.cpu_of(bed.valkey_pid)
    await asyncio.sleep(seconds)
    cpu, redis_cpu = _cpu(processes) - cpu, machine.cpu_of(bed.valkey_pid) - redis_cpu
    lasted = time.monotonic() - began
    videos = await bed.videos()
    polls = {name: each["polls"] for name, each in videos.items() if each["polls"]}
    overlaps = sum(each["overlaps"] for each in videos.values())
    executed = await _executed(bed.redis) - executed
    return Window(lasted, polls, overlaps, cpu, redis_cpu, executed)


async def sent(redis: Redis, seconds: float) -> float:
    """Commands a second that clients sent, without those of scripts, as MONITOR shows them."""
    count = 0
    async with redis.monitor() as monitor:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async for command in monitor.listen():
                    count += command["client_type"] != "lua"
    return count / seconds


async def bytes_of_all_keys(redis: Redis) -> int:
    """What all keys take in Redis's memory, as MEMORY USAGE counts it with every element."""
    keys = [key async for key in redis.scan_iter(count=1000)]
    async with redis.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.memory_usage(key, samples=0)
        return sum(await pipeline.execute())


def _cpu(processes: Sequence[machine.Process]) -> float:
    return sum(process.cpu for process in processes)


async def _executed(redis: Redis) -> int:
    stats = await redis.info("commandstats")
    return sum(int(each["calls"]) for name, each in stats.items() if name != "cmdstat_info")
