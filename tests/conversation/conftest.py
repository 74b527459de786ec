"""How a conversation's end is recognised from outside."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from bot.simulator.slack import Channel, Message, SlackSimulator, User
from tests.conftest import free_port, http_mode, metadata, replies, running

Start = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture(params=["socket", "http"])
def with_settings(
    request: pytest.FixtureRequest, slack: SlackSimulator, environ: dict[str, str]
) -> Start:
    """Starts the bot with further settings, once in each mode."""
    port = free_port()
    mode = http_mode(slack, port) if request.param == "http" else {}
    return lambda **settings: running(environ | {"PORT": str(port)} | mode | settings)


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
