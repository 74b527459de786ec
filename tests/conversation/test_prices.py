"""Prices that people read, whatever IACrea means by `creditsUsed`."""

import pytest
from redis.asyncio import Redis

from bot.domain.ledger import month
from bot.store.ledger import Ledger
from sandbox.iacrea import ApiVariant, IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import outcome, private


@pytest.fixture(params=["regeneration", "account"])
async def iacrea(request: pytest.FixtureRequest):
    variant = ApiVariant(used=request.param)
    async with IACreaSimulator(timings=QUICK, credits=1000, variant=variant) as iacrea:
        iacrea.account.used_so_far = 652
        yield iacrea


@pytest.mark.usefixtures("bot")
async def test_the_price_of_two_sequences_is_what_the_balance_lost(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    redis: Redis,
    prefix: str,
) -> None:
    video = iacrea.account.add_video(["error", "success", "error"])
    await slack.command(anna, listings, f"/regen {video.id} 2")
    assert "3 credits used · 997 left" in (await outcome(slack, listings)).text

    await slack.command(anna, listings, f"/regen {video.id} failed")
    assert "This regenerates 2 sequences, for about 6 credits" in await private(
        slack, anna, listings
    )
    iacrea.account.credits -= 90  # somebody else's, with another program, while nobody looks
    await slack.click(anna, slack.workspace.ephemerals(anna, listings)[-1], "go_ahead")
    assert "6 credits used · 901 left" in (await outcome(slack, listings, count=2)).text

    entries = await Ledger(redis, prefix).entries(month(iacrea.calls[-1].time))
    assert [each.credits for each in entries] == [3, 3, 3]


@pytest.mark.usefixtures("bot")
async def test_credits_that_are_added_meanwhile_leave_the_price_open(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.until(lambda w: len(w.messages(listings)) > 0)
    iacrea.account.credits += 500
    assert "credits used" not in (await outcome(slack, listings)).text
