"""A storyboard shared in a channel: posted once, kept current, forgotten once it is gone."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.store.shared_storyboards import SharedStoryboards
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conversation.conftest import outcome, private
from tests.conversation.test_storyboard import boards, cards, opened, shown

pytestmark = pytest.mark.usefixtures("bot")


async def shared(slack: SlackSimulator, user: User, channel: Channel, video: str) -> Message:
    """The storyboard as it stands in the channel."""
    board = await opened(slack, user, channel, f"/regen {video}")
    await slack.click(user, board, "share_storyboard")
    await slack.until(lambda w: boards(slack, channel))
    return boards(slack, channel)[-1]


async def test_a_shared_storyboard_stays_current_and_shows_how_it_ended(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.2, animate=4.0, render=0.2)
    video = iacrea.account.add_video(sequences=5)
    board = await shared(slack, anna, listings, video.id)
    assert anna.id not in shown(board)

    await slack.command(ben, listings, f"/regen {video.id} 2 orbit left")
    await outcome(slack, listings)

    await slack.until(lambda _: "` · ready\n" in boards(slack, listings)[0].text)
    [ended] = boards(slack, listings)
    texts = [version.text for version in ended.versions]
    assert any("Animating 4 of 5" in text for text in texts[1:-1])
    assert ended.text.startswith(f"*Storyboard* of `{video.id}` · ready\n")
    assert cards(ended)[1]["title"]["text"] == "2 · orbit left"
    assert cards(ended)[1]["subtitle"]["text"] == "Ready"
    assert "997 left" in shown(ended)


async def test_a_press_on_a_shared_storyboard_is_answered_in_its_thread(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=2)
    board = await shared(slack, anna, listings, video.id)

    asked = slack.decline(ben, board, "regenerate_again", "sequence-1")
    assert iacrea.posts == 0, "no is no"
    await slack.click(ben, board, "regenerate_again", "sequence-1")
    result = await outcome(slack, listings)

    assert f"<@{ben.id}>" in result.text
    assert result.thread_ts == board.ts
    assert asked.text == (
        "This regenerates sequence 1 of 2 with the same effect, push in. "
        "It costs credits; how many is not known yet."
    )


async def test_what_is_shared_in_one_press_delivered_twice_is_posted_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=2)
    board = await opened(slack, anna, listings, f"/regen {video.id}")

    delivery = await slack.click(anna, board, "share_storyboard")
    await slack.redeliver(delivery)
    await slack.until(lambda _: boards(slack, listings))
    await asyncio.sleep(0.5)

    assert len(boards(slack, listings)) == 1


async def test_a_storyboard_that_is_gone_is_forgotten_and_the_outcome_told_all_the_same(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    redis: Redis,
    prefix: str,
) -> None:
    video = iacrea.account.add_video(sequences=2)
    elsewhere = slack.workspace.add_channel("elsewhere", bot_member=True)
    board = await shared(slack, anna, elsewhere, video.id)
    store, wanted = SharedStoryboards(redis, prefix), VideoId(video.id)
    [noted] = await store.shared(wanted)
    assert (noted.channel, noted.ts) == (ChannelId(elsewhere.id), MessageTs(board.ts))

    slack.workspace.delete_channel(elsewhere)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    for _ in range(1200):
        if not await store.shared(wanted):
            return
        await asyncio.sleep(0.05)
    pytest.fail("it is still remembered")


async def test_where_the_bot_cannot_post_it_says_so_and_shares_nothing(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=2)
    board = await opened(slack, anna, listings, f"/regen {video.id}")
    slack.faults.errors = {"chat.postMessage": ["restricted_action"]}

    await slack.click(anna, board, "share_storyboard")

    assert "Only some people may post" in await private(slack, anna, listings, count=2)


async def test_where_slack_does_not_tell_whether_it_was_posted_it_says_so(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=2)
    board = await opened(slack, anna, listings, f"/regen {video.id}")
    slack.faults.lost_answers["chat.postMessage"] = 1

    await slack.click(anna, board, "share_storyboard")

    told = await private(slack, anna, listings, count=2)
    assert "Look in the channel before you share it again" in told
    assert "Nothing was started" not in told
    assert len(boards(slack, listings)) == 1
