"""A video that renders, and of which nothing was seen before."""

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
async def iacrea():
    slowly = Timings(queue=0.1, animate=0.3, render=3600)
    async with IACreaSimulator(timings=slowly, credits=1000) as iacrea:
        yield iacrea


async def test_a_sequence_id_is_iacreas_to_judge_once_the_person_agrees(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3, state="RENDERING_VIDEO")
    sequence = video.sequences[1].id

    await slack.command(anna, listings, f"/regen {video.id} {sequence}")
    assert "would be cancelled" in await private(slack, anna, listings)
    assert iacrea.posts == 0
    await slack.click(anna, slack.workspace.ephemerals(anna, listings)[-1], "go_ahead")
    await iacrea.until(lambda it: it.posts == 1)
    # Not sooner: the render that is to be cancelled would end by itself.
    iacrea.account.timings = Timings(0.1, 0.3, 0.0, 0.2)

    assert f"sequence `{sequence}` is ready" in (await outcome(slack, listings)).text
    assert iacrea.posts == video.renders_cancelled == 1


async def test_an_id_that_iacrea_does_not_know_costs_nothing_and_cancels_nothing(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3, state="RENDERING_VIDEO")

    await slack.command(anna, listings, f"/regen {video.id} no-such-sequence")
    await private(slack, anna, listings)
    await slack.click(anna, slack.workspace.ephemerals(anna, listings)[-1], "go_ahead")

    result = await outcome(slack, listings)
    assert "IACrea knows no sequence `no-such-sequence` of that video" in result.text
    assert (iacrea.posts, video.renders_cancelled, iacrea.account.credits) == (0, 0, 1000)


async def test_of_positions_it_is_said_that_the_video_is_rendering(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    for number, selection in enumerate(("2", "1,3", "failed", "")):
        user = slack.workspace.add_user(f"person-{number}")
        video = iacrea.account.add_video(sequences=3, state="RENDERING_VIDEO")

        await slack.command(user, listings, f"/regen {video.id} {selection}")

        said = await private(slack, user, listings)
        assert "IACrea is rendering that video at this moment" in said, selection
        assert "made" not in said, selection
