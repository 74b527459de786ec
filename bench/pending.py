"""What videos cost while they are pending, how evenly they are polled, and how late one is told."""

import asyncio
import time

from bench import polling
from bench.capacity import NO_LOAD, Load
from bench.machine import Process
from bench.table import Row, part
from bench.testbed import INTERVAL, Testbed
from bench.watching import Window, bytes_of_all_keys, sent, watch

SECONDS = 30.0
_LAG_SECONDS = 15.0


async def at_rest(bed: Testbed, bot: Process) -> tuple[list[Row], int]:
    """A bot with nothing to do; also its bytes in memory."""
    window = await watch(bed, SECONDS, [bot])
    share, commands = window.cpu / window.seconds * 100, await sent(bed.redis, 10)
    found = [
        Row("idle, CPU", NO_LOAD, f"{share:.2f} % of a core", "", share, "<= 0.3"),
        Row("idle, Redis commands", NO_LOAD, f"{commands:.1f}/s", "", commands, "<= 5"),
    ]
    return found, bot.rss


async def watched(
    bed: Testbed, bot: Process, load: Load, *, goal: str, commands: tuple[str, str]
) -> tuple[list[Row], Window]:
    """Videos that are pending, all of them polled by one bot."""
    window = await watch(bed, SECONDS, [bot])
    sent_per_poll = await sent(bed.redis, 10) / window.rate
    executed = window.executed / window.count
    figures = (("sent", sent_per_poll, commands[0]), ("executed", executed, commands[1]))
    found = [
        Row(f"Redis commands per poll, {what}", load.words, f"{each:.2f}", "", each, goal)
        for what, each, goal in figures
    ]
    return [*found, _cadence(window, load, goal)], window


async def of_few(bed: Testbed, bot: Process, load: Load) -> list[Row]:
    """All rows about one bot with few pending videos; it is killed in the end."""
    await bed.pending(bot, load.count)
    found, window = await watched(bed, bot, load, goal="<= 1.02", commands=("<= 0.2", "<= 1.2"))
    kept = await bytes_of_all_keys(bed.redis) / load.count
    what = "bytes in Redis per pending generation, all keys"
    found.append(Row(what, load.words, f"{kept:,.0f}", "", kept, "<= 1024"))
    await bed.kill()
    found.append(await polling.at_a_rate(bed, load, window, "<= 1.3"))
    return found


async def of_many(bed: Testbed, bot: Process, few: Load, many: Load, idle_rss: int) -> list[Row]:
    """All rows about one bot with many pending videos, `few` of which were before."""
    await bed.pending(bot, many.count - few.count, first=few.count)
    found, _ = await watched(bed, bot, many, goal="<= 1.1", commands=("<= 0.1", "<= 0.6"))
    rss, idle = (each / 2**20 for each in (bot.rss, idle_rss))
    shown = (f"{rss:.0f} MiB", f"idle: {idle:.0f} MiB")
    found.append(Row("memory", many.words, *shown, rss / idle, "<= 1.3"))
    return found


async def lag(bed: Testbed, pending: Load, ending: Load) -> list[Row]:
    """From DONE at IACrea to the outcome at Slack, of videos that end one after another."""
    before = (await bed.ask("counts"))["told"]
    count = round(ending.amount * _LAG_SECONDS)
    count = await bed.ask("finish", count=count, within=_LAG_SECONDS)
    await bed.until("told", before + count)
    load = f"{pending.words}; {count / _LAG_SECONDS:.0f} end a second"
    videos = (await bed.videos()).values()
    lags = [each["told"][0] - each["done_at"] for each in videos if each["done_at"]]
    found = []
    for share, ideal, more in ((0.5, INTERVAL / 2, 50), (0.99, INTERVAL, 150)):
        late = (part(lags, share) - ideal) * 1000
        found.append(
            Row(
                f"DONE at IACrea to the outcome at Slack, p{share * 100:.0f}",
                load,
                f"{part(lags, share):.2f} s",
                f"{ideal:.1f} s {late:+.0f} ms",
                max(0.0, late),
                f"<= {more}",
            )
        )
    return found


async def after_a_kill(bed: Testbed, load: Load) -> list[Row]:
    """The only bot is killed, and one started at once; that one is left running."""
    await bed.ask("forget_polls")
    killed = time.time()
    await bed.kill()
    restarted = time.time()
    await bed.bot(interval=INTERVAL)
    await asyncio.sleep(2 * INTERVAL + 4)
    moments = [
        [each for each in video["polls"] if each > restarted]
        for video in (await bed.videos()).values()
        if video["posts"] and video["done_at"] is None
    ]
    first = min(each[0] for each in moments if each) - restarted
    again = max(each[0] for each in moments if each) - killed
    never = sum(not each for each in moments)
    most = 2 * INTERVAL + 1
    return [
        Row(
            "kill -9: first poll after the restart", load.words, f"{first:.2f} s", "", first, "<= 1"
        ),
        Row(
            "kill -9: every video polled again",
            load.words,
            f"{again:.2f} s",
            f"2 × POLL_INTERVAL + 1 s: {most:.0f} s",
            again / most,
            "<= 1",
        ),
        Row("kill -9: videos never polled again", load.words, f"{never}", "", never, "<= 0"),
    ]


async def cadence(bed: Testbed, bot: Process, load: Load) -> list[Row]:
    """What a reduced run looks at; the bot is killed in the end."""
    await bed.pending(bot, load.count)
    window = await watch(bed, 4 * INTERVAL, [bot])
    await bed.kill()
    return [_cadence(window, load, "<= 1.02")]


def _cadence(window: Window, load: Load, goal: str) -> Row:
    gap = part(window.gaps, 0.99)
    shown = (f"{gap:.3f} s", f"POLL_INTERVAL: {INTERVAL:.0f} s")
    figure = "time between two polls of a video, p99"
    return Row(figure, load.words, *shown, gap / INTERVAL, goal)
