"""Channels that are shared with other organisations: what is told there, and their other id."""

import asyncio

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import Start, outcome, private

ELSEWHERE = "T0000000099"
READING = {"channels:read", "groups:read"}


@pytest.fixture
def deal(slack: SlackSimulator, anna: User) -> Channel:
    """A private channel that is not shared yet."""
    return slack.workspace.add_channel("deal", private=True, bot_member=True, members=[anna])


async def told(slack: SlackSimulator, anna: User, channel: Channel, video: str) -> str:
    """Everything that the channel sees of an outcome and of a storyboard."""
    await slack.command(anna, channel, f"/regen {video} 2")
    await outcome(slack, channel)
    await slack.command(anna, channel, f"/regen {video}")
    await private(slack, anna, channel)
    board = slack.workspace.ephemerals(anna, channel)[-1]
    await slack.click(anna, board, "share_storyboard")
    await slack.until(lambda w: "*Storyboard* of" in str(w.messages(channel)))
    return str([(m.text, m.blocks) for m in slack.workspace.conversation(channel)])


@pytest.mark.parametrize(
    ("shared_with", "declined", "expected"),
    [
        ((), set(), True),
        ((ELSEWHERE,), set(), False),
        ((), READING, False),
        ((), {"channels:read"}, False),  # this channel is a public one
        ((), {"groups:read"}, True),
    ],
)
async def test_what_is_left_is_told_where_nobody_else_reads_along(
    shared_with: tuple[str, ...],
    declined: set[str],
    expected: bool,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
) -> None:
    iacrea.account.credits = 9
    video = iacrea.account.add_video(sequences=5)
    channel = slack.workspace.add_channel("there", bot_member=True, shared_with=shared_with)
    slack.scopes.difference_update(declined)
    async with with_settings():
        seen = await told(slack, anna, channel, video.id)
    assert ("6 left" in seen) is expected
    assert ("Only 6 credits left" in seen) is expected
    assert "3 credits used" in seen


async def test_what_runs_in_a_channel_goes_on_under_its_other_id_and_it_stays_allowed(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    deal: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(ALLOWED_CHANNELS=deal.id):
        await slack.command(anna, deal, f"/regen {video.id} 2")
        await slack.until(lambda w: "Animating" in str(w.messages(deal)))
        now = await slack.share(deal, ELSEWHERE)
        assert now.id != deal.id
        await slack.command(anna, now, "/regen status")
        assert "sequence 2 of 5" in await private(slack, anna, now), "what runs is listed there"
        iacrea.account.timings = QUICK
        for sequence in video.sequences:
            sequence.ready_at = 0.0
        assert "is ready" in (await outcome(slack, now)).text
        await slack.command(anna, now, f"/regen {video.id} 3")
        await outcome(slack, now, count=2)
    assert iacrea.posts == 2
    assert f"ALLOWED_CHANNELS: write {now.id} instead of {deal.id}" in caplog.text


async def test_what_is_left_is_not_told_any_more_once_a_channel_is_shared(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    deal: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        await slack.command(anna, deal, f"/regen {video.id} 2")
        assert " left" in (await outcome(slack, deal)).text, "nobody else reads along"
        iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
        await slack.command(anna, deal, f"/regen {video.id} 3")
        await slack.until(lambda w: "Animating" in str(w.messages(deal)))
        now = await slack.share(deal, ELSEWHERE)
        iacrea.account.timings = QUICK
        for sequence in video.sequences:
            sequence.ready_at = 0.0
        assert " left" not in (await outcome(slack, now, count=2)).text


async def test_the_other_id_is_known_after_a_restart(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    deal: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(ALLOWED_CHANNELS=deal.id):
        now = await slack.share(deal, ELSEWHERE)
    async with with_settings(ALLOWED_CHANNELS=deal.id):
        await asyncio.sleep(0.2)
        await slack.command(anna, now, f"/regen {video.id} 3")
        await outcome(slack, now)
    assert iacrea.posts == 1


async def test_where_the_event_does_not_come_it_is_said_in_private(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    deal: Channel,
) -> None:
    slack.scopes.discard("groups:read")
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(ALLOWED_CHANNELS=deal.id):
        now = await slack.share(deal, ELSEWHERE)
        await slack.command(anna, now, f"/regen {video.id} 3")
        assert "Credits may not be spent in this channel" in await private(slack, anna, now)
    assert iacrea.posts == 0
