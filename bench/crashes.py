"""Bots that are killed while people ask: what is lost, and what is told or sent twice."""

import asyncio
import contextlib
import random
from typing import Any

from bench.capacity import Capacity, Load
from bench.outside import video_id
from bench.people import NotAcceptedError
from bench.table import Row
from bench.testbed import Testbed, testbed

SHARE = 0.6
AT_MOST = 4.0
"""Seconds until it, from the first of them; two in three of a request's steps are over by then."""
WITHIN = 180.0
"""Seconds for all of them to be told at the end; leases of what was killed run out first."""


async def rows(capacity: Capacity, kills: int) -> list[Row]:
    """So many kill -9 at random moments, each while people ask for one second."""
    load = capacity.commands(SHARE)
    async with testbed() as bed:
        accepted: set[int] = set()
        await bed.bot()
        for kill in range(kills):
            accepted |= await _ask_and_kill(bed, load, kill * load.count)
            await bed.ask("finish", count=load.count, within=AT_MOST)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WITHIN):
                while await _untold(bed, accepted):
                    await bed.ask("finish", count=load.count, within=1)
                    await asyncio.sleep(1)
        untold = await _untold(bed, accepted)
        videos = (await bed.videos()).values()
        twice = sum(len(each["told"]) > 1 or each["posts"] > 1 for each in videos)
        of = f"{len(accepted)} requests"
        figures = (("requests lost", untold), ("sent or told twice", twice))
        return [
            Row(f"{kills} × kill -9: {what}", load.words, f"{count}", of, count, "<= 0")
            for what, count in figures
        ]


async def _ask_and_kill(bed: Testbed, load: Load, first: int) -> set[int]:
    """The numbers of those that were accepted; the bot is a new one afterwards."""
    bot, people = bed.bots[-1], bed.people(bed.bots[-1])
    asking = asyncio.gather(
        *(
            _asked(people.one(first + place, after=place / load.amount))
            for place in range(load.count)
        )
    )
    await asyncio.sleep(random.uniform(0.1, AT_MOST))  # noqa: S311 - no secret
    await bot.kill()
    people.close()
    accepted = {first + place for place, taken in enumerate(await asking) if taken}
    bed.bots.remove(bot)
    await bed.bot()
    return accepted


async def _asked(asking: Any) -> bool:
    """Whether it was accepted; whoever typed while the bot was away sees that it was not."""
    try:
        await asking
    except (OSError, NotAcceptedError):
        return False
    return True


async def _untold(bed: Testbed, accepted: set[int]) -> int:
    told = {name for name, each in (await bed.videos()).items() if each["told"]}
    return sum(video_id(number) not in told for number in accepted)
