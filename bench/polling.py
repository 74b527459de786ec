"""Polls that are always due, beside a bare loop of the same GETs."""

from bench.capacity import FULL_LOAD, VIDEOS, Capacity, Load, bare_loop
from bench.table import Row, compared
from bench.testbed import Testbed, testbed
from bench.watching import Window, watch

SECONDS = 6.0
_WHAT = "bare loop"


async def plain_client() -> Row:
    """The bare loop, beside one httpx client with as many connections."""
    async with testbed() as bed:
        await bed.ask("working", count=VIDEOS)
        many, one = await bare_loop(bed, VIDEOS), await bare_loop(bed, VIDEOS, clients="one")
    return compared(
        "that bare loop, GETs/s",
        [many.rate],
        [one.rate],
        load=FULL_LOAD,
        shown="{:,.0f}/s",
        what="one plain AsyncClient, 100 connections",
        goal=">= 8",
    )


async def always_due(bed: Testbed, capacity: Capacity, videos: int, *, rounds: int) -> list[Row]:
    """On a testbed of so many pending videos without a bot."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(await bare_loop(bed, videos))
        ours.append(await bots(bed, capacity, videos))
    return [
        compared(
            "polls/s per process, always due",
            [each.rate for each in ours],
            [each.rate for each in theirs],
            load=FULL_LOAD,
            shown="{:,.0f}/s",
            what=_WHAT,
            goal=">= 0.85",
        ),
        _cpu("CPU per 1,000 polls, always due", FULL_LOAD, ours, theirs, "<= 1.15"),
    ]


async def bots(bed: Testbed, capacity: Capacity, videos: int, count: int = 1) -> Window:
    """So many bots whose polls are always due; they are killed in the end."""
    for _ in range(count):
        await bed.bot(interval=capacity.always_due(videos, count))
    await bed.warm_up()
    window = await watch(bed, SECONDS, bed.bots)
    await bed.kill()
    return window


async def at_a_rate(bed: Testbed, load: Load, ours: Window, goal: str) -> Row:
    """What a bot had used for its polls, beside a bare loop at the same rate."""
    theirs = await bare_loop(bed, load.count, rate=ours.rate)
    return _cpu("CPU per 1,000 polls", load.words, [ours], [theirs], goal)


def _cpu(figure: str, load: str, ours: list[Window], theirs: list[Window], goal: str) -> Row:
    return compared(
        figure,
        [each.cpu_per_1000 for each in ours],
        [each.cpu_per_1000 for each in theirs],
        load=load,
        shown="{:,.2f} s",
        what=_WHAT,
        goal=goal,
    )
