"""`python -m bench`: measures everything, prints one table, and says by its exit code how it went.

Measure on a machine that does nothing else. What the machine can do is measured first, and each
load is a share of that. `--reduced` measures in two minutes what a change may have broken, and
fails where a value misses its goal by more than a third of it.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from bench import (
    acknowledging,
    capacity,
    crashes,
    machine,
    pending,
    polling,
    regenerating,
    replicas,
    starting,
)
from bench.capacity import Capacity
from bench.table import Row, as_json, markdown, not_measured
from bench.testbed import INTERVAL, testbed

Part = Callable[[Capacity], AsyncIterator[list[Row]]]
MARKS = ("<!-- bench -->\n", "<!-- /bench -->")
"""Between these a file carries the table."""
FEW, MANY = 0.2, 0.6
"""Shares of the polls that the machine can make: what is pending."""


async def acknowledged(of: Capacity) -> AsyncIterator[list[Row]]:
    """How soon `/regen` is acknowledged."""
    yield await acknowledging.rows(of, rounds=3, seconds=3)


async def regenerated(of: Capacity) -> AsyncIterator[list[Row]]:
    """What one regeneration costs."""
    yield await regenerating.rows(of)


async def pending_videos(of: Capacity) -> AsyncIterator[list[Row]]:
    """What videos cost while they are pending; on one testbed, which takes a minute to fill."""
    few, many = of.pending(FEW), of.pending(MANY)
    yield [await polling.plain_client()]
    async with testbed() as bed:
        bot = await bed.bot(interval=INTERVAL)
        resting, idle_rss = await pending.at_rest(bed, bot)
        yield resting
        yield await pending.of_few(bed, bot, few)
        yield await pending.after_a_kill(bed, few)
        yield await replicas.share_the_polls(bed, few, 3)
        await bed.kill()
        bot = await bed.bot(interval=INTERVAL)
        yield await pending.of_many(bed, bot, few, many, idle_rss)
        await bed.kill()
        yield await polling.always_due(bed, of, many.count, rounds=3)
        yield await replicas.limit(bed, of, many.count, (1, 2, 4))


async def told(of: Capacity) -> AsyncIterator[list[Row]]:
    """How late an outcome is told."""
    few = of.pending(FEW)
    async with testbed() as bed:
        await bed.pending(await bed.bot(interval=INTERVAL), few.count)
        yield await pending.lag(bed, few, of.commands(1 / 3))


async def crashed(of: Capacity) -> AsyncIterator[list[Row]]:
    """Ten times kill -9."""
    yield await crashes.rows(of, 10)


async def started(_: Capacity) -> AsyncIterator[list[Row]]:
    """How soon a process is ready."""
    yield await starting.rows(5)


async def reduced(of: Capacity) -> AsyncIterator[list[Row]]:
    """What tells most in two minutes, wherever it runs.

    Nearer to what a bot can start, four processes have more to do than two cores can: the slowest
    of a hundred then took 11 to 87 ms with the same code. So it types a third of that here, takes
    the best of three rounds, and measures again what has fallen: a slower bot is slower each time,
    a busy machine is not.
    """
    for measure in (_acknowledged_at_a_third, _polled):
        found = await measure(of)
        if any(row.fallen for row in found):
            again = zip(found, await measure(of), strict=True)
            found = [second if first.fallen else first for first, second in again]
        yield found


async def _acknowledged_at_a_third(of: Capacity) -> list[Row]:
    return await acknowledging.rows(of, rounds=3, seconds=2, shares=(1 / 3,), chosen=min)


async def _polled(of: Capacity) -> list[Row]:
    load = of.pending(0.12)
    async with testbed() as bed:
        found = await pending.cadence(bed, await bed.bot(interval=INTERVAL), load)
        return [*found, *await polling.always_due(bed, of, load.count, rounds=2)]


PARTS: dict[str, Part] = {
    "acknowledging": acknowledged,
    "regenerating": regenerated,
    "pending": pending_videos,
    "telling": told,
    "crashes": crashed,
    "starting": started,
}


async def _measure(asked: argparse.Namespace) -> int:
    rows: list[Row] = []
    parts: dict[str, Part] = (
        {"reduced": reduced} if asked.reduced else {name: PARTS[name] for name in asked.parts}
    )
    try:
        await _fill(rows, parts, requests=100 if asked.reduced else 300)
    finally:  # Ctrl-C, too, leaves what was measured until then
        table = markdown(rows)
        sys.stdout.write(f"{table}\n")
    (machine.LOG.parent / "bench.json").write_text(as_json(rows), "utf-8")
    if asked.write is not None:
        write(asked.write, table)
    bad = [row.named for row in rows if (row.fallen if asked.reduced else not row.good)]
    if bad:
        sys.stderr.write(f"{'Fallen' if asked.reduced else 'Not reached'}: {'; '.join(bad)}\n")
    return int(any(row.failed for row in rows) or (asked.reduced and bool(bad)))


async def _fill(rows: list[Row], parts: dict[str, Part], requests: int) -> None:
    """Adds the rows of each part; one that fails leaves those before and after it as they are."""
    try:
        of = await capacity.measure(requests)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in a row of its own
        _add(rows, [not_measured("what this machine can do", error)])
        return
    _add(rows, of.rows)
    for name, part in parts.items():
        try:
            async for found in part(of):
                _add(rows, found)
        except Exception as error:  # noqa: BLE001 - the same
            _add(rows, [not_measured(f"the rest of `{name}`", error)])


def _add(rows: list[Row], found: list[Row]) -> None:
    rows += found
    for row in found:
        sys.stderr.write(f"{row.named}: {row.measured}\n")


def write(path: Path, table: str) -> None:
    """Puts the table in the place of the one that the file carries."""
    head, _, rest = path.read_text("utf-8").partition(MARKS[0])
    _, _, tail = rest.partition(MARKS[1])
    path.write_text(f"{head}{MARKS[0]}{table}\n{MARKS[1]}{tail}", "utf-8")


def _part(name: str) -> str:
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(PARTS)}")
    return name


def main() -> int:
    """Measures what was asked for; the answer is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", type=_part, help=", ".join(PARTS))
    parser.add_argument("--reduced", action="store_true", help="in CI: fails where a ratio fell")
    parser.add_argument("--write", type=Path, metavar="FILE", help="a file that carries the table")
    asked = parser.parse_args()
    machine.LOG.parent.mkdir(exist_ok=True)
    machine.LOG.write_bytes(b"")
    asked.parts = asked.parts or list(PARTS)
    return asyncio.run(_measure(asked))


if __name__ == "__main__":
    sys.exit(main())
