"""Guard rails on credits: who may spend, how often, and what is asked or said about it."""

import asyncio
from typing import Any

from redis.asyncio import Redis

from bot.domain.ledger import month
from bot.store.ledger import Ledger
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK, replies
from tests.conversation.conftest import Start, button, is_outcome, outcome, private


async def test_who_may_not_spend_is_refused_by_command_and_button_alike(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(ALLOWED_USERS=anna.id, ADMIN_USERS=anna.id):
        await slack.command(ben, listings, f"/regen {video.id} 2")
        refused = await private(slack, ben, listings)
        assert "may not spend credits" in refused
        assert f"<@{anna.id}>" in refused

        await slack.command(anna, listings, f"/regen {video.id} 2")
        result = await outcome(slack, listings)
        await slack.click(ben, result, "regenerate_again")
        assert "may not spend credits" in await private(slack, ben, listings, count=2)
    assert iacrea.posts == 1


async def test_where_credits_may_not_be_spent_it_is_said_where_they_may(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    allowed = slack.workspace.add_channel("videos", bot_member=True)
    async with with_settings(ALLOWED_CHANNELS=allowed.id):
        await slack.command(anna, listings, f"/regen {video.id} 2")
        assert f"<#{allowed.id}>" in await private(slack, anna, listings)
        await slack.command(anna, allowed, f"/regen {video.id} 2")
        await outcome(slack, allowed)
    assert iacrea.posts == 1


async def test_the_hourly_limit_counts_what_was_sent_and_not_what_was_refused(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(MAX_REGENS_PER_HOUR="2"):
        await slack.command(anna, listings, f"/regen {video.id} 99")
        await private(slack, anna, listings)
        for number in (1, 2):
            await slack.command(anna, listings, f"/regen {video.id} {number}")
            result = await outcome(slack, listings, count=number)
        await slack.click(anna, result, "regenerate_again")
        assert "2 sequences an hour" in await private(slack, anna, listings, count=2)
        await slack.command(ben, listings, f"/regen {video.id} 3")
        await outcome(slack, listings, count=3)
    assert iacrea.posts == 3


async def test_few_credits_are_warned_of_and_none_are_refused_before_spending(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    iacrea.account.credits = 6
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(LOW_CREDITS="5"):
        await slack.command(anna, listings, f"/regen {video.id} 2")
        warned = await outcome(slack, listings)
        assert "Only 3 credits left" in str(warned.blocks)
        await slack.click(anna, warned, "regenerate_again")
        await outcome(slack, listings, count=2)
        await slack.command(anna, listings, f"/regen {video.id} 2")
        assert "Top them up" in await private(slack, anna, listings)
    assert iacrea.posts == 2


async def test_a_render_is_asked_about_naming_who_started_it_and_a_yes_costs_what_was_said(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=30.0)
    video = iacrea.account.add_video(sequences=4)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await iacrea.until(lambda _: video.status == "RENDERING_VIDEO")
        await slack.command(ben, listings, f"/regen {video.id} 3-4")
        asked = await private(slack, ben, listings)
        assert f"<@{anna.id}> started it" in asked
        assert "about 6 credits" in asked
        iacrea.account.timings = QUICK
        [question] = slack.workspace.ephemerals(ben, listings)
        await slack.click(ben, question, "go_ahead")
        await outcome(slack, listings, count=2)
    assert iacrea.posts == 3


async def test_stop_watching_ends_the_polls_and_keep_watching_goes_on(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = iacrea.account.add_video(sequences=3)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await slack.until(lambda w: "Animating" in str(w.messages(listings)))
        [card] = slack.workspace.messages(listings)
        await slack.click(ben, card, "stop_watching")
        stopped = await outcome(slack, listings)
        assert f"as <@{ben.id}> asked" in stopped.text
        polls = iacrea.polls(video.id)
        await asyncio.sleep(0.5)
        assert iacrea.polls(video.id) == polls

        iacrea.account.timings = QUICK
        for sequence in video.sequences:
            sequence.ready_at = 0.0
        await slack.click(anna, stopped, "keep_watching")
        assert "is ready" in (await outcome(slack, listings, count=2)).text
    assert iacrea.posts == 1


async def test_a_newer_request_takes_the_buttons_off_the_older_card_and_says_so(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2 push out")
        first = await outcome(slack, listings)
        await slack.command(anna, listings, f"/regen {video.id} 3")
        other = await outcome(slack, listings, count=2)
        await slack.command(anna, listings, f"/regen {video.id} 2 orbit left")
        third = await outcome(slack, listings, count=3)
        await slack.until(lambda w: "actions" not in kinds(w.message(listings.id, first.ts).blocks))
        newest = slack.workspace.messages(listings)[-1].ts.replace(".", "")
        await slack.until(lambda w: newest in str(w.message(listings.id, first.ts).blocks))
        faded = slack.workspace.message(listings.id, first.ts)
    assert "Regenerated again since" in str(faded.blocks)
    assert "is ready, with" in faded.text
    assert button(third, "regenerate_again")
    assert button(slack.workspace.message(listings.id, other.ts), "regenerate_again")


async def test_a_card_that_was_taken_over_while_it_ran_loses_its_buttons_at_its_end(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await iacrea.until(lambda it: it.posts == 1)
        await slack.command(ben, listings, f"/regen {video.id} 2 orbit left")
        await private(slack, ben, listings)
        [question] = slack.workspace.ephemerals(ben, listings)
        iacrea.account.timings = QUICK
        await slack.click(ben, question, "go_ahead")
        await outcome(slack, listings, count=2)
        [older, newer] = sorted(
            (each for each in replies(slack, listings) if is_outcome(each)),
            key=lambda each: f"<@{anna.id}>" not in each.text,
        )
        await slack.until(lambda w: "actions" not in kinds(w.message(listings.id, older.ts).blocks))
        faded = slack.workspace.message(listings.id, older.ts)
    assert "Regenerated again since" in str(faded.blocks)
    assert str(newer.thread_ts).replace(".", "") in str(faded.blocks)
    assert button(slack.workspace.message(listings.id, newer.ts), "regenerate_again")
    assert iacrea.posts == 2


async def test_every_spend_is_in_the_ledger_with_the_effect_that_it_kept(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    redis: Redis,
    prefix: str,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.account.fail_next(video, video.sequences[2])
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2 push out")
        await outcome(slack, listings)
        await slack.command(anna, listings, f"/regen {video.id} 3")
        await outcome(slack, listings, count=2)
    ledger = Ledger(redis, prefix)
    now = await month_now(redis)
    entries = await ledger.entries(now)
    assert [(each.by, each.channel, each.video) for each in entries] == [
        (anna.id, listings.id, video.id)
    ] * 2
    assert [(each.position, each.effect, each.credits) for each in entries] == [
        (2, "CAMERA_PUSH_OUT", 3.0),
        (3, "CAMERA_MOVE_RIGHT", 3.0),
    ]
    assert [each.outcome for each in entries] == ["done", "failed"]
    assert await ledger.spent(now) == {anna.id: 6.0}


def kinds(blocks: tuple[dict[str, Any], ...]) -> list[str]:
    return [each["type"] for each in blocks]


async def month_now(redis: Redis) -> str:
    """The month it is by the clock of Redis, in UTC."""
    seconds, _ = await redis.time()
    return month(float(seconds))
