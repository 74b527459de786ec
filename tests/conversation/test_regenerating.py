"""What a person sees, from the command to the outcome, in both modes."""

import asyncio
import itertools
import json

import pytest
from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import button, outcome, private

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_command_regenerates_the_sequence_and_tells_its_thread(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)

    delivery = await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    result = await outcome(slack, listings)

    assert delivery.ok
    [announcement] = slack.workspace.messages(listings)
    assert result.thread_ts == announcement.ts
    assert f"<@{anna.id}>" in result.text
    assert "sequence 2 of 5 is ready" in result.text
    assert "3 credits used · 997 left" in json.dumps(result.blocks, ensure_ascii=False)
    assert video.sequences[1].effect == "CAMERA_PUSH_OUT"
    assert button(result, "watch")["url"] == video.final_url
    assert iacrea.posts == 1


async def test_the_announcement_stands_before_anything_is_spent_and_carries_the_picture(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)

    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    posted = next(call for call in slack.calls if call.method == "chat.postMessage")
    spent = next(call for call in iacrea.calls if call.method == "POST")
    assert posted.at <= spent.time
    [announcement] = slack.workspace.messages(listings)
    first = announcement.versions[0]
    assert "is regenerating *sequence 2 of 5*" in first.text
    assert first.blocks[0]["accessory"]["image_url"].endswith("photo-2.jpg")


async def test_progress_is_edited_into_the_announcement(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.2, animate=4.0, render=0.2)
    video = iacrea.account.add_video(sequences=5)

    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    [announcement] = slack.workspace.messages(listings)
    texts = [version.text for version in announcement.versions]
    assert any("Animating 4 of 5 sequences" in text for text in texts)
    edits = [version.at for version in announcement.versions[1:-1]]
    assert all(later - earlier >= 2.9 for earlier, later in itertools.pairwise(edits))


