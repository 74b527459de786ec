"""A channel whose id changes once more, while Redis writes down that it has changed."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp

from bot.deliveries import PendingDeliveries
from bot.slack.connection.envelopes import Envelopes
from bot.slack.connection.socket_mode import SocketMode
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.web_api import web_client
from bot.slack.moved_channels import MovedChannels
from bot.store.channels import Channels
from bot.store.errors import StoreAwayError
from sandbox.slack import Kind, Payload, SlackSimulator
from tests.conftest import connected


class Troubled(Channels):
    """The real ones, behind a way to Redis that holds writes up, or loses them, in that order."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        super().__init__(redis, prefix)
        self.troubles: list[str] = []
        self.begun: asyncio.Queue[str] = asyncio.Queue()
        self.free = asyncio.Event()

    async def move(self, old: str, new: str) -> None:
        trouble = self.troubles.pop(0) if self.troubles else ""
        self.begun.put_nowait(new)
        if trouble == "held up":
            await self.free.wait()
        if trouble == "lost":
            raise StoreAwayError("away")
        await super().move(old, new)

    async def tried(self) -> str:
        """Waits for the next write."""
        return await asyncio.wait_for(self.begun.get(), 60)


@pytest.fixture
async def channels(redis: Redis, prefix: str) -> Troubled:
    return Troubled(redis, prefix)


@pytest.fixture
async def moved(
    slack: SlackSimulator, app: AsyncApp, under_way: UnderWay, channels: Troubled
) -> AsyncIterator[MovedChannels]:
    moved = MovedChannels(channels, ())
    app.event("channel_id_changed")(under_way.tracked(moved.changed))
    envelopes = Envelopes(app, under_way, PendingDeliveries())
    sockets = SocketMode(web_client(slack.app_token, slack.api_url), envelopes)
    running = asyncio.create_task(sockets.run())
    await connected(slack)
    yield moved
    running.cancel()
    await sockets.close()


def change(slack: SlackSimulator, new: str) -> "asyncio.Task[object]":
    event = {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": new}
    body = {"type": "event_callback", "event_id": f"Ev{new}", "event": event}
    return asyncio.create_task(slack._dispatcher.deliver(Payload(Kind.EVENT, body)))


async def test_an_id_that_changes_again_meanwhile_is_written_down_too(
    slack: SlackSimulator, moved: MovedChannels, channels: Troubled
) -> None:
    channels.troubles = ["held up", "lost"]
    first = change(slack, "C2")
    await channels.tried()
    second = change(slack, "C3")
    await channels.tried()
    channels.free.set()
    await asyncio.gather(first, second)

    running = asyncio.create_task(moved.run())
    async with asyncio.timeout(60):
        while await channels.moved() != {"C1": "C3"}:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)
    running.cancel()

    assert moved.where("C1") == "C3"


async def test_what_redis_does_not_know_yet_is_not_unlearnt(
    slack: SlackSimulator,
    moved: MovedChannels,
    channels: Troubled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack.moved_channels.REFRESH", 0.05)
    await channels.move("C1", "C2")
    channels.troubles = ["lost"] * 4
    await change(slack, "C3")

    running = asyncio.create_task(moved.run())
    for _ in range(5):  # the first one, that change, and three looks at Redis
        await channels.tried()
        assert moved.where("C1") in {"C1", "C3"}
    running.cancel()
