"""What one regeneration costs a bot in CPU, from the command to told, and what that goes to."""

import asyncio
import json
import signal
import tempfile
from pathlib import Path

from bench.capacity import Capacity
from bench.machine import Process
from bench.profiled import PARTS
from bench.table import Row
from bench.testbed import Testbed, testbed

SHARE = 0.5
_WARM_UP = 20
_SECONDS = 12.0
_AFTER = 2.0
"""Seconds after the last outcome in which cards are edited for the last time."""


async def rows(capacity: Capacity) -> list[Row]:
    """People type at half the rate that is possible; every video is done at its next poll."""
    load = capacity.commands(SHARE)
    count = max(50, round(load.amount * _SECONDS))
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        profile = Path(directory) / "profile.json"
        async with testbed() as bed:
            bot = await bed.bot(profile=profile)
            await _told(bed, bot, _WARM_UP, load.amount, first=0)
            await _counted(bot, profile)
            cpu = bot.cpu
            await _told(bed, bot, count, load.amount, first=_WARM_UP)
            milliseconds = (bot.cpu - cpu) / count * 1000
            samples = await _counted(bot, profile)
    of = sum(samples.values())
    split = {part: samples.get(part, 0) / of * milliseconds for part in PARTS}
    beside = " · ".join(f"{part} {each:.1f}" for part, each in split.items())
    return [
        Row(
            "CPU per regeneration, from the command to told",
            load.words,
            f"{milliseconds:.1f} ms",
            f"{beside} ms",
            milliseconds,
        )
    ]


async def _told(bed: Testbed, bot: Process, count: int, rate: float, *, first: int) -> None:
    people = bed.people(bot)
    typing = asyncio.create_task(people.type(count, rate=rate, first=first))
    async with asyncio.timeout(60 + 3 * count / rate):
        while (await bed.ask("counts"))["told"] < first + count:
            await bed.ask("finish", count=count, within=0)
            await asyncio.sleep(0.5)
    await typing
    people.close()
    await asyncio.sleep(_AFTER)


async def _counted(bot: Process, profile: Path) -> dict[str, int]:
    """Returns the samples since it was asked last."""
    profile.unlink(missing_ok=True)
    bot.process.send_signal(signal.SIGUSR1)
    async with asyncio.timeout(10):
        while not profile.exists():
            await asyncio.sleep(0.01)
    counts: dict[str, int] = json.loads(profile.read_text("utf-8"))
    return counts
