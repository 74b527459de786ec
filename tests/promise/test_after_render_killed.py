"""kill -9 while a request waits for a render, and while it is sent: once sent, and once told."""

import asyncio
import contextlib

import pytest

from sandbox.iacrea import IACreaSimulator, Timings, Video
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK, Bots, connected
from tests.depth import in_ci
from tests.promise.conftest import MakeGate
from tests.promise.test_killed_anywhere import RECOVERY, finished, parts, settled

WRITES = ("accepted", "checked", "announcing", "in line", "its turn", "sending", "submitted")
"""Those of a press on *After the render*, in order."""
ASKING = 3
"""Writes of the request that was asked about: accepted, ended, told."""
NEVER_SENT = {("sending", "after")}
"""As in `test_killed_anywhere`: nobody can tell, so it is not sent again."""
FOR_EVER = Timings(queue=0.1, animate=0.1, render=3600.0)


async def asked(slack: SlackSimulator, video: Video, anna: User, listings: Channel) -> None:
    await slack.command(anna, listings, f"/regen {video.id} {video.sequences[1].id}")
    await slack.until(lambda w: w.ephemerals(anna, listings))


async def press(slack: SlackSimulator, anna: User, listings: Channel) -> None:
    await slack.click(anna, slack.workspace.ephemerals(anna, listings)[-1], "after_render")


def waiting(slack: SlackSimulator, channel: Channel) -> int:
    """How many say that they wait, and how far the render is: who waits is polled for."""
    texts = [each.text for each in slack.workspace.messages(channel)]
    return sum("Waits for the render" in each and "%" in each for each in texts)


@pytest.mark.timeout(150)
@pytest.mark.parametrize(
    "death",
    [
        ("in line", "after"),
        ("its turn", "after"),
        ("sending", "before"),
        *in_ci(
            ("announcing", "after"),
            ("in line", "before"),
            ("its turn", "before"),
            ("sending", "after"),
            ("submitted", "before"),
        ),
    ],
    ids=str,
)
async def test_killed_while_it_waits_or_is_sent_it_is_sent_once_and_told_once(
    death: tuple[str, str],
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    make_gate: MakeGate,
) -> None:
    iacrea.account.timings = FOR_EVER
    video = iacrea.account.add_video(sequences=3, state="RENDERING_VIDEO")
    write, moment = death
    gate = await make_gate(ASKING + WRITES.index(write) + 1, moment == "before")
    await bots.start(environ={"REDIS_URL": gate.url})
    await connected(slack)
    await asked(slack, video, anna, listings)
    pressing = asyncio.create_task(press(slack, anna, listings))
    if WRITES.index(write) > WRITES.index("in line"):
        await slack.until(lambda _: waiting(slack, listings))
        iacrea.account.timings = QUICK
    await gate.kills(bots)
    await pressing
    assert iacrea.posts == (write == "submitted")

    iacrea.account.timings = QUICK
    await bots.start()
    await connected(slack)
    await slack.until(lambda _: finished(slack, listings), timeout=RECOVERY)
    await settled()

    sent = death not in NEVER_SENT
    assert iacrea.posts == sent
    assert video.renders_cancelled == 0
    assert len(parts(slack, listings, "announcement")) == 1
    [told] = parts(slack, listings, "outcome")
    assert ("is ready" if sent else "does not seem to have started") in told.text


@pytest.mark.timeout(150)
async def test_of_two_replicas_one_is_killed_while_three_wait_and_none_is_lost_or_sent_twice(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    bots: Bots,
) -> None:
    iacrea.account.timings = FOR_EVER
    video = iacrea.account.add_video(sequences=4, state="RENDERING_VIDEO")
    ids = [each.id for each in video.sequences]
    for _ in range(2):
        await bots.start()
    await connected(slack, 4)
    for place, who in enumerate((anna, ben, anna)):
        await slack.command(who, listings, f"/regen {video.id} {ids[place]}")
        await slack.until(lambda w, who=who: w.ephemerals(who, listings))
        await press(slack, who, listings)
        await slack.until(
            lambda w, who=who, place=place: (
                waiting(slack, listings) > place and not w.ephemerals(who, listings)
            ),
        )
    bots.running[0].kill()

    iacrea.account.timings = Timings(queue=0.1, animate=0.2, render=0.5)
    await iacrea.until(lambda it: it.posts == 2, timeout=RECOVERY)
    with contextlib.suppress(ProcessLookupError):
        bots.running[1].kill()
    await bots.start()
    await slack.until(lambda _: len(parts(slack, listings, "outcome")) == 3, timeout=RECOVERY)
    await settled()

    sent = [call.body["sequenceId"] for call in iacrea.calls if call.method == "POST"]
    assert sent == ids[:3]
    assert video.renders_cancelled == 0
    assert len(parts(slack, listings, "announcement")) == 3
    assert all("is ready" in each.text for each in parts(slack, listings, "outcome"))
