"""A release is rolled out at noon: each replica is stopped and started again under load."""

import asyncio
import itertools
import signal
import time

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Delivery, SlackSimulator, User
from tests.conftest import Bots, connected, metadata
from tests.depth import IN_CI
from tests.promise.conftest import outcomes

REQUESTS = 16 if IN_CI else 10
POLLING = {"POLL_INTERVAL": "0.5"}
"""Stopping and starting is what it is about."""
TRIES = 5
"""How often people type again where a command crossed the closing of its connection, of which Slack
tells them. A busy machine answers some too late as well."""
STOPPING = 10.0
"""Seconds in which an orchestrator expects it to end."""


async def test_two_replicas_restarted_in_turn_lose_nothing_and_stop_in_good_order(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, channels: list[Channel], bots: Bots
) -> None:
    iacrea.account.timings = Timings(queue=0.2, animate=2.0, render=0.5)
    videos = [iacrea.account.add_video(sequences=3) for _ in range(REQUESTS)]
    for _ in range(2):
        await bots.start(environ=POLLING)
    await connected(slack, 4)

    async def people() -> list[Delivery]:
        deliveries = []
        for video, channel in zip(videos, itertools.cycle(channels), strict=False):
            for _ in range(TRIES):
                delivery = await slack.command(anna, channel, f"/regen {video.id} 2")
                if delivery.ok:
                    break
            deliveries.append(delivery)
            await asyncio.sleep(0.4)
        return deliveries

    asking = asyncio.create_task(people())
    for old in tuple(bots.running):
        began = time.monotonic()
        old.send_signal(signal.SIGTERM)
        assert await old.wait() == 0
        assert time.monotonic() - began < STOPPING
        await bots.start(environ=POLLING)
        await connected(slack, 4)
    deliveries = await asking
    await slack.until(lambda _: len(outcomes(slack, channels)) == REQUESTS)

    told = [metadata(reply)["request"] for reply in outcomes(slack, channels)]
    assert all(delivery.ok for delivery in deliveries)
    assert len(set(told)) == REQUESTS
    assert iacrea.posts == REQUESTS
    assert "Traceback" not in bots.log()
