"""Guests spend where somebody lets them; who is a guest, Slack says, sooner or later."""

import asyncio

import pytest

from bot.slack.answering import people
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Guest, SlackSimulator, User
from tests.conversation.conftest import Start, outcome, private
from tests.conversation.forms import chosen, opened

INFO = "users.info"
REFUSAL = "Guests may not do that"


@pytest.fixture
def gus(slack: SlackSimulator, listings: Channel) -> User:
    gus = slack.workspace.add_user("gus", guest=Guest.MULTI_CHANNEL)
    slack.workspace.join(listings, gus)
    return gus


def asked(slack: SlackSimulator) -> int:
    return sum(call.method == INFO for call in slack.calls)


async def test_a_guest_is_refused_before_anything_is_announced_by_command_button_and_form(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    gus: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(ADMIN_USERS=anna.id):
        await slack.command(gus, listings, f"/regen {video.id} 2")
        refused = await private(slack, gus, listings)
        assert REFUSAL in refused
        assert f"<@{anna.id}>" in refused
        assert slack.workspace.messages(listings) == []

        await slack.command(anna, listings, f"/regen {video.id} 2")
        result = await outcome(slack, listings)
        await slack.click(gus, result, "regenerate_again")
        assert REFUSAL in await private(slack, gus, listings, count=2)
        await slack.click(gus, result, "another_image")
        assert REFUSAL in await private(slack, gus, listings, count=3)
        assert asked(slack) == 2, "once for each of them"

        await slack.command(gus, listings, f"/regen {video.id}")
        await private(slack, gus, listings, count=4)
        board = slack.workspace.ephemerals(gus, listings)[-1]
        assert "997 left" not in str(board.blocks)
        await slack.command(gus, listings, "/regen status")
        await private(slack, gus, listings, count=5)
        status = slack.workspace.ephemerals(gus, listings)[-1]
        assert "credit" not in status.text + str(status.blocks)
        await slack.command(gus, listings, f"/regen name {video.id} mine")
        assert REFUSAL in await private(slack, gus, listings, count=6)
    assert iacrea.posts == 1


@pytest.mark.parametrize("setting", ["ALLOWED_USERS", "ALLOW_GUESTS"])
async def test_a_guest_whom_a_setting_lets_in_spends(
    setting: str,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    gus: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(**{setting: gus.id if setting == "ALLOWED_USERS" else "1"}):
        await slack.command(gus, listings, f"/regen {video.id} 2")
        await outcome(slack, listings)
    assert iacrea.posts == 1


async def test_an_acknowledgement_does_not_wait_until_slack_says_who_somebody_is(
    monkeypatch: pytest.MonkeyPatch,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    gus: User,
    listings: Channel,
) -> None:
    limit = 2.5  # more than a busy machine takes to acknowledge
    monkeypatch.setattr(people, "ASK_LIMIT", limit)
    slack.faults.delays[INFO] = limit + 1
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        first = await slack.command(anna, listings, f"/regen {video.id} 2")
        second = await slack.command(gus, listings, f"/regen {video.id} 3")
        await outcome(slack, listings)
        assert REFUSAL in await private(slack, gus, listings)
    assert first.ok
    assert second.ok
    assert max(first.latency, second.latency) < limit
    assert iacrea.posts == 1


async def test_while_slack_does_not_say_it_nobody_spends_and_then_those_who_may(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    gus: User,
    listings: Channel,
) -> None:
    slack.faults.http_errors[INFO] = [503] * 1000
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await slack.command(gus, listings, f"/regen {video.id} 3")
        await asyncio.sleep(2.0)
        assert slack.workspace.messages(listings) == []
        slack.faults.http_errors[INFO] = []
        await outcome(slack, listings)
        assert REFUSAL in await private(slack, gus, listings)
    assert iacrea.posts == 1


@pytest.mark.parametrize("error", ["user_not_found", "user_not_visible"])
async def test_of_whom_slack_says_nothing_nothing_is_spent(
    error: str,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    slack.faults.errors[INFO] = [error] * 1000
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        assert "Slack does not tell me just now" in await private(slack, anna, listings)
    assert iacrea.posts == 0


@pytest.mark.parametrize("since_when", ["the start", "later"])
async def test_without_the_scope_guests_are_not_told_apart(
    since_when: str,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    gus: User,
    listings: Channel,
) -> None:
    if since_when == "the start":
        slack.scopes.discard("users:read")
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        slack.scopes.discard("users:read")
        await slack.command(gus, listings, f"/regen {video.id} 2")
        await outcome(slack, listings)
    assert iacrea.posts == 1


async def test_a_form_shows_its_sequences_although_slack_does_not_say_who_asks(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    """Who is unknown is settled before anything is announced; looking costs nothing."""
    video = iacrea.account.add_video(sequences=5)
    slack.faults.http_errors[INFO] = [503] * 9
    async with with_settings():
        view = await opened(slack, anna, listings)
        await chosen(slack, anna, view, video.id)
