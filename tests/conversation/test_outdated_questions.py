"""A yes to an old question: what was started since it was asked is said before more is paid."""

import pytest

from sandbox.iacrea import Timings
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Scene
from tests.conversation.forms import filled, the_form

pytestmark = pytest.mark.usefixtures("bot")
HELD_UP = 3.6
"""Seconds, with Slack waiting for three."""
SLOW = Timings(queue=0.1, animate=1.5, render=0.2)


@pytest.fixture
def video(scene: Scene) -> Video:
    return scene.video(4)


async def test_what_slack_gave_up_on_and_was_typed_again_is_not_paid_for_twice_unasked(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User
) -> None:
    slack.hold_up(HELD_UP)
    await scene.types(anna, f"{video.id} 2")
    old = await scene.told(anna, "had given up")
    await scene.regenerates(anna, f"{video.id} 2")

    await slack.click(anna, old, "start_now")

    new = await scene.told(anna, "Since then it has been started already")
    assert scene.iacrea.posts == 1
    assert f"for <@{anna.id}>: <https://" in new.text
    assert "once more costs about 3 credits again. 997 are left. " in new.text
    await scene.says_yes(anna, new)
    assert scene.iacrea.posts == 2


async def test_what_slack_gave_up_on_and_runs_by_now_is_not_paid_for_twice_unasked(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User
) -> None:
    scene.iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.2)
    slack.hold_up(HELD_UP)
    await scene.types(anna, f"{video.id} 2")
    old = await scene.told(anna, "had given up")
    await scene.types(anna, f"{video.id} 2")
    await scene.iacrea.until(lambda it: it.posts == 1)

    await slack.click(anna, old, "start_now")

    await scene.told(anna, "being regenerated already")
    assert scene.iacrea.posts == 1


async def test_a_question_that_comes_late_says_itself_what_was_started_since(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User, ben: User
) -> None:
    await scene.types(anna, f"{video.id} 1,2")
    old = await scene.told(anna, "2 sequences")
    await scene.regenerates(ben, f"{video.id} 1")
    slack.hold_up(HELD_UP)
    await slack.click(anna, old, "go_ahead")

    late = await scene.told(anna, "had given up")

    assert "Since then 1 of the 2 sequences has been started already, last for" in late.text
    assert f"<@{ben.id}>" in late.text
    assert "Regenerating all 2 once more costs about 6 credits again." in late.text
    assert "Nothing was started" not in late.text
    await scene.says_yes(anna, late, "start_now")
    assert scene.iacrea.posts == 3


async def test_a_yes_to_several_of_which_one_was_started_since_is_asked_for_once_more(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User, ben: User
) -> None:
    await scene.types(anna, f"{video.id} 1-3")
    old = await scene.told(anna, "3 sequences")
    await scene.regenerates(ben, f"{video.id} 2")
    await scene.regenerates(ben, f"{video.id} 4")

    await slack.click(anna, old, "go_ahead")

    new = await scene.told(
        anna, "Since then 1 of the 3 sequences has been started already, last for"
    )
    assert "This regenerates 3 sequences, for about 9 credits. 994 are left." in new.text
    assert scene.iacrea.posts == 2
    await scene.says_yes(anna, new)
    assert scene.iacrea.posts == 5


async def test_a_yes_to_several_in_the_form_too(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User, ben: User, listings: Channel
) -> None:
    view = await filled(slack, anna, listings, video.id, 1, 2)
    await slack.submit(anna, view.id, {})
    asking = await the_form(slack, anna, "Go ahead?")
    await scene.regenerates(ben, f"{video.id} 1")

    await slack.submit(anna, asking.id, {})

    await scene.told(anna, "Since then 1 of the 2 sequences has been started already")
    assert scene.iacrea.posts == 1


async def test_what_failed_in_a_video_that_was_not_followed_is_asked_about_once_regenerated_since(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = scene.iacrea.account.add_video(["success", "error"])
    await scene.types(anna, f"watch {video.id}")
    old = await scene.told(anna, "nothing to follow")
    scene.iacrea.account.fail_next(video)
    await scene.regenerates(ben, f"{video.id} 2")

    await slack.click(anna, old, "retry")

    await scene.told(anna, "Since then it has been started already")
    assert scene.iacrea.posts == 1


async def test_a_yes_to_cancel_a_render_cancels_no_later_one(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User, ben: User
) -> None:
    scene.iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=60.0)
    await scene.types(ben, f"{video.id} 1")
    await scene.iacrea.until(lambda _: video.status == "RENDERING_VIDEO")
    await scene.types(anna, f"{video.id} 3")
    old = await scene.told(anna, "render is in progress")
    await scene.types(ben, f"{video.id} 2")
    await slack.click(ben, await scene.told(ben, "render is in progress"), "go_ahead")
    await scene.iacrea.until(lambda it: it.posts == 2 and video.status == "RENDERING_VIDEO")

    pressed = await slack.click(anna, old, "go_ahead")

    await slack.until(lambda w: [m for m in w.ephemerals(anna, scene.channel) if m.ts != old.ts])
    new = await scene.told(anna, "render is in progress")
    assert pressed.ok
    assert "would be cancelled" in new.text
    assert "It costs about 3 credits. 994 are left." in new.text
    assert (scene.iacrea.posts, video.renders_cancelled) == (2, 1)


async def test_a_yes_to_what_ran_is_no_yes_to_what_was_started_later(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User, ben: User
) -> None:
    scene.iacrea.account.timings = SLOW
    await scene.types(ben, f"{video.id} 2")
    await scene.iacrea.until(lambda it: it.posts == 1)
    await scene.types(anna, f"{video.id} 2")
    old = await scene.told(anna, "being regenerated already")
    await scene.next(0)
    await scene.regenerates(ben, f"{video.id} 2")

    await slack.click(anna, old, "go_ahead")

    await scene.told(anna, "Since then it has been started already")
    assert scene.iacrea.posts == 2


async def test_a_yes_to_what_ran_is_one_also_when_that_has_finished(
    scene: Scene, video: Video, anna: User, ben: User
) -> None:
    scene.iacrea.account.timings = SLOW
    await scene.types(ben, f"{video.id} 2")
    await scene.iacrea.until(lambda it: it.posts == 1)
    await scene.types(anna, f"{video.id} 2")
    old = await scene.told(anna, "being regenerated already")
    await scene.next(0)

    await scene.says_yes(anna, old)

    assert scene.iacrea.posts == 2


async def test_what_was_shown_as_failed_and_started_since_is_asked_about(
    scene: Scene, slack: SlackSimulator, video: Video, anna: User, ben: User
) -> None:
    scene.iacrea.account.fail_next(video, video.sequences[1])
    await scene.regenerates(anna, f"{video.id} 2")
    await scene.types(anna, f"show {video.id}")
    shown = await scene.told(anna, '"retry"')
    await scene.regenerates(ben, f"{video.id} 2")

    await slack.click(anna, shown, "retry")

    await scene.told(anna, "Since then it has been started already for")
    assert scene.iacrea.posts == 2
