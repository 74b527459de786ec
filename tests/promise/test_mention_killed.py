"""kill -9 about the write of what somebody said, before it is acknowledged: it comes again."""

import asyncio

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected
from tests.promise.conftest import MakeGate
from tests.promise.test_killed_anywhere import RECOVERY, finished, parts, settled


@pytest.mark.parametrize("written", [True, False], ids=["written", "not written"])
async def test_what_slack_brings_again_after_a_death_is_started_once(
    written: bool,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    make_gate: MakeGate,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    gate = await make_gate(1, not written)
    await bots.start(environ={"REDIS_URL": gate.url})
    await connected(slack)
    saying = asyncio.create_task(slack.say(anna, listings, f"@Regen {video.id} 2 push out"))
    await gate.kills(bots)
    await saying
    assert not slack.deliveries[-1].ok, "what is not acknowledged comes again"
    said = slack.deliveries[-1]

    await bots.start()
    await connected(slack)
    await slack.redeliver(said)
    await slack.until(lambda w: finished(slack, listings) or w.ephemerals(anna, listings), RECOVERY)
    for asked in slack.workspace.ephemerals(anna, listings):  # where starting took too long
        assert not written
        await slack.click(anna, asked, "start_now")
    await slack.until(lambda _: finished(slack, listings), timeout=RECOVERY)
    await settled()

    assert iacrea.posts == 1
    assert len(parts(slack, listings, "announcement")) == 1
    assert len(parts(slack, listings, "outcome")) == 1
