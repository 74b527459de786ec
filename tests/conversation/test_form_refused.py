"""A form that may not start anything, or cannot: nothing is lost, and nothing spent twice."""

import asyncio

from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator, Slow
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Start, outcome, private
from tests.conversation.forms import button_message, field, filled, opened, options, the_form


async def test_who_may_not_spend_sees_no_form(
    with_settings: Start, slack: SlackSimulator, anna: User, ben: User, listings: Channel
) -> None:
    async with with_settings(ALLOWED_USERS=anna.id):
        await slack.command(ben, listings, "/regen")
        assert "may not spend credits" in await private(slack, ben, listings)
    assert slack.workspace.modals(ben) == []


async def test_a_channel_in_which_nothing_may_be_spent_is_said_beside_its_field(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    allowed = slack.workspace.add_channel("videos", bot_member=True)
    async with with_settings(ALLOWED_CHANNELS=allowed.id):
        view = await filled(slack, anna, listings, video.id, 1, 2)
        await slack.submit(anna, view.id, {})
        [refused] = slack.workspace.modals(anna)
        assert refused.errors == {
            "form_channel": "Credits may not be spent there. Choose another conversation."
        }
        slack.fill(view, "form_channel", allowed.id)
        await slack.submit(anna, view.id, {})
        await slack.submit(anna, view.id, {})
        await outcome(slack, allowed)
    assert iacrea.posts == 2


async def test_with_redis_away_the_form_says_so_and_another_try_starts_it(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    redis: Redis,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    async with with_settings():
        view = await filled(slack, anna, listings, video.id, 2)
        slack.fill(view, "form_image", "https://example.com/kitchen.jpg")
        await redis.client_pause(2500)
        delivery = await slack.submit(anna, view.id, {})
        [told] = slack.workspace.modals(anna)
        offered = await slack.suggest(anna, told, "form_video", "kitchen-12")
        await asyncio.sleep(1.5)
        assert delivery.ok
        assert "could not write your request down" in str(told.blocks[0])
        assert [each["value"] for each in options(offered)] == ["kitchen-12"]

        await slack.submit(anna, told.id, {})
        await outcome(slack, listings)
    assert "It has started" in str(slack.workspace.modals(anna)[-1].blocks)
    assert video.sequences[1].image == "https://example.com/kitchen.jpg"
    assert iacrea.posts == 1


async def test_with_redis_away_a_yes_and_a_name_are_not_lost_without_a_word(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    redis: Redis,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    async with with_settings():
        view = await filled(slack, anna, listings, video.id, 1, 2)
        await slack.submit(anna, view.id, {})
        await redis.client_pause(1500)
        await slack.submit(anna, view.id, {})
        [told] = slack.workspace.modals(anna)
        assert "could not write your request down" in str(told.blocks[0])
        await asyncio.sleep(1.0)
        await slack.submit(anna, told.id, {})
        await outcome(slack, listings)
        board = button_message(slack, listings, "name_video", video.id)
        await slack.click(anna, board, "name_video")
        naming = await the_form(slack, anna, video.id)
        await redis.client_pause(1500)
        await slack.submit(anna, naming.id, {"name": {"name": {"value": "harbour"}}})
        [refused] = slack.workspace.modals(anna)
        assert "could not keep the name" in refused.errors["name"]
        await asyncio.sleep(1.0)
    assert iacrea.posts == 2


async def test_the_slower_of_two_chosen_videos_does_not_replace_the_later_one(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    slow, quick = (iacrea.account.add_video(sequences=3) for _ in range(2))
    async with with_settings():
        view = await opened(slack, anna, listings)
        iacrea.faults.gets.append(Slow(1.0))
        for video in (slow, quick):
            await slack.suggest(anna, view, "form_video", video.id)
            await slack.select(anna, view, "form_video", video.id)
        await the_form(slack, anna, f"form_sequences-{quick.id}")
        await asyncio.sleep(1.5)
        [shown] = slack.workspace.modals(anna)
    assert quick.id in str(shown.blocks)
    assert field(shown, "form_video")["initial_option"]["value"] == quick.id
