"""A connection without Slack's client, to see and to leave unanswered what comes."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSimulator


async def open_socket(
    slack: SlackSimulator, client: AsyncWebClient, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    """One more connection of the app."""
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    return await session.ws_connect(url)
