"""The app's Home and its tabs: what is there, and what of it the app is told."""

import copy
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSimulator, User
from tests.sandbox.slack.conftest import MANIFEST, error_of


def with_tabs(**tabs: bool) -> dict[str, Any]:
    """The manifest with other tabs."""
    manifest = copy.deepcopy(MANIFEST)
    manifest["features"]["app_home"] = {"home_tab_enabled": True, **tabs}
    return manifest


@pytest.mark.parametrize("tabs", [{}, {"messages_tab_enabled": False}])
async def test_an_app_without_a_messages_tab_has_no_direct_messages(tabs: dict[str, bool]) -> None:
    async with SlackSimulator(with_tabs(**tabs)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        ann = slack.workspace.add_user("ann")
        direct = slack.workspace.direct_message(ann)
        calls = (
            client.chat_postMessage(channel=ann.id, text="hello"),
            client.chat_postMessage(channel=direct.id, text="hello"),
            client.chat_postEphemeral(channel=direct.id, user=ann.id, text="hello"),
        )
        assert [await error_of(call) for call in calls] == ["messages_tab_disabled"] * 3
        assert slack.workspace.conversation(direct) == []
        with pytest.raises(ValueError, match="turned off"):
            await slack.command(ann, direct, "/regen help")


async def test_a_messages_tab_to_be_read_only_takes_what_the_app_says_and_nothing_else() -> None:
    tabs = {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    async with SlackSimulator(with_tabs(**tabs)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        ann = slack.workspace.add_user("ann")
        direct = slack.workspace.direct_message(ann)
        assert (await client.chat_postMessage(channel=ann.id, text="hello"))["ok"]
        for typed in (slack.say(ann, direct, "hello"), slack.command(ann, direct, "/regen help")):
            with pytest.raises(ValueError, match="turned off"):
                await typed


async def test_each_tab_that_is_opened_is_told_and_home_with_its_view(
    slack: SlackSimulator, reached: AsyncApp, client: AsyncWebClient, ann: User
) -> None:
    told: list[dict[str, Any]] = []

    async def opened(event: dict[str, Any]) -> None:
        told.append(event)

    reached.event("app_home_opened")(opened)
    await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": []})

    for tab in ("home", "messages"):
        assert (await slack.open_home(ann, tab)).ok
    await slack.until(lambda _: len(told) == 2)

    assert [event["tab"] for event in told] == ["home", "messages"]
    assert {event["channel"] for event in told} == {slack.workspace.direct_message(ann).id}
    assert ["view" in event for event in told] == [True, False]


async def test_a_tab_that_is_switched_off_nobody_opens() -> None:
    slack = SlackSimulator(with_tabs())
    with pytest.raises(ValueError, match="messages tab"):
        await slack.open_home(slack.workspace.add_user("ann"), "messages")
