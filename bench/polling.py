"""Polls that are always due, beside a bare loop of the same GETs."""

from bench.stage import Stage, stage
from bench.table import Row, compared
from bench.watching import Window, watch

SECONDS = 6.0
MANY = 3000
"""Videos on a stage that is full."""
TOO_MANY = 2500
"""Polls due a second: more than a process can make, so that some are always due."""
_WHAT = "bare loop"


async def plain_client() -> Row:
    """The bare loop, beside one httpx client with as many connections."""
    async with stage() as on:
        await on.ask("working", count=MANY)
        lanes, plain = await _bare(on, "lanes", MANY), await _bare(on, "plain", MANY)
    return compared(
        "that bare loop, GETs/s",
        [lanes.rate],
        [plain.rate],
        unit="/s",
        what="one plain AsyncClient, 100 connections",
        goal=">= 8",
        digits=0,
    )


async def always_due(on: Stage, videos: int, *, rounds: int) -> list[Row]:
    """On a stage of so many pending videos without a bot."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(await _bare(on, "lanes", videos))
        ours.append(await bots(on, videos))
    return [
        compared(
            "polls/s per process, always due",
            [each.rate for each in ours],
            [each.rate for each in theirs],
            unit="/s",
            what=_WHAT,
            goal=">= 0.85",
            digits=0,
        ),
        _cpu("always due", ours, theirs, "<= 1.15"),
    ]


async def bots(on: Stage, videos: int, count: int = 1) -> Window:
    """So many bots whose polls are always due; they are killed in the end."""
    for _ in range(count):
        await on.bot(interval=videos / TOO_MANY)
    await on.warm_up()
    window = await watch(on, SECONDS, on.bots)
    await on.kill()
    return window


async def at_a_rate(on: Stage, videos: int, ours: Window, goal: str) -> Row:
    """What a bot had used for its polls, beside a bare loop at the same rate."""
    theirs = await _bare(on, "lanes", videos, ours.rate)
    return _cpu(f"at {ours.rate:.0f} polls/s", [ours], [theirs], goal)


def _cpu(when: str, ours: list[Window], theirs: list[Window], goal: str) -> Row:
    return compared(
        f"CPU per 1,000 polls, {when}",
        [each.cpu_per_1000 for each in ours],
        [each.cpu_per_1000 for each in theirs],
        unit="s",
        what=_WHAT,
        goal=goal,
        digits=2,
    )


async def _bare(on: Stage, how: str, videos: int, rate: float = 0.0) -> Window:
    async with on.bare_loop(how, videos, rate) as loop:
        return await watch(on, SECONDS, [loop])
