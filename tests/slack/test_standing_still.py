"""A loop that stood still is not the fault of Redis: nobody is refused for it, and nobody pays."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.deliveries import PendingDeliveries, steady
from bot.domain.command import VideoRef
from bot.domain.errors import NoLastVideo
from bot.domain.request import ChannelId, Request
from bot.slack.answering.intake import Intake, NotWrittenError
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.web_api import WebApi, web_client
from bot.store.client import connect
from bot.store.requests import Requests
from bot.store.videos import Videos
from sandbox.slack import SlackSimulator
from tests.depth import in_ci
from tests.servers import Server, valkey
from tests.store.conftest import a_request
from tests.texts import listening

STANDS_STILL = 1.2
"""Seconds: more than Redis has, and less than Slack waits."""
ROUND_TRIPS = 12
"""Turns of the loop within which a request is on its way, on a connection that is to be made."""


class Standing:
    """An intake on a Redis, and whom it asked."""

    def __init__(self, redis: Redis, prefix: str, slack: SlackSimulator) -> None:
        _, access = listening(slack, WebApi(web_client(slack.bot_token, slack.api_url)))
        self.store = Requests(redis, prefix=prefix, poll_interval=1.0)
        self.origin: list[Request] = []
        self.under_way = UnderWay()
        self.intake = Intake(self.store, Videos(redis, prefix), access, self._ask, self.under_way)

    async def _ask(self, request: Request) -> None:
        self.origin.append(request)

    async def accept(self, request: Request) -> None:
        """As when it is delivered just now."""
        with PendingDeliveries().acknowledging(steady()):
            await self.intake.accept(request)


@pytest.fixture
async def standing(valkey_url: str, prefix: str, slack: SlackSimulator) -> AsyncIterator[Standing]:
    async with connect(valkey_url) as redis:  # connects with the first request, as at a start
        yield Standing(redis, prefix, slack)


def stand_still(turns: int, seconds: float = STANDS_STILL) -> None:
    """Has the loop stand still for so long, so many of its turns from now."""
    loop = asyncio.get_running_loop()
    if turns:
        loop.call_soon(stand_still, turns - 1, seconds)
    else:
        time.sleep(seconds)


@pytest.mark.parametrize("turns", range(1, ROUND_TRIPS, 2))
async def test_a_loop_that_stood_still_refuses_nobody(standing: Standing, turns: int) -> None:
    asyncio.get_running_loop().call_soon(stand_still, turns)
    await standing.accept(a_request())

    assert await standing.store.load(a_request().id) is not None
    await standing.under_way.drain(5.0)
    assert standing.origin == []


async def test_nor_does_one_that_stands_still_again_and_again(standing: Standing) -> None:
    for turns in range(1, ROUND_TRIPS):
        asyncio.get_running_loop().call_soon(stand_still, turns, 0.2)
    await standing.accept(a_request())

    assert await standing.store.load(a_request().id) is not None


@pytest.mark.parametrize("turns", range(1, 6, 2))
async def test_what_somebody_means_is_looked_up_all_the_same(
    standing: Standing, turns: int
) -> None:
    asyncio.get_running_loop().call_soon(stand_still, turns)
    with pytest.raises(NoLastVideo):  # which is what Redis says
        await standing.intake.video(VideoRef(typed="last", last=True), ChannelId("C1"))


@pytest.mark.parametrize("turns", range(1, ROUND_TRIPS, 2))
async def test_what_slack_gave_up_meanwhile_is_asked_about_and_kept_nowhere(
    standing: Standing, turns: int
) -> None:
    asyncio.get_running_loop().call_soon(stand_still, turns, 3.1)
    await standing.accept(a_request())
    await standing.under_way.drain(5.0)

    assert [each.id for each in standing.origin] == [a_request().id]
    assert await standing.store.load(a_request().id) is None, "so that a yes starts it"
    await standing.accept(a_request())
    assert await standing.store.load(a_request().id) is not None


@pytest.fixture
async def silent(tmp_path: Path, slack: SlackSimulator) -> AsyncIterator[Standing]:
    """On a Redis that was well, and does not answer any more."""
    with valkey(tmp_path) as server:
        await server.answers()
        async with connect(server.url) as redis:
            standing = Standing(redis, "silent:", slack)
            await standing.accept(a_request("before"))
            await standing.under_way.drain(5.0)
            with _stopped(server):
                yield standing
            await standing.under_way.drain(5.0)


@contextlib.contextmanager
def _stopped(server: Server) -> Iterator[None]:
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


@pytest.mark.alone
@pytest.mark.parametrize("seconds", [STANDS_STILL, *in_ci(0.0)])
async def test_a_redis_that_does_not_answer_is_told_in_time(
    silent: Standing, seconds: float
) -> None:
    began = time.monotonic()
    asyncio.get_running_loop().call_soon(stand_still, 2, seconds)
    with pytest.raises(NotWrittenError):
        await silent.accept(a_request())
    assert 0.9 < time.monotonic() - began < 2.7, "Slack waits for three seconds"
