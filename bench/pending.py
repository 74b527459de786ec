"""What videos cost while they are pending, how evenly they are polled, and how late one is told."""

import asyncio
import time

from bench import polling
from bench.machine import Process
from bench.stage import INTERVAL, Stage
from bench.table import Row, part
from bench.watching import Window, bytes_of_all_keys, sent, watch

SECONDS = 30.0
_LAG_SECONDS = 15.0


async def at_rest(on: Stage, bot: Process) -> tuple[list[Row], int]:
    """A bot with nothing to do; also its bytes in memory."""
    window = await watch(on, SECONDS, [bot])
    share, commands = window.cpu / window.seconds * 100, await sent(on.redis, 10)
    found = [
        Row("idle, CPU", f"{share:.2f} % of a core", "", share, "<= 0.3"),
        Row("idle, Redis commands", f"{commands:.1f}/s", "", commands, "<= 5"),
    ]
    return found, bot.rss


async def watched(
    on: Stage, bot: Process, count: int, *, cadence: str, commands: tuple[str, str]
) -> tuple[list[Row], Window]:
    """Videos that are pending, all of them polled by one bot."""
    window = await watch(on, SECONDS, [bot])
    sent_per_poll = await sent(on.redis, 10) / window.rate
    executed = window.executed / window.count
    of = f"{count:,} pending"
    return [
        Row(
            f"Redis commands per poll, sent, {of}",
            f"{sent_per_poll:.2f}",
            "",
            sent_per_poll,
            commands[0],
        ),
        Row(
            f"Redis commands per poll, executed, {of}", f"{executed:.2f}", "", executed, commands[1]
        ),
        _cadence(window, of, cadence),
    ], window


async def of_a_thousand(on: Stage, bot: Process) -> list[Row]:
    """All rows about 1,000 pending videos and one bot; it is killed in the end."""
    await on.pending(bot, 1000)
    found, window = await watched(on, bot, 1000, cadence="<= 1.02", commands=("<= 0.2", "<= 1.2"))
    kept = await bytes_of_all_keys(on.redis) / 1000
    found.append(
        Row("bytes in Redis per pending generation, all keys", f"{kept:,.0f}", "", kept, "<= 1024")
    )
    await on.kill()
    found.append(await polling.at_a_rate(on, 1000, window, "<= 1.3"))
    return found


async def of_three_thousand(on: Stage, bot: Process, idle_rss: int) -> list[Row]:
    """All rows about 3,000 pending videos, 1,000 of which were before, and one bot."""
    await on.pending(bot, 2000, first=1000)
    found, _ = await watched(on, bot, 3000, cadence="<= 1.1", commands=("<= 0.1", "<= 0.6"))
    rss, idle = (each / 2**20 for each in (bot.rss, idle_rss))
    found.append(
        Row(
            "memory, 3,000 pending", f"{rss:.0f} MiB", f"idle: {idle:.0f} MiB", rss / idle, "<= 1.3"
        )
    )
    return found


async def lag(on: Stage, count: int) -> list[Row]:
    """From DONE at IACrea to the outcome at Slack, of `count` videos that end one after another."""
    before = (await on.ask("counts"))["told"]
    count = await on.ask("finish", count=count, within=_LAG_SECONDS)
    await on.until("told", before + count)
    videos = (await on.videos()).values()
    lags = [each["told"][0] - each["done_at"] for each in videos if each["done_at"]]
    found = []
    for share, ideal, more in ((0.5, INTERVAL / 2, 50), (0.99, INTERVAL, 150)):
        late = (part(lags, share) - ideal) * 1000
        found.append(
            Row(
                f"DONE at IACrea to the outcome at Slack, p{share * 100:.0f}",
                f"{part(lags, share):.2f} s",
                f"{ideal:.1f} s {late:+.0f} ms",
                max(0.0, late),
                f"<= {more}",
            )
        )
    return found


async def after_a_kill(on: Stage) -> list[Row]:
    """The only bot is killed, and one started at once; that one is left running."""
    await on.ask("forget_polls")
    killed = time.time()
    await on.kill()
    restarted = time.time()
    await on.bot(interval=INTERVAL)
    await asyncio.sleep(2 * INTERVAL + 4)
    moments = [
        [each for each in video["polls"] if each > restarted]
        for video in (await on.videos()).values()
        if video["posts"] and video["done_at"] is None
    ]
    first = min(each[0] for each in moments if each) - restarted
    again = max(each[0] for each in moments if each) - killed
    never = sum(not each for each in moments)
    most = 2 * INTERVAL + 1
    return [
        Row("kill -9: first poll after the restart", f"{first:.2f} s", "", first, "<= 1"),
        Row(
            "kill -9: every video polled again",
            f"{again:.2f} s",
            f"2 × POLL_INTERVAL + 1 s: {most:.0f} s",
            again / most,
            "<= 1",
        ),
        Row("kill -9: videos never polled again", f"{never}", "", never, "<= 0"),
    ]


async def of_a_few(on: Stage, bot: Process, count: int) -> list[Row]:
    """What a reduced run looks at; the bot is killed in the end."""
    await on.pending(bot, count)
    window = await watch(on, 4 * INTERVAL, [bot])
    await on.kill()
    return [_cadence(window, f"{count:,} pending", "<= 1.02")]


def _cadence(window: Window, of: str, goal: str) -> Row:
    gap = part(window.gaps, 0.99)
    figure = f"time between two polls of a video, p99, {of}"
    return Row(figure, f"{gap:.3f} s", f"POLL_INTERVAL: {INTERVAL:.0f} s", gap / INTERVAL, goal)
