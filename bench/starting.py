"""How soon a process is ready, beside a bare Bolt app; both from an environment without tools."""

import os

from bench.capacity import NO_LOAD
from bench.table import Row, compared
from bench.testbed import testbed

PYTHON = os.environ.get("BENCH_PYTHON")
"""The Python of an environment as users have it; that of this one has the tests' tools in it."""


async def rows(rounds: int) -> list[Row]:
    """In so many rounds, in which the two take turns."""
    ours, theirs = [], []
    async with testbed() as bed:
        for _ in range(rounds):
            bare = await bed.bare_bolt(PYTHON)
            theirs.append(await bare.answers("/readyz"))
            await bare.kill()
            bot = await bed.bot(ready=False, python=PYTHON)
            ours.append(await bot.answers("/readyz"))
            await bed.kill()
    return [
        compared(
            "process start to /readyz",
            ours,
            theirs,
            load=NO_LOAD,
            shown="{:,.2f} s",
            what="bare Bolt",
            goal="<= 1.5",
        )
    ]
