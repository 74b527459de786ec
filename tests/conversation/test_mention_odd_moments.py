"""Mentions at odd moments, and of odd words: nothing is spent by mistake, and nothing is lost."""

import asyncio

import pytest
from redis.asyncio import Redis

from sandbox.slack import Message, SlackSimulator, User
from tests.conftest import metadata, replies
from tests.conversation.conftest import Named, Scene, slow

pytestmark = pytest.mark.usefixtures("bot")
READ = {
    "@Regen ```2 push out```": True,
    "@Regen `2`": True,
    "@Regen @Regen 2": False,
    "@Regen\n> 2 push out": False,
    "• @Regen 2\n• and 3": False,
    "@Regen kitchen 2": False,
    "@Regen 2?": False,
}
"""What is said in the thread of a video, and whether it spends."""


def answers(scene: Scene, user: User) -> list[Message]:
    return scene.slack.workspace.ephemerals(user, scene.channel)


async def thread_about(scene: Scene, user: User, *videos: str) -> str:
    """A thread whose parent somebody else wrote, with a link to each video."""
    links = " and ".join(f"https://iacrea.com/video/{each}" for each in videos)
    return (await scene.says(user, f"see {links}")).ts


async def test_forty_thousand_characters_are_prose(scene: Scene, anna: User) -> None:
    video = scene.video()
    await scene.says(anna, f"@Regen {video.id} 2 " + "push out " * 4440)
    await scene.told(anna, "wholly a command")

    assert scene.paid == []
    await scene.says(anna, f"@Regen {video.id} 2")
    await scene.next(0)


