"""Several bots on one Valkey: nothing is polled twice, and where the limit is."""

from bench.capacity import FULL_LOAD, Capacity, Load
from bench.polling import bots
from bench.table import Row
from bench.testbed import INTERVAL, Testbed
from bench.watching import Window, watch

SECONDS = 24.0
"""A whole number of intervals, so that each video is due as often in it."""


async def share_the_polls(bed: Testbed, load: Load, most: int) -> list[Row]:
    """1, 2 … `most` bots; so many videos are pending, and one bot runs already."""
    found, overlaps = [], 0
    for count in range(1, most + 1):
        if count > len(bed.bots):
            await bed.bot(interval=INTERVAL)
            await bed.warm_up()
        window = await watch(bed, SECONDS, bed.bots)
        due = load.count * window.seconds / INTERVAL
        overlaps += window.overlaps
        found.append(
            Row(
                f"polls made / polls due, {_bots(count)}",
                load.words,
                f"{window.count:,}",
                f"due: {due:,.0f}",
                window.count / due,
                "0.99 to 1.01",
            )
        )
    found.append(
        Row(
            "polls of a video while another of it was under way",
            load.words,
            f"{overlaps}",
            "",
            overlaps,
            "<= 0",
        )
    )
    return found


async def limit(
    bed: Testbed, capacity: Capacity, videos: int, counts: tuple[int, ...]
) -> list[Row]:
    """Polls that are always due, by more and more bots; on a testbed without one."""
    windows = {count: await bots(bed, capacity, videos, count) for count in counts}
    alone = windows[counts[0]].rate
    found = [
        Row(
            f"polls/s, always due, {_bots(count)} on the same cores",
            FULL_LOAD,
            f"{window.rate:,.0f}/s",
            f"1 bot: {alone:,.0f}/s",
            window.rate / alone,
        )
        for count, window in windows.items()
        if count > 1
    ]
    return [*found, _of_one_valkey(list(windows.values()))]


def _of_one_valkey(windows: list[Window]) -> Row:
    """What a whole core of Valkey would carry, by what it used for these polls."""
    polls = sum(window.count for window in windows)
    per_core = polls / sum(window.redis_cpu for window in windows)
    return Row(
        "one core of Valkey would carry",
        FULL_LOAD,
        f"{per_core:,.0f} polls/s",
        f"{per_core * INTERVAL:,.0f} pending at {INTERVAL:.0f} s",
        per_core,
    )


def _bots(count: int) -> str:
    return f"{count} replica{'s' if count > 1 else ''}"
