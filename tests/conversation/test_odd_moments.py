"""Odd moments: something is gone, or somebody was faster, between two clicks."""

import asyncio

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("bot")


async def test_an_outcome_whose_thread_was_deleted_is_told_in_private(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.5, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    await iacrea.until(lambda it: it.posts == 1)
    [card] = slack.workspace.messages(listings)
    slack.workspace.delete(card)

    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    assert "is ready" in slack.workspace.messages(direct)[0].text
    assert slack.workspace.messages(listings) == [], "nothing stays in the channel without it"
    assert iacrea.posts == 1


async def test_a_channel_that_was_deleted_meanwhile_is_told_of_in_a_direct_message(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.5, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    slack.workspace.delete_channel(listings)
    direct = slack.workspace.direct_message(anna)

    await slack.until(lambda w: w.messages(direct))

    assert "is ready" in slack.workspace.messages(direct)[0].text


@pytest.mark.both_transports
async def test_a_video_that_was_deleted_between_two_clicks_is_said_to_be_gone(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)
    del iacrea.account.videos[video.id]

    await slack.click(anna, result, "regenerate_again")

    assert "knows no video" in await private(slack, anna, listings)
    assert iacrea.posts == 1


@pytest.mark.both_transports
async def test_stopping_what_has_just_ended_says_so(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.until(lambda w: "Animating" in str(w.messages(listings)))
    [card] = slack.workspace.messages(listings)

    await asyncio.gather(
        slack.click(anna, card, "stop_watching"), slack.click(ben, card, "stop_watching")
    )
    await outcome(slack, listings)

    said = [each.text for who in (anna, ben) for each in slack.workspace.ephemerals(who, listings)]
    assert len(said) == 1
    assert "nothing to stop" in said[0]
    assert iacrea.posts == 1
