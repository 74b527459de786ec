"""Polls that are always due, beside a bare loop of the same GETs."""

from bench.capacity import FULL_LOAD, VIDEOS, Capacity, Load, bare_loop
from bench.stage import Stage, stage
from bench.table import Row, compared
from bench.watching import Window, watch

SECONDS = 6.0
_WHAT = "bare loop"


async def plain_client() -> Row:
    """The bare loop, beside one httpx client with as many connections."""
    async with stage() as on:
        await on.ask("working", count=VIDEOS)
        many, one = await bare_loop(on, VIDEOS), await bare_loop(on, VIDEOS, clients="one")
    return compared(
        "that bare loop, GETs/s",
        [many.rate],
        [one.rate],
        load=FULL_LOAD,
        shown="{:,.0f}/s",
        what="one plain AsyncClient, 100 connections",
        goal=">= 8",
    )


async def always_due(on: Stage, capacity: Capacity, videos: int, *, rounds: int) -> list[Row]:
    """On a stage of so many pending videos without a bot."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(await bare_loop(on, videos))
        ours.append(await bots(on, capacity, videos))
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


async def bots(on: Stage, capacity: Capacity, videos: int, count: int = 1) -> Window:
    """So many bots whose polls are always due; they are killed in the end."""
    for _ in range(count):
        await on.bot(interval=capacity.always_due(videos, count))
    await on.warm_up()
    window = await watch(on, SECONDS, on.bots)
    await on.kill()
    return window


async def at_a_rate(on: Stage, load: Load, ours: Window, goal: str) -> Row:
    """What a bot had used for its polls, beside a bare loop at the same rate."""
    theirs = await bare_loop(on, load.count, rate=ours.rate)
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
