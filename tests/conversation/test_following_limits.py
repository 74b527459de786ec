"""Who may follow, how many videos at a time, where it is switched off; and credits that fall."""

import asyncio
import json

from redis.asyncio import Redis

from bot.domain.follow import MOST_FOLLOWED
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Guest, SlackSimulator, User
from tests.conversation.conftest import Scene, Start, private
from tests.conversation.following import cards, endless, labels, stalled, text, told
from tests.conversation.forms import the_form


async def test_whoever_may_only_look_follows_without_a_credit_left(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    gus = slack.workspace.add_user("gus", guest=Guest.MULTI_CHANNEL)
    slack.workspace.join(listings, gus)
    iacrea.account.credits = 0
    video = stalled(iacrea)
    nobody = {"ALLOWED_USERS": "U0000099999", "ALLOWED_CHANNELS": "C0000099999"}
    async with with_settings(**nobody):
        await slack.command(gus, listings, f"/regen {video.id}")
        await private(slack, gus, listings)
        await slack.click(gus, slack.workspace.ephemerals(gus, listings)[-1], "follow")
        await slack.until(lambda _: told(slack, listings, "end"))

    assert "the video is ready" in told(slack, listings, "end")[0].text
    assert f"<@{gus.id}>" in told(slack, listings, "end")[0].text


async def test_where_it_is_switched_off_it_is_neither_offered_nor_done(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, scene: Scene
) -> None:
    video = endless(iacrea)
    async with with_settings(FOLLOW="off"):
        await scene.types(anna, "help")
        shown = await scene.told(anna, "opens a form")
        assert "watch" not in shown.text
        await scene.types(anna, f"watch {video.id}")
        await scene.told(anna, "switched off here")
        await scene.types(anna, video.id)
        board = await scene.told(anna, "Storyboard")
        assert "Follow" not in labels(board)
        polls = iacrea.polls(video.id)
        await asyncio.sleep(0.5)

    assert iacrea.polls(video.id) == polls
    assert cards(slack, scene.channel) == []


async def test_what_was_followed_before_it_was_switched_off_ends(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, scene: Scene
) -> None:
    video = endless(iacrea)
    async with with_settings():
        await scene.types(anna, f"watch {video.id}")
        await slack.until(lambda _: "Animating" in text(slack, scene.channel))
    async with with_settings(FOLLOW="off"):
        await slack.until(lambda _: "has ended it" in text(slack, scene.channel))


async def test_one_more_than_are_followed_at_a_time_is_refused(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    scene: Scene,
    redis: Redis,
    prefix: str,
) -> None:
    others = {f"C9 video-{number}": f"other-{number}" for number in range(MOST_FOLLOWED)}
    await redis.hset(f"{prefix}followed", mapping=others)
    video = endless(iacrea)
    async with with_settings():
        await scene.types(anna, f"watch {video.id}")
        refused = await scene.told(anna, "followed already")

    assert f"{MOST_FOLLOWED} videos are followed already" in refused.text
    assert cards(slack, scene.channel) == []


async def test_it_ends_in_time_and_goes_on_where_somebody_wants_it(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, scene: Scene
) -> None:
    video = endless(iacrea)
    async with with_settings(GENERATION_TIMEOUT="2"):
        await scene.types(anna, f"watch {video.id}")
        await slack.until(lambda _: told(slack, scene.channel, "end"))
        [late] = told(slack, scene.channel, "end")
        await slack.until(lambda _: "Not ready in time" in text(slack, scene.channel))

        iacrea.account.timings = Timings(queue=0.0, animate=0.0, render=0.0)
        for each in video.sequences:
            each.ready_at = 0.0 if each.ready_at is not None else None
        await slack.click(anna, late, "keep_following")
        await slack.until(lambda _: len(told(slack, scene.channel, "end")) == 2)

    assert "still not ready" in late.text
    assert "the video is ready" in told(slack, scene.channel, "end")[1].text
    assert len(cards(slack, scene.channel)) == 1


async def test_credits_that_fall_without_a_request_of_ours_are_said(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, scene: Scene
) -> None:
    iacrea.account.restart_cost = 12
    video = stalled(iacrea, "success", "pending")
    iacrea.account.timings = Timings(queue=1.0, animate=0.3, render=2.0)
    iacrea.account.fail_next(video, transient=True)
    async with with_settings():
        await scene.types(anna, f"watch {video.id}")
        await slack.until(lambda _: told(slack, scene.channel, "end"))

    [end] = told(slack, scene.channel, "end")
    assert "12 credits were used between two looks at this video, and not by a request" in end.text
    assert len(told(slack, scene.channel)) == 1, "a restart is no failure"
    assert iacrea.posts == 0


async def test_the_form_of_a_message_and_the_status_lead_to_it(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, scene: Scene
) -> None:
    video = endless(iacrea)
    message = slack.workspace.say(anna, scene.channel, f"<https://iacrea.com/video/{video.id}>")
    async with with_settings():
        await slack.shortcut(anna, "regenerate_message", message)
        view = await the_form(slack, anna, f"form_sequences-{video.id}")
        await slack.click(anna, view, "follow_there")
        await slack.until(lambda _: cards(slack, scene.channel))

        await scene.types(anna, "status")
        status = await scene.told(anna, "Followed here")
        assert video.id in json.dumps(status.blocks)
        await slack.click(anna, status, "stop_following")
        await slack.until(lambda _: "stopped following" in text(slack, scene.channel))


async def test_in_a_thread_about_one_video_it_may_be_left_out(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, scene: Scene
) -> None:
    video = endless(iacrea)
    message = slack.workspace.say(anna, scene.channel, f"<https://iacrea.com/video/{video.id}>")
    async with with_settings():
        await scene.says(anna, "@Regen watch", message.ts)
        await slack.until(lambda w: len(w.thread(scene.channel, message.ts)) == 3)

    [_, _, card] = slack.workspace.thread(scene.channel, message.ts)
    assert "follows this video" in card.text or "This video is followed" in card.text


async def test_why_nothing_is_followed_is_tried_once_where_nobody_can_be_told(
    bot: dict[str, str], scene: Scene, redis: Redis, anna: User
) -> None:
    video = scene.iacrea.account.add_video(2)
    scene.slack.faults.errors = {
        "chat.postEphemeral": ["user_not_in_channel"] * 9,
        "chat.postMessage": ["user_disabled"] * 9,
    }
    await scene.says(anna, f"@Regen watch {video.id}")
    await scene.slack.until(lambda _: len(scene.slack.faults.errors["chat.postMessage"]) < 9)
    due = f"{bot['REDIS_PREFIX']}follows"
    for _ in range(600):
        if await redis.zcard(due) == 0:
            break
        await asyncio.sleep(0.1)

    assert await redis.zcard(due) == 0
    assert len(scene.slack.faults.errors["chat.postMessage"]) == 8
