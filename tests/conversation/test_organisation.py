"""Whose workspace somebody is of, where that takes more than comparing one id."""

import copy
import time
from dataclasses import replace

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Start, outcome, private
from tests.conversation.forms import button_message

OURS, THEIRS = "E0000000001", "E0000000099"
REFUSAL = "Only people of the organisation that installed me"


SPEND = [
    ("T0000000002", OURS),  # another workspace of the organisation
    (OURS, OURS),  # Slack may name the organisation instead: bolt-js#1875
]
DO_NOT = [("T0000000099", THEIRS), (THEIRS, THEIRS), ("T0000000099", None)]


async def test_on_enterprise_grid_the_whole_organisation_may_and_no_other(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User
) -> None:
    slack._installation.enterprise = OURS
    video = iacrea.account.add_video(sequences=5)
    people = [
        slack.workspace.add_user(f"sue-{number}", team=team, enterprise=enterprise)
        for number, (team, enterprise) in enumerate([*DO_NOT, *SPEND])
    ]
    everywhere = slack.workspace.add_channel("everywhere", bot_member=True, members=[*people, anna])
    async with with_settings():
        await slack.command(anna, everywhere, f"/regen {video.id} 2")
        result = await outcome(slack, everywhere)
        for sue in people[: len(DO_NOT)]:
            await slack.click(sue, result, "regenerate_again")
            assert REFUSAL in await private(slack, sue, everywhere), sue
        assert iacrea.posts == 1
        for count, sue in enumerate(people[len(DO_NOT) :], start=2):
            await slack.click(sue, result, "regenerate_again")
            result = await outcome(slack, everywhere, count)
            assert iacrea.posts == count, sue


@pytest.mark.parametrize("asks", [True, False], ids=["users:read", "no scope"])
async def test_a_press_that_does_not_say_whose_it_is_counts_as_what_slack_says_when_asked(
    asks: bool,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    if not asks:
        slack.scopes.discard("users:read")
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        pressed = await slack.click(anna, await outcome(slack, listings), "regenerate_again")
        await outcome(slack, listings, count=2)
        payload = copy.deepcopy(pressed.payload)
        del payload["user"]["team_id"]
        payload["actions"][0]["action_ts"] = f"{time.time():.6f}"
        await slack._dispatcher.deliver(replace(pressed.sent, body=payload))
        # Of hers it is asked whether she knows of the second one; nobody else is asked anything.
        answer = "Since then it has been started already" if asks else REFUSAL
        assert answer in await private(slack, anna, listings)
    assert iacrea.posts == 2


async def test_what_an_outsider_looks_at_does_not_become_the_last_video(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User
) -> None:
    mine, other = (iacrea.account.add_video(sequences=5) for _ in range(2))
    shared = slack.workspace.add_channel("shared", bot_member=True, shared_with=["T0000000099"])
    olga = slack.workspace.add_user("olga", team="T0000000099")
    async with with_settings():
        await slack.command(anna, shared, f"/regen {mine.id} 2")
        await outcome(slack, shared)
        await slack.click(olga, button_message(slack, shared, "storyboard", other.id), "storyboard")
        assert other.id in await private(slack, olga, shared)
        await slack.command(anna, shared, "/regen last 3")
        await outcome(slack, shared, count=2)
    assert f"Video `{mine.id}`" in str(slack.workspace.messages(shared)[-1].blocks)
