"""A machine whose clock is not Slack's: what comes in time is started, what comes late is not."""

import time
from collections.abc import AsyncIterator

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User, read_manifest
from tests.conftest import ROOT
from tests.conversation.conftest import Scene, Start, outcome
from tests.conversation.test_given_up import HELD_UP, question
from tests.depth import in_ci


@pytest.fixture(params=[-20.0, 1200.0, *in_ci(-1200.0, 20.0)])
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[SlackSimulator]:
    """A Slack whose clock is so many seconds ahead of this machine's."""
    ahead: float = request.param
    manifest = read_manifest(ROOT / "manifest.yml")
    async with SlackSimulator(manifest, clock=lambda: time.time() + ahead) as slack:
        yield slack


async def test_whoever_is_in_time_is_served_and_what_is_late_is_asked_about(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    async with with_settings():
        assert (await slack.command(anna, listings, f"/regen {video.id} 1")).ok
        result = await outcome(slack, listings)
        assert (await slack.click(anna, result, "regenerate_again")).ok
        result = await outcome(slack, listings, 2)
        slack.hold_up(HELD_UP)
        await slack.click(anna, result, "regenerate_again")
        await question(Scene(slack, iacrea, listings), anna)
    assert iacrea.posts == 2
