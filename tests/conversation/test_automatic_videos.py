"""Videos that IACrea built by itself: shown, and not regenerated; nobody pays to find that out."""

import json
from typing import Any

import pytest

from sandbox.iacrea import Timings
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import replies
from tests.conversation.conftest import Named, Scene
from tests.conversation.forms import opened, the_form

pytestmark = pytest.mark.usefixtures("bot")
ROOMS = ("LIVING_ROOM", "KITCHEN", "BEDROOM")


@pytest.fixture
def video(scene: Scene) -> Video:
    return automatic(scene)


def automatic(scene: Scene) -> Video:
    """One with a sequence in error."""
    return scene.video(["success", "error", "success"], rooms=ROOMS)  # type: ignore[arg-type]


def pressable(message: Message) -> set[str]:
    """What can be pressed under a message and on its cards."""
    return set(_actions(message.blocks))


def _actions(node: Any) -> list[str]:
    if isinstance(node, list | tuple):
        return [found for each in node for found in _actions(each)]
    if isinstance(node, dict):
        own = [node["action_id"]] if "action_id" in node else []
        return own + _actions(list(node.values()))
    return []


async def test_regenerating_it_is_answered_in_private_with_what_can_be_done(
    scene: Scene, slack: SlackSimulator
) -> None:
    for number, typed in enumerate(("2", "kitchen push out", "failed", "1-3")):
        user = slack.workspace.add_user(f"person-{number}")
        video = automatic(scene)
        await scene.types(user, f"{video.id} {typed}")
        answer = await scene.told(user)

        assert answer.text.startswith(
            f"`{video.id}` is an automatic video, built by IACrea itself."
        ), typed
        assert "nothing was sent and nothing was spent" in answer.text
        assert f"`/regen {video.id}` shows its storyboard" in answer.text
        assert slack.workspace.messages(scene.channel) == []
        assert (scene.iacrea.polls(video.id), scene.iacrea.auto_polls(video.id)) == (1, 1)
        assert scene.posts == []


async def test_its_storyboard_says_what_cannot_be_done_and_offers_nothing_that_would_fail(
    scene: Scene, slack: SlackSimulator, anna: User, video: Video
) -> None:
    await scene.types(anna, video.id)
    board = await scene.told(anna, "Storyboard")

    assert "This is an automatic video" in board.text
    assert "2 · Kitchen" in json.dumps(board.blocks, ensure_ascii=False)
    assert "3 sequences · 1,000 left" in board.text
    assert {"share_storyboard", "name_video"} <= pressable(board)
    assert not pressable(board) & {"regenerate_again", "retry", "change"}
    assert scene.iacrea.auto_polls(video.id) == 1

    await slack.click(anna, board, "share_storyboard")
    await slack.until(lambda w: w.messages(scene.channel))
    [shared] = slack.workspace.messages(scene.channel)
    assert "This is an automatic video" in shared.text
    assert "name_video" in pressable(shared)
    assert not pressable(shared) & {"regenerate_again", "retry", "change"}


async def test_a_french_reader_is_told_in_french(
    scene: Scene, slack: SlackSimulator, listings: Channel, video: Video
) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")

    await scene.types(chloe, f"{video.id} 2")

    assert "est une vidéo automatique" in (await scene.told(chloe)).text
    assert scene.posts == []


async def test_the_form_says_so_as_soon_as_the_video_is_chosen(
    scene: Scene, slack: SlackSimulator, anna: User, video: Video
) -> None:
    view = await opened(slack, anna, scene.channel)
    await slack.suggest(anna, view, "form_video", video.id)
    await slack.select(anna, view, "form_video", video.id)

    assert "is an automatic video" in str((await the_form(slack, anna, "automatic")).blocks)


async def test_it_can_be_called_something_and_is_shown_by_that_name(
    scene: Scene, anna: User, video: Video, named: Named
) -> None:
    await scene.types(anna, f"name {video.id} lilac-street")
    await named(scene.channel)

    await scene.types(anna, "lilac-street")
    assert "*Storyboard* of `lilac-street`" in (await scene.told(anna, "Storyboard")).text
    await scene.types(anna, "lilac-street 2")
    assert "automatic video" in (await scene.told(anna, "nothing was spent")).text
    assert scene.posts == []


async def test_following_it_finishes_it_by_the_get_of_its_own(
    scene: Scene, slack: SlackSimulator, anna: User
) -> None:
    scene.iacrea.account.timings = Timings(queue=0.1, animate=1.5, render=0.5)
    video = scene.video(["error", "pending"], rooms=ROOMS, state="GENERATING_VIDEO")
    await scene.types(anna, video.id)
    await slack.click(anna, await scene.told(anna, "Storyboard"), "share_storyboard")
    await slack.until(lambda w: w.messages(scene.channel))

    await scene.types(anna, f"watch {video.id}")
    await slack.until(
        lambda _: any("is ready" in each.text for each in replies(slack, scene.channel))
    )
    await slack.until(
        lambda w: w.messages(scene.channel)[0].text.startswith(
            f"*Storyboard* of `{video.id}` · ready"
        )
    )

    failed, end = replies(slack, scene.channel)
    assert "sequence 1 · Living room failed at IACrea" in failed.text.replace("*", "")
    assert "What failed: sequence 1 · Living room" in end.text
    for each in (failed, end, *slack.workspace.messages(scene.channel)):
        assert pressable(each)
        assert not pressable(each) & {"regenerate_again", "retry", "change", "another_effect"}
    assert (
        scene.iacrea.polls(video.id) <= 5
    )  # for each question of hers, the first poll, the last edit
    assert scene.iacrea.auto_polls(video.id) > 6
    assert scene.posts == []
