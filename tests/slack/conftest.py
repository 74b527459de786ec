"""Bolt on the simulated Slack, and the way of a request into a real Redis."""

import pytest
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp

from bot.domain.request import Request
from bot.slack.app import bolt
from bot.slack.installation import identify
from bot.slack.intake import Intake
from bot.slack.web_api import WebApi, web_client
from bot.store.generations import Generations
from bot.store.videos import Videos
from sandbox.slack import SlackSimulator
from tests.voices import listening


@pytest.fixture
async def app(slack: SlackSimulator) -> AsyncApp:
    client = web_client(slack.bot_token, slack.api_url)
    return bolt(await identify(WebApi(client), slack.bot_token), client)


@pytest.fixture
def intake(redis: Redis, prefix: str, slack: SlackSimulator) -> Intake:
    generations = Generations(redis, prefix=prefix, poll_interval=1.0)
    _, access = listening(slack, WebApi(web_client(slack.bot_token, slack.api_url)))

    async def ask(_: Request) -> None:
        raise AssertionError("nothing comes late here")

    return Intake(generations, Videos(redis, prefix), access, ask)