async def test_fifty_mentions_in_a_minute_are_answered_ten_times_and_what_was_accepted_is_told(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    for number in range(50):
        words = f"{video.id} 2" if number == 40 else "effects"
        await scene.says(anna, f"@Regen {words}")
    await scene.next(0)

    assert 5 <= len(answers(scene, anna)) <= 10
    assert scene.paid == [video.id]


async def test_in_a_thread_whose_parent_was_deleted_nothing_is_spent_and_that_is_said(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    first = await scene.regenerates(anna, f"{video.id} 1")
    scene.slack.hold_up(0.5)
    saying = asyncio.create_task(scene.says(anna, "@Regen 2", first.thread_ts))
    await asyncio.sleep(0.1)
    workspace = scene.slack.workspace
    workspace.delete(workspace.message(scene.channel.id, str(first.thread_ts)))
    await saying

    await scene.slack.until(lambda w: "was deleted" in w.transcript())
    assert len(scene.paid) == 1


async def test_in_a_channel_that_the_bot_has_left_since_nothing_is_spent_and_that_is_said(
    scene: Scene, slack: SlackSimulator, anna: User
) -> None:
    video = scene.video()
    deal = slack.workspace.add_channel("deal", private=True, bot_member=True, members=[anna])
    slack.hold_up(0.5)
    saying = asyncio.create_task(scene.says(anna, f"@Regen {video.id} 2", channel=deal))
    await asyncio.sleep(0.1)
    slack.workspace.leave(deal, slack.workspace.bot)
    await saying

    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    assert "I cannot post here" in slack.workspace.messages(direct)[-1].text
    assert scene.paid == []


async def test_a_thread_about_two_videos_is_asked_about_and_the_button_starts_exactly_that(
    scene: Scene, anna: User
) -> None:
    one, two = scene.video(), scene.video()
    thread = await thread_about(scene, anna, one.id, two.id)
    await scene.says(anna, "@Regen 2 push out", thread)
    asked = await scene.told(anna, "several videos")
    assert scene.paid == []
    assert asked.thread_ts == thread

    row = next(block for block in asked.blocks if two.id in str(block))
    await scene.slack.click(anna, asked, "go_ahead", row["block_id"])
    await scene.slack.until(lambda _: replies(scene.slack, scene.channel))
    await scene.iacrea.until(lambda _: scene.paid)
    assert scene.paid == [two.id]
    assert scene.posts[0]["sequence"] == {"effect": "CAMERA_PUSH_OUT"}


async def test_a_thread_about_no_video_says_what_to_type_and_the_form_is_filled_in(
    scene: Scene, anna: User
) -> None:
    thread = (await scene.says(anna, "what a day")).ts
    await scene.says(anna, "@Regen 2 push out", thread)
    asked = await scene.told(anna, "Which video?")

    assert "<video> 2 push out" in asked.text.replace("&lt;", "<").replace("&gt;", ">")
    await scene.slack.click(anna, asked, "open_form_with")
    await scene.slack.until(lambda w: "form_effect" in str(w.modals(anna)))
    [form] = scene.slack.workspace.modals(anna)
    effect = next(each for each in form.blocks if each["block_id"] == "form_effect")
    assert effect["element"]["initial_option"]["value"] == "CAMERA_PUSH_OUT"


async def test_again_where_nothing_has_ended_says_so(scene: Scene, anna: User) -> None:
    thread = await thread_about(scene, anna, scene.video().id)
    await scene.says(anna, "@Regen again", thread)

    assert "nothing to do again" in (await scene.told(anna)).text
    assert scene.paid == []


async def test_code_is_read_and_a_quotation_a_list_or_two_mentions_are_prose(
    scene: Scene, slack: SlackSimulator
) -> None:
    for words, spends in READ.items():
        user = slack.workspace.add_user(f"person-{len(slack.workspace.users())}")
        video = scene.video()
        thread = await thread_about(scene, user, video.id)
        await scene.says(user, words, thread)
        if spends:
            await scene.iacrea.until(lambda _, of=video.id: of in scene.paid)
        else:
            await scene.told(user, "wholly a command")
        assert scene.paid.count(video.id) == spends, words
    assert len(scene.paid) == 2


async def test_a_message_that_becomes_a_command_when_it_is_edited_starts_nothing(
    scene: Scene, anna: User
) -> None:
    thread = await thread_about(scene, anna, scene.video().id)
    for before in ("hello", "@Regen hello"):
        message = await scene.says(anna, before, thread)
        await scene.slack.edit(anna, message, "@Regen 2")
    await scene.told(anna, "wholly a command")
    await asyncio.sleep(0.5)

    assert len(answers(scene, anna)) == 1
    assert scene.paid == []


async def test_the_same_by_command_and_by_mention_is_one_and_the_second_is_pointed_to_it(
    scene: Scene, anna: User
) -> None:
    video = slow(scene.iacrea)
    await asyncio.gather(scene.types(anna, f"{video} 2"), scene.says(anna, f"@Regen {video} 2"))
    asked = await scene.told(anna, "already")

    assert asked.blocks
    await scene.iacrea.until(lambda _: scene.paid)
    assert scene.paid == [video]
    parts = [metadata(each).get("part") for each in scene.slack.workspace.messages(scene.channel)]
    assert parts.count("announcement") == 1


async def test_a_slip_in_a_videos_name_is_answered_with_the_video_that_is_called_alike(
    scene: Scene, named: Named, anna: User
) -> None:
    video = scene.video()
    await scene.says(anna, f"@Regen name {video.id} lilac-street")
    await named(scene.channel)
    await scene.says(anna, "@Regen lilac-stret 2")
    asked = await scene.told(anna, "lilac-street")
    assert scene.paid == []

    await scene.says_yes(anna, asked)
    assert scene.paid == [video.id]


async def test_without_the_history_scope_the_thread_of_what_the_bot_posted_is_known_all_the_same(
    scene: Scene, anna: User
) -> None:
    scene.slack.scopes.difference_update({"channels:history", "groups:history"})
    video = scene.video()
    first = await scene.regenerates(anna, f"{video.id} 1")
    elsewhere = await thread_about(scene, anna, video.id)

    await scene.says(anna, "@Regen 2", first.thread_ts)
    await scene.next(1)
    await scene.says(anna, "@Regen 3", elsewhere)
    assert "Which video?" in (await scene.told(anna)).text
    assert len(scene.paid) == 2


@pytest.mark.alone
async def test_with_redis_away_it_says_that_nothing_was_started(
    scene: Scene, redis: Redis, anna: User
) -> None:
    video = scene.video()
    await redis.client_pause(2000)
    await scene.says(anna, f"@Regen {video.id} 2")
    told = await scene.told(anna)
    await asyncio.sleep(1.0)

    assert "could not write your request down" in told.text
    assert scene.slack.deliveries[-1].latency < 2.0
    assert scene.paid == []
    await scene.says(anna, f"@Regen {video.id} 2")
    await scene.next(0)
