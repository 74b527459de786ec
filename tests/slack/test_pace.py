"""What Slack said to one replica holds for all of them, and without Redis people are answered."""

import pytest
from redis.asyncio import Redis

from bot.slack.connection.errors import SlackBusyError
from bot.slack.connection.pace import Pace
from bot.slack.connection.web_api import WebApi, web_client
from bot.store.budget import Budget
from bot.store.client import connect
from sandbox.slack import Channel, SlackSimulator

POST = "chat.postMessage"


def replica(slack: SlackSimulator, redis: Redis, prefix: str) -> WebApi:
    client = web_client(slack.bot_token, slack.api_url)
    return WebApi(client, pace=Pace(Budget(redis, prefix)))


async def test_a_retry_after_stops_posts_in_that_channel_for_every_replica(
    slack: SlackSimulator, listings: Channel, redis: Redis, prefix: str
) -> None:
    one, two = (replica(slack, redis, prefix) for _ in range(2))
    other = slack.workspace.add_channel("other", bot_member=True)
    slack.faults.rate_limited, slack.faults.retry_after = {POST: 1}, 30

    with pytest.raises(SlackBusyError):
        await one.call(POST, channel=listings.id, text="x")
    with pytest.raises(SlackBusyError) as held:
        await two.call(POST, channel=listings.id, text="x")
    await two.call(POST, channel=other.id, text="x")

    assert 25 < held.value.retry_after <= 30
    assert [call.status for call in slack.calls if call.method == POST] == [429, 200]


async def test_without_redis_a_call_that_somebody_waits_for_is_made_uncounted(
    slack: SlackSimulator, listings: Channel
) -> None:
    api = replica(slack, connect("redis://127.0.0.1:1"), "x:")

    await api.call(POST, channel=listings.id, text="x")

    assert len(slack.workspace.messages(listings)) == 1
