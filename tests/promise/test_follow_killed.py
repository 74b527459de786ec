"""kill -9 just before and just after each write of a follow; a new process goes on with it."""

import asyncio
from itertools import cycle

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected
from tests.conversation.following import cards, text, told
from tests.depth import in_ci
from tests.promise.conftest import MakeGate
from tests.promise.test_killed_anywhere import RECOVERY, settled

WRITES = (
    "accepted",
    "checked",
    "posting the card",
    "the card stands",
    "an error",
    "twice",
    "believed",
    "telling it",
    "it is told",
    "ended",
    "telling the end",
    "the end is told",
)
"""Those of a follow whose second sequence stands in error, in order."""
OFTEN = ("posting the card", "the card stands", "telling it", "it is told", "the end is told")
DEATHS = [
    *((write, "before") for write in OFTEN),
    *in_ci(*((write, "before") for write in WRITES if write not in OFTEN)),
    *in_ci(*((write, "after") for write in WRITES)),
]


@pytest.mark.parametrize("death", DEATHS, ids=str)
async def test_killed_at_any_write_each_thing_is_told_once_and_nothing_is_sent(
    death: tuple[str, str],
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    make_gate: MakeGate,
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=4.0)
    video = iacrea.account.add_video(["success", "error", "pending"], state="GENERATING_VIDEO")
    write, moment = death
    gate = await make_gate(WRITES.index(write) + 1, moment == "before", "follow")
    await bots.start(environ={"REDIS_URL": gate.url})
    await connected(slack)
    typing = asyncio.create_task(slack.command(anna, listings, f"/regen watch {video.id}"))
    await gate.kills(bots)
    delivery = await typing
    if death == ("accepted", "before"):
        assert not delivery.ok, "what was not written down must not be acknowledged"
        return

    await bots.start()
    await slack.until(lambda _: "see the thread" in text(slack, listings), timeout=RECOVERY)
    await settled()

    assert iacrea.posts == 0
    assert len(cards(slack, listings)) == 1
    assert len(told(slack, listings, video.sequences[1].id)) == 1
    assert len(told(slack, listings, "end")) == 1


async def test_two_replicas_tell_each_thing_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, channels: list[Channel], bots: Bots
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=1.0)
    videos = [
        iacrea.account.add_video(["error", "error", "pending"], state="GENERATING_VIDEO")
        for _ in range(5)
    ]
    for _ in range(2):
        await bots.start()
    await connected(slack, 4)
    for video, channel in zip(videos, cycle(channels), strict=False):
        await slack.command(anna, channel, f"/regen watch {video.id}")
    await slack.until(
        lambda _: sum(text(slack, each).count("see the thread") for each in channels) == 5,
        timeout=RECOVERY,
    )
    await settled()

    assert iacrea.posts == 0
    assert sum(len(cards(slack, each)) for each in channels) == 5
    assert sum(len(told(slack, each, "end")) for each in channels) == 5
    for video in videos:
        for failed in video.sequences[:2]:
            assert sum(len(told(slack, each, failed.id)) for each in channels) == 1
