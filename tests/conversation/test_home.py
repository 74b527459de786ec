"""The Home tab: of a newcomer, while something runs, of an administrator, in French."""

import asyncio
import itertools
import json

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Start, outcome, private
from tests.conversation.test_status import hurry, slow


def shown(slack: SlackSimulator, user: User) -> str:
    """What stands in their Home."""
    view = slack.workspace.home(user)
    return "" if view is None else json.dumps(view.body, ensure_ascii=False)


def published(slack: SlackSimulator, user: User | None = None) -> int:
    """How often one was shown, to them or to anybody."""
    return sum(
        call.method == "views.publish" and (user is None or call.arguments["user_id"] == user.id)
        for call in slack.calls
    )


async def opened(slack: SlackSimulator, user: User) -> str:
    """What they see when they open theirs."""
    before = published(slack, user)
    assert (await slack.open_home(user)).ok
    await slack.until(lambda _: published(slack, user) > before)
    return shown(slack, user)


@pytest.mark.usefixtures("bot")
async def test_a_newcomer_is_told_what_the_bot_does_and_can_begin(
    slack: SlackSimulator, anna: User
) -> None:
    assert "Hello! I regenerate a sequence" in await opened(slack, anna)

    view = slack.workspace.home(anna)
    assert view is not None
    await slack.click(anna, view, "open_form")
    await slack.until(lambda w: w.modals(anna))


@pytest.mark.usefixtures("bot")
async def test_a_home_is_kept_up_to_date_until_what_runs_has_ended_and_then_left_alone(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = slow(iacrea)
    await slack.command(anna, listings, f"/regen {video} 2")
    await iacrea.until(lambda it: it.posts == 1 and it.polls(video) > 2)
    assert "IACrea is working on it" in await opened(slack, anna)
    await asyncio.sleep(3)
    assert published(slack) == 1, "nothing has changed"

    hurry(iacrea, video)
    await slack.until(lambda _: "Done · 3 credits used" in shown(slack, anna))
    assert "You have spent 3 credits this month" in shown(slack, anna)
    count = published(slack)
    await asyncio.sleep(3)
    assert published(slack) == count

    await slack.command(anna, listings, f"/regen {slow(iacrea)} 3")
    await slack.until(lambda _: "sequence 3" in shown(slack, anna))
    times = [call.at for call in slack.calls if call.method == "views.publish"]
    assert all(b - a > 9.9 for a, b in itertools.pairwise(times[1:])), "the first one was opened"


async def test_an_administrator_sees_what_others_have_running_and_what_they_spent(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    async with with_settings(ADMIN_USERS=ben.id):
        video = slow(iacrea)
        await slack.command(anna, listings, f"/regen {video} 2")
        await iacrea.until(lambda it: it.posts == 1 and it.polls(video) > 2)
        assert f"<@{anna.id}> · *sequence 2 of 5*" in await opened(slack, ben)
        hurry(iacrea, video)
        await outcome(slack, listings)
        await slack.until(lambda _: f"<@{anna.id}>: 3 credits" in shown(slack, ben))

        mine = await opened(slack, anna)
        assert "You have spent 3 credits this month" in mine
        assert "Spent this month" not in mine


@pytest.mark.usefixtures("bot")
async def test_a_french_reader_has_a_french_home(slack: SlackSimulator) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")

    assert "Bonjour ! Je régénère" in await opened(slack, chloe)


async def test_a_workspace_without_home_tabs_is_left_alone(
    with_settings: Start, slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.errors["views.publish"] = ["not_enabled"]
    async with with_settings():
        await opened(slack, anna)
        for count in (1, 2):
            await slack.command(anna, listings, "/regen status")
            await private(slack, anna, listings, count)
            await slack.open_home(anna)

    assert published(slack) == 1
    assert shown(slack, anna) == ""