async def test_regenerate_again_repeats_effect_and_image_in_the_same_thread(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    image = "https://example.com/kitchen.jpg"
    await slack.command(anna, listings, f"/regen {video.id} 2 push out {image}")
    first = await outcome(slack, listings)

    await slack.click(ben, first, "regenerate_again")
    second = await outcome(slack, listings, count=2)

    assert second.thread_ts == first.thread_ts
    assert f"<@{ben.id}>" in second.text
    bodies = [call.body for call in iacrea.calls if call.method == "POST"]
    assert (
        bodies
        == [
            {
                "sequenceId": video.sequences[1].id,
                "sequence": {"effect": "CAMERA_PUSH_OUT", "url": image},
            }
        ]
        * 2
    )
    assert len(slack.workspace.messages(listings)) == 1


async def test_another_effect_is_chosen_from_the_menu(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    first = await outcome(slack, listings)

    refused = slack.decline(anna, first, "another_effect")
    assert iacrea.posts == 1, "no is no"
    await slack.select(anna, first, "another_effect", "CAMERA_ORBIT_LEFT")
    second = await outcome(slack, listings, count=2)

    assert refused.title == "Spend credits?"
    assert refused.text == (
        "This regenerates sequence 2 of 5 with the effect that you chose. It costs about 3 credits."
    )
    assert [each.agreed for each in slack.dialogs] == [False, True]
    assert "orbit left" in second.text
    assert video.sequences[1].effect == "CAMERA_ORBIT_LEFT"


async def test_a_failed_sequence_is_told_with_retry_and_the_retry_succeeds(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.account.fail_next(video, video.sequences[2])
    await slack.command(anna, listings, f"/regen {video.id} 3 zoom out")
    failure = await outcome(slack, listings)
    assert "sequence 3 of 5 failed" in failure.text

    await slack.click(anna, failure, "retry")
    success = await outcome(slack, listings, count=2)

    assert "sequence 3 of 5 is ready" in success.text
    assert video.sequences[2].effect == "CAMERA_PUSH_OUT"
    assert iacrea.posts == 2


async def test_what_is_delivered_twice_is_spent_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    slack.faults.deliver_twice = 1

    delivery = await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.redeliver(delivery)
    result = await outcome(slack, listings)
    slack.faults.deliver_twice = 1
    await slack.click(anna, result, "regenerate_again")
    await outcome(slack, listings, count=2)

    assert iacrea.posts == 2
    assert slack.workspace.ephemerals(anna, listings) == []


async def test_the_second_press_of_a_double_click_points_to_the_first(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)

    await asyncio.gather(
        slack.click(anna, result, "regenerate_again"), slack.click(ben, result, "regenerate_again")
    )
    await outcome(slack, listings, count=2)

    assert iacrea.posts == 2
    private_ones = [
        each.text for who in (anna, ben) for each in slack.workspace.ephemerals(who, listings)
    ]
    assert len(private_ones) == 1
    assert "being regenerated already" in private_ones[0]
    assert "/archives/" in private_ones[0]


async def test_several_sequences_are_asked_about_once_and_then_told_as_one(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=6)
    await slack.command(anna, listings, f"/regen {video.id} 2,4-5 orbit left")
    assert "3 sequences" in await private(slack, anna, listings)
    assert iacrea.posts == 0
    assert slack.workspace.messages(listings) == []

    [question] = slack.workspace.ephemerals(anna, listings)
    await slack.click(anna, question, "go_ahead")
    result = await outcome(slack, listings)

    assert iacrea.posts == 3
    assert "sequences 2, 4 and 5 of 6 are ready" in result.text
    assert slack.workspace.ephemerals(anna, listings) == []


async def test_a_render_in_progress_is_not_cancelled_without_asking(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=30.0)
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda _: video.status == "RENDERING_VIDEO")

    await slack.command(anna, listings, f"/regen {video.id} 3")

    assert "render is in progress" in await private(slack, anna, listings)
    assert iacrea.posts == 1
    assert video.renders_cancelled == 0

    [question] = slack.workspace.ephemerals(anna, listings)
    await slack.click(anna, question, "go_ahead")
    await iacrea.until(lambda it: it.posts == 2)
    assert video.renders_cancelled == 1

    iacrea.account.timings = QUICK
    await outcome(slack, listings, count=2)


async def test_a_video_that_renders_and_was_never_seen_shows_no_sequences_to_choose_from(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=30.0)
    video = iacrea.account.add_video(sequences=3, state="RENDERING_VIDEO")

    await slack.command(anna, listings, f"/regen {video.id} 2")

    assert "IACrea is rendering that video" in await private(slack, anna, listings)
    assert iacrea.posts == 0


async def test_a_message_refused_for_its_picture_is_sent_without_it(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    slack.faults.errors["chat.postMessage"] = ["invalid_blocks"]

    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    [announcement] = slack.workspace.messages(listings)
    assert "accessory" not in announcement.versions[0].blocks[0]


async def test_a_button_works_after_redis_was_emptied(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    redis: Redis,
    prefix: str,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    result = await outcome(slack, listings)
    await redis.delete(*await redis.keys(f"{prefix}*"))

    await slack.click(anna, result, "regenerate_again")

    assert "is ready" in (await outcome(slack, listings, count=2)).text
    assert iacrea.posts == 2


async def test_where_the_bot_cannot_post_nothing_is_spent_and_the_person_is_told_how_to_mend_it(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User
) -> None:
    secret = slack.workspace.add_channel("secret", private=True, members=[anna])
    video = iacrea.account.add_video(sequences=5)

    await slack.command(anna, secret, f"/regen {video.id} 2")

    assert "/invite" in await private(slack, anna, secret)
    assert iacrea.posts == 0


async def test_two_requests_on_one_video_share_its_polls(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=1.5, render=0.2)
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    await slack.command(anna, listings, f"/regen {video.id} 3")
    await outcome(slack, listings, count=2)

    polls = [call.time for call in iacrea.calls if call.method == "GET"]
    watched = polls[-1] - polls[0]
    assert len(polls) <= watched / 0.1 + 4, "one poll an interval, and one check a request"
    assert iacrea.posts == 2


async def test_nothing_is_polled_after_the_end(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)
    polls = iacrea.polls(video.id)

    await asyncio.sleep(0.5)

    assert iacrea.polls(video.id) == polls
