"""Who comes into a channel in which the app is, as the Events API tells of it."""

import copy
from collections.abc import AsyncIterator

import pytest

from sandbox.slack import SlackSimulator, User
from tests.sandbox.slack import shapes
from tests.sandbox.slack.conftest import MANIFEST
from tests.sandbox.slack.test_shapes import check

JOINED = shapes.event(
    {
        "type": str,
        "user": str,
        "channel": str,
        "channel_type": str,
        "team": str,
        "inviter?": str,
        "event_ts": str,
    }
)


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["member_joined_channel"]
    async with SlackSimulator(manifest) as simulator:
        simulator.scopes.update({"channels:read", "groups:read"})
        yield simulator


@pytest.fixture
def ann(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("ann")


async def test_its_own_arrival_is_told_with_who_invited_it_if_anybody_did(
    slack: SlackSimulator, ann: User
) -> None:
    bot, workspace = slack.workspace.bot, slack.workspace
    public = workspace.add_channel("films", members=[ann])
    private = workspace.add_channel("deal", private=True, members=[ann])

    await slack.invite(public, bot, ann)
    await slack.invite(private, bot)
    await slack.invite(public, bot, ann)

    told = [each.payload for each in slack.deliveries]
    for each in told:
        check(each, JOINED)
    events = [each["event"] for each in told]
    assert [(each["user"], each["channel"]) for each in events] == [
        (bot.id, public.id),
        (bot.id, private.id),
    ]
    assert [each["channel_type"] for each in events] == ["C", "G"]
    assert [each.get("inviter") for each in events] == [ann.id, None]


async def test_nothing_is_told_without_the_scope_or_where_the_app_is_not(
    slack: SlackSimulator, ann: User
) -> None:
    workspace = slack.workspace
    bea = workspace.add_user("bea", guest="single")
    await slack.invite(workspace.add_channel("others"), bea, ann)
    slack.scopes.discard("channels:read")
    await slack.invite(workspace.add_channel("films"), workspace.bot, ann)

    assert list(slack.deliveries) == []
