"""How a conversation's end is recognised from outside."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.simulator.slack import Channel, Message, SlackSimulator, User
from bot.store.videos import Videos
from tests.conftest import free_port, http_mode, metadata, replies, running

Start = Callable[..., AbstractAsyncContextManager[None]]
Named = Callable[..., Awaitable[str]]


@pytest.fixture(params=["socket", "http"])
def with_settings(
    request: pytest.FixtureRequest, slack: SlackSimulator, environ: dict[str, str]
) -> Start:
    """Starts the bot with further settings, once in each mode."""
    port = free_port()
    mode = http_mode(slack, port) if request.param == "http" else {}
    return lambda **settings: running(environ | {"PORT": str(port)} | mode | settings)


@pytest.fixture
def named(slack: SlackSimulator, redis: Redis, prefix: str) -> Named:
    """Waits until a channel was told of so many names, and the newest one works."""
    videos = Videos(redis, prefix)

    async def wait(channel: Channel, count: int = 1) -> str:
        await slack.until(lambda _: len(names_said(slack, channel)) >= count, timeout=10)
        newest = names_said(slack, channel)[-1]
        [video], [name] = (
            re.findall(r"video `([^`]*)`", newest),
            re.findall(r"d `([^`]*)` f", newest),
        )
        async with asyncio.timeout(10):
            while await videos.find(name) != video:  # noqa: ASYNC110 - Redis rings no bell
                await asyncio.sleep(0.01)
        return newest

    return wait


def names_said(slack: SlackSimulator, channel: Channel) -> list[str]:
    """What everybody there reads of names."""
    texts = [each.text for each in slack.workspace.messages(channel)]
    return [each for each in texts if "it is called" in each]


async def outcome(slack: SlackSimulator, channel: Channel, count: int = 1) -> Message:
    """The newest outcome, once there are `count` and their announcements are closed."""

    def told(_: object) -> bool:
        done = [each for each in replies(slack, channel) if is_outcome(each)]
        return len(done) == count and closed(slack, channel) == count

    await slack.until(told, timeout=20)
    return [each for each in replies(slack, channel) if is_outcome(each)][-1]


def is_outcome(message: Message) -> bool:
    return metadata(message).get("part") == "outcome"


def closed(slack: SlackSimulator, channel: Channel) -> int:
    everything = [*slack.workspace.messages(channel), *replies(slack, channel)]
    return sum("see the thread" in each.text for each in everything)


def button(message: Message, action_id: str) -> dict[str, Any]:
    return next(
        element
        for block in message.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == action_id
    )


async def private(slack: SlackSimulator, user: User, channel: Channel, count: int = 1) -> str:
    await slack.until(lambda w: len(w.ephemerals(user, channel)) >= count, timeout=10)
    return slack.workspace.ephemerals(user, channel)[-1].text
