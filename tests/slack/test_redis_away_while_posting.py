"""What was posted while Redis was away is written down once it is back, and not posted again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.request import RequestId, State
from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.requests import Requests
from sandbox.slack import Channel, SlackSimulator, User
from tests.servers import Server, valkey
from tests.slack.test_courier import POST, announced, courier, ended, written

TAKES_NO_WRITES, TAKES_THEM = ("maxmemory", "1"), ("maxmemory", "0")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    with valkey(tmp_path) as started:
        await started.answers()
        yield started


@pytest.fixture
async def store(server: Server) -> AsyncIterator[Requests]:
    redis = connect(server.url)
    yield Requests(redis, prefix="regen:", poll_interval=1.0)
    await redis.aclose()


async def deliver_while_redis_refuses(
    slack: SlackSimulator, store: Requests, server: Server, posts: int
) -> None:
    """Redis takes no writes from when Slack has the message until a second later."""
    slack.faults.delays[POST] = 0.5
    delivering = asyncio.create_task(courier(slack, store).deliver("r1"))

    def posted() -> bool:
        return len([each for each in slack.calls if each.method == POST]) == posts

    async with server.client() as redis:
        await slack.until(lambda _: posted())
        await redis.config_set(*TAKES_NO_WRITES)
        await asyncio.sleep(1.5)
        await redis.config_set(*TAKES_THEM)
    with contextlib.suppress(StoreAwayError):  # the worker comes back to it
        await delivering
    del slack.faults.delays[POST]


async def test_an_announcement_is_not_posted_twice_because_redis_was_away(
    slack: SlackSimulator, store: Requests, server: Server, anna: User, listings: Channel
) -> None:
    slack.scopes.discard("channels:history")
    await written(store, anna, listings, state=State.CHECKED)

    await deliver_while_redis_refuses(slack, store, server, posts=1)
    await courier(slack, store).deliver("r1")

    [message] = slack.workspace.messages(listings)
    request = await store.load(RequestId("r1"))
    assert request is not None
    assert (request.state, request.message, request.repeated) == (
        State.ANNOUNCED,
        message.ts,
        False,
    )


async def test_an_outcome_is_known_to_stand_although_redis_was_away(
    slack: SlackSimulator, store: Requests, server: Server, anna: User, listings: Channel
) -> None:
    slack.scopes.discard("channels:history")
    announcement = await announced(slack, store, anna, listings)
    await ended(store)

    await deliver_while_redis_refuses(slack, store, server, posts=2)
    await courier(slack, store).deliver("r1")

    assert len(slack.workspace.thread(listings, announcement.ts)) == 2
    assert slack.workspace.messages(slack.workspace.direct_message(anna)) == []
    request = await store.load(RequestId("r1"))
    assert request is not None
    assert (request.state, request.reply_lost) == (State.TOLD, False)
