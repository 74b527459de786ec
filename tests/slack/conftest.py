"""Bolt on the simulated Slack."""

import pytest
from slack_bolt.async_app import AsyncApp

from bot.slack.connection.bolt import bolt
from bot.slack.connection.installation import identify
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.web_api import WebApi, web_client
from sandbox.slack import SlackSimulator


@pytest.fixture
async def app(slack: SlackSimulator) -> AsyncApp:
    client = web_client(slack.bot_token, slack.api_url)
    return bolt(await identify(WebApi(client), slack.bot_token), client)


@pytest.fixture
def under_way() -> UnderWay:
    return UnderWay()
