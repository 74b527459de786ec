"""Far more than anybody expected: it is told, nobody waits in vain, nothing grows for ever."""

import asyncio
import os
import time
from collections import Counter
from pathlib import Path

import pytest
from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Delivery, SlackSimulator, User
from tests.conftest import Bots, free_port, http_mode, ready

ROUNDS = 3
"""Bursts, of which one has to be in time: tests beside this one can only make them slower."""
BURST = 150
"""Commands at once: as many as a large company types in its busiest minute."""
MOST_MEGABYTES = 200
SLACK_WAITS = 3.0

linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")


def resident_megabytes(pid: int) -> float:
    """proc(5), statm: resident set size, in pages."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def test_when_too_many_wait_the_next_one_is_told_so_and_costs_nothing(
    bot: dict[str, str],
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    redis: Redis,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    soon = time.time() + 10  # nobody claims them before the command comes
    waiting = {f"waiting-{number}": soon for number in range(1000)}
    await redis.zadd(f"{bot['REDIS_PREFIX']}steps", waiting)

    delivery = await slack.command(anna, listings, f"/regen {video.id} 2")

    assert "too much is waiting already" in (delivery.ack or {})["text"]
    await redis.zrem(f"{bot['REDIS_PREFIX']}steps", *waiting)
    await slack.command(anna, listings, f"/regen {video.id} 3")
    await iacrea.until(lambda it: it.posts == 1)
    assert [call.body["sequenceId"] for call in iacrea.calls if call.method == "POST"] == [
        video.sequences[2].id
    ]


@linux
@pytest.mark.alone
async def test_a_burst_is_acknowledged_in_time_and_leaves_the_process_small(
    bots: Bots, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User
) -> None:
    port = free_port()
    process = await bots.start(environ=http_mode(slack, port) | {"PORT": str(port)})
    await ready(port)
    channels = [slack.workspace.add_channel(f"burst-{number}") for number in range(20)]
    videos = [iacrea.account.add_video(sequences=50) for _ in range(20)]

    async def asks(number: int) -> Delivery:
        which, position = number % 20, number // 20 + 1  # each sequence is asked for once
        text = f"/regen {videos[which].id} {position}"
        return await slack.command((anna, ben)[number % 2], channels[which], text)

    deliveries: list[Delivery] = []
    for first in range(0, ROUNDS * BURST, BURST):
        deliveries = await asyncio.gather(*map(asks, range(first, first + BURST)))
        if all(each.ok for each in deliveries):
            break

    told = Counter(bool(each.ack) for each in deliveries)
    assert [each.error for each in deliveries if not each.ok] == []
    assert max(each.latency for each in deliveries) < SLACK_WAITS
    assert told[False] > 0, "some of them are taken on"
    assert resident_megabytes(process.pid) < MOST_MEGABYTES
    assert "Traceback" not in bots.log()
