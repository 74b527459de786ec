"""Following a video: one card, each failure once, the end once; and nothing is ever sent for it."""

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.iacrea.video import VideoStatus
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import metadata, replies
from tests.conversation.conftest import Scene, private
from tests.conversation.following import cards, endless, labels, stalled, text, told

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_video_that_stood_still_is_finished_by_following_it(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = stalled(iacrea, "success", "pending", "error")
    assert iacrea.polls(video.id) == 0

    await slack.command(anna, listings, f"/regen watch {video.id}")
    await slack.until(lambda _: told(slack, listings, "end"))
    await slack.until(lambda _: "see the thread" in cards(slack, listings)[0].text)

    [card], [end] = cards(slack, listings), told(slack, listings, "end")
    [failed] = told(slack, listings, video.sequences[2].id)
    assert "followed this video" in card.text
    assert "Ready" in card.text
    assert "sequence 3" in failed.text
    assert {"Regenerate", "Another effect"} <= set(labels(failed))
    assert "the video is ready" in end.text
    assert "What failed: sequence 3" in end.text
    assert {"Watch", "Regenerate failed (1)"} <= set(labels(end))
    assert {each.thread_ts for each in (failed, end)} == {card.ts}
    assert iacrea.posts == 0
    assert len(replies(slack, listings)) == 2


async def test_what_is_ready_already_is_answered_in_private(
    slack: SlackSimulator, anna: User, listings: Channel, scene: Scene
) -> None:
    video = scene.video(["success", "error"])

    await scene.types(anna, f"watch {video.id}")

    answer = await scene.told(anna, "There is nothing to follow")
    assert "is ready" in answer.text
    assert "What failed: sequence 2 of 2" in answer.text
    assert {"Watch", "Regenerate failed (1)"} <= set(labels(answer))
    assert cards(slack, listings) == []


async def test_a_second_one_points_to_the_first(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    scene: Scene,
) -> None:
    video = endless(iacrea)
    elsewhere = slack.workspace.add_channel("elsewhere", bot_member=True)

    await scene.types(anna, f"watch {video.id}")
    await slack.until(lambda _: cards(slack, listings))
    await scene.types(ben, f"watch {video.id}")
    answer = await private(slack, ben, listings)
    await scene.types(ben, f"watch {video.id}", elsewhere)
    await slack.until(lambda _: cards(slack, elsewhere))

    assert "followed here already" in answer
    assert cards(slack, listings)[0].ts.replace(".", "") in answer
    assert len(cards(slack, listings)) == 1


async def test_it_is_stopped_and_goes_on_in_the_same_card(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = stalled(iacrea)
    iacrea.account.timings = Timings(queue=0.1, animate=0.5, render=60.0)
    await slack.command(anna, listings, f"/regen watch {video.id}")
    await slack.until(lambda _: "Rendering" in text(slack, listings))

    await slack.click(ben, cards(slack, listings)[0], "stop_following")
    await slack.until(lambda _: "stopped following" in text(slack, listings))
    assert f"as <@{ben.id}> asked" in text(slack, listings)
    polls = iacrea.polls(video.id)
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=0.1)

    await slack.click(anna, cards(slack, listings)[0], "keep_following")
    await slack.until(lambda _: told(slack, listings, "end"))
    await slack.until(lambda _: "Ready" in text(slack, listings))

    assert len(cards(slack, listings)) == 1
    assert len(replies(slack, listings)) == 1
    assert iacrea.polls(video.id) > polls


async def test_an_error_that_passed_when_it_was_stopped_is_told_once_it_stands(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=60.0, animate=60.0, render=0.1)
    video = iacrea.account.add_video(["error", "pending"], state="PENDING")
    await slack.command(anna, listings, f"/regen watch {video.id}")
    await iacrea.until(lambda _: iacrea.polls(video.id) > 3)
    await slack.until(lambda _: "Stop watching" in str(cards(slack, listings)))
    await slack.click(anna, cards(slack, listings)[0], "stop_following")
    await slack.until(lambda _: "stopped following" in text(slack, listings))
    assert "What failed" not in text(slack, listings), "IACrea restarts it by itself"

    video.sequences[0].restarting = False
    video.status = VideoStatus.GENERATING_VIDEO
    await slack.click(anna, cards(slack, listings)[0], "keep_following")
    await slack.until(lambda _: told(slack, listings))

    [failed] = told(slack, listings)
    assert "sequence 1" in failed.text
    assert "Regenerate" in labels(failed)


async def test_a_regeneration_begun_in_its_thread_joins_it(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, scene: Scene
) -> None:
    video = endless(iacrea, "error")
    await scene.says(anna, f"@Regen watch {video.id}")
    await slack.until(lambda _: told(slack, listings))
    [failed] = told(slack, listings)

    await slack.click(anna, failed, "retry")
    await iacrea.until(lambda _: iacrea.posts == 1)
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=0.1)
    video.sequences[1].ready_at = 0.0
    await slack.until(lambda _: told(slack, listings, "end"))

    [card], said = cards(slack, listings), replies(slack, listings)
    assert {each.thread_ts for each in said} == {card.ts}
    assert [each for each in said if metadata(each)["part"] == "announcement"]
    assert "Nothing failed" in told(slack, listings, "end")[0].text
    assert iacrea.posts == 1


async def test_an_automatic_video_is_followed_by_the_get_of_its_own(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.5, render=0.5)
    rooms = {"rooms": ["KITCHEN", "DESK"], "state": "GENERATING_VIDEO"}
    video = iacrea.account.add_video(["error", "pending"], **rooms)

    await slack.command(anna, listings, f"/regen watch {video.id}")
    await slack.until(lambda _: told(slack, listings, "end"))

    [failed], [end] = told(slack, listings, video.sequences[0].id), told(slack, listings, "end")
    assert labels(failed) == ["Storyboard"]
    assert labels(end) == ["Watch", "Storyboard"]
