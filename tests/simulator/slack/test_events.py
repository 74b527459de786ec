"""What people type reaches apps that subscribe to it, and no others."""

import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.simulator.slack import Channel, SlackSimulator, User
from tests.simulator.slack.conftest import MANIFEST


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["message.channels", "app_mention"]
    manifest["oauth_config"]["scopes"]["bot"].append("app_mentions:read")
    async with SlackSimulator(manifest) as slack:
        yield slack


@pytest.fixture
async def heard(slack: SlackSimulator) -> AsyncIterator[list[dict[str, Any]]]:
    """Every event that a Bolt app gets."""
    app = AsyncApp(client=AsyncWebClient(token=slack.bot_token, base_url=slack.api_url))
    heard: list[dict[str, Any]] = []

    async def listen(event: dict[str, Any]) -> None:
        heard.append(event)

    app.event("message")(listen)
    app.event("app_mention")(listen)
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.until(lambda _: slack.connections)
    yield heard
    await handler.close_async()


async def test_a_message_and_a_mention_are_told(
    slack: SlackSimulator, heard: list[dict[str, Any]], ann: User, films: Channel
) -> None:
    message = await slack.say(ann, films, "@regen: <again>")
    await slack.until(lambda _: len(heard) == 2)

    assert {event["type"] for event in heard} == {"message", "app_mention"}
    for event in heard:
        assert event["text"] == f"<@{slack.workspace.bot.id}|regen>: &lt;again&gt;"
        assert (event["ts"], event["channel"], event["channel_type"]) == (
            message.ts,
            films.id,
            "channel",
        )


async def test_nothing_is_told_of_where_the_app_is_not_or_may_not_read(
    slack: SlackSimulator, heard: list[dict[str, Any]], ann: User, films: Channel
) -> None:
    elsewhere = slack.workspace.add_channel("elsewhere", bot_member=False)
    slack.scopes.discard("channels:history")
    await slack.say(ann, elsewhere, "@regen")
    await slack.say(ann, films, "no mention")
    assert slack.deliveries == []
    await slack.say(ann, films, "@regen")
    await slack.until(lambda _: heard)
    assert [event["type"] for event in heard] == ["app_mention"]
