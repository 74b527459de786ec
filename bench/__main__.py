"""`python -m bench`: measures everything, prints one table, and says by its exit code how it went.

Measure on a machine that does nothing else. `--reduced` measures in two minutes what a change may
have broken, and fails where a value misses its goal by more than a third of it.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bench import acknowledging, crashes, machine, pending, polling, replicas, starting
from bench.stage import INTERVAL, stage
from bench.table import Row, as_json, markdown

MARKS = ("<!-- bench -->\n", "<!-- /bench -->")
"""Between these a file carries the table."""


async def acknowledged() -> AsyncIterator[list[Row]]:
    """How soon `/regen` is acknowledged."""
    yield await acknowledging.rows(rounds=3, seconds=3)


async def pending_videos() -> AsyncIterator[list[Row]]:
    """What videos cost while they are pending; all on one stage, for it takes a minute to fill."""
    yield [await polling.plain_client()]
    async with stage() as on:
        bot = await on.bot(interval=INTERVAL)
        resting, idle_rss = await pending.at_rest(on, bot)
        yield resting
        yield await pending.of_a_thousand(on, bot)
        yield await pending.after_a_kill(on)
        yield await replicas.share_the_polls(on, 3, videos=1000)
        await on.kill()
        bot = await on.bot(interval=INTERVAL)
        yield await pending.of_three_thousand(on, bot, idle_rss)
        await on.kill()
        yield await polling.always_due(on, polling.MANY, rounds=3)
        yield await replicas.limit(on, polling.MANY, (1, 2, 4))


async def told() -> AsyncIterator[list[Row]]:
    """How late an outcome is told."""
    async with stage() as on:
        await on.pending(await on.bot(interval=INTERVAL), 1000)
        yield await pending.lag(on, 300)


async def crashed() -> AsyncIterator[list[Row]]:
    """Ten times kill -9."""
    yield await crashes.rows(10)


async def started() -> AsyncIterator[list[Row]]:
    """How soon a process is ready."""
    yield await starting.rows(5)


async def reduced() -> AsyncIterator[list[Row]]:
    """What tells most in two minutes, wherever it runs.

    From 50 commands a second on, four processes have more to do than two cores can: the slowest of
    a hundred then took 11 to 87 ms with the same code. So it types 20 a second here, and takes the
    best of three rounds: a slower bot is slower in each, a busy machine is not.
    """
    yield await acknowledging.rows(rounds=3, seconds=2, rates=(20,), of=min)
    async with stage() as on:
        yield await pending.of_a_few(on, await on.bot(interval=INTERVAL), 600)
        yield await polling.always_due(on, 600, rounds=2)


PARTS = {
    "acknowledging": acknowledged,
    "pending": pending_videos,
    "telling": told,
    "crashes": crashed,
    "starting": started,
}


async def _measure(asked: argparse.Namespace) -> int:
    rows: list[Row] = []
    for part in [reduced] if asked.reduced else [PARTS[each] for each in asked.parts]:
        async for found in part():
            rows += found
            for row in found:
                sys.stderr.write(f"{row.figure}: {row.measured}\n")
    table = markdown(rows)
    sys.stdout.write(f"{table}\n")
    (machine.LOG.parent / "bench.json").write_text(as_json(rows), "utf-8")
    if asked.write is not None:
        write(asked.write, table)
    bad = [row.figure for row in rows if (row.fallen if asked.reduced else not row.good)]
    if bad:
        sys.stderr.write(f"{'Fallen' if asked.reduced else 'Not reached'}: {'; '.join(bad)}\n")
    return 1 if bad and asked.reduced else 0


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
