"""What people do with the bot, and how a conversation's end is recognised from outside."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.store import replicas
from bot.store.videos import Videos
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Delivery, Message, SlackSimulator, User
from tests.conftest import free_port, http_mode, metadata, replies, running

Start = Callable[..., AbstractAsyncContextManager[None]]
Named = Callable[..., Awaitable[str]]


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """The settings of every bot here: half as many polls as elsewhere cost a quarter less CPU."""
    return environ | {"POLL_INTERVAL": "0.2"}


@pytest.fixture(autouse=True)
def no_wait_for_replicas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has bots of this process look less long for replicas of Redis, of which there are none."""
    monkeypatch.setattr(replicas, "LOOKING", 0.01)


@pytest.fixture
def with_settings(transport: str, slack: SlackSimulator, environ: dict[str, str]) -> Start:
    """Starts the bot with further settings."""
    port = free_port()
    mode = http_mode(slack, port) if transport == "http" else {}
    return lambda **settings: running(environ | {"PORT": str(port)} | mode | settings)


@pytest.fixture
def named(slack: SlackSimulator, redis: Redis, prefix: str) -> Named:
    """Waits until a channel was told of so many names, and the newest one works."""
    videos = Videos(redis, prefix)

    async def wait(channel: Channel, count: int = 1) -> str:
        await slack.until(lambda _: len(names_said(slack, channel)) >= count)
        newest = names_said(slack, channel)[-1]
        [video], [name] = (
            re.findall(r"video `([^`]*)`", newest),
            re.findall(r"d `([^`]*)` f", newest),
        )
        async with asyncio.timeout(60):
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

    await slack.until(told)
    return [each for each in replies(slack, channel) if is_outcome(each)][-1]


def is_outcome(message: Message) -> bool:
    return metadata(message).get("part") == "outcome"


def closed(slack: SlackSimulator, channel: Channel) -> int:
    everything = [*slack.workspace.messages(channel), *replies(slack, channel)]
    return sum("see the thread" in each.text or "see below" in each.text for each in everything)


def button(message: Message, action_id: str) -> dict[str, Any]:
    return next(
        element
        for block in message.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == action_id
    )


async def private(slack: SlackSimulator, user: User, channel: Channel, count: int = 1) -> str:
    await slack.until(lambda w: len(w.ephemerals(user, channel)) >= count)
    return slack.workspace.ephemerals(user, channel)[-1].text


class Scene:
    """What people do with the bot, in a channel or in another one, and what they see of it."""

    def __init__(self, slack: SlackSimulator, iacrea: IACreaSimulator, channel: Channel) -> None:
        self.slack = slack
        self.iacrea = iacrea
        self.channel = channel

    def video(self, sequences: int = 3, **changes: Any) -> Video:
        return self.iacrea.account.add_video(**{"sequences": sequences, **changes})

    @property
    def paid(self) -> list[str]:
        """The videos that were spent on, in order."""
        calls = self.iacrea.calls
        return [call.path.rpartition("/")[2] for call in calls if call.method == "POST"]

    @property
    def posts(self) -> list[Any]:
        """What was sent to be regenerated, in order."""
        return [call.body for call in self.iacrea.calls if call.method == "POST"]

    async def says(
        self, user: User, words: str, thread: str | None = None, channel: Channel | None = None
    ) -> Message:
        return await self.slack.say(user, channel or self.channel, words, thread)

    async def types(self, user: User, words: str, channel: Channel | None = None) -> Delivery:
        return await self.slack.command(user, channel or self.channel, f"/regen {words}".rstrip())

    async def regenerates(self, user: User, words: str, channel: Channel | None = None) -> Message:
        """Types it and waits until one outcome more than before is told; the outcome."""
        ready = self.ready(channel)
        await self.types(user, words, channel)
        return await self.next(ready, channel)

    def ready(self, channel: Channel | None = None) -> int:
        """How many outcomes were told so far."""
        return sum(is_outcome(each) for each in replies(self.slack, channel or self.channel))

    async def next(self, ready: int, channel: Channel | None = None) -> Message:
        """The outcome after so many."""
        return await outcome(self.slack, channel or self.channel, ready + 1)

    async def says_yes(self, user: User, asked: Message, action: str = "go_ahead") -> Message:
        """Presses yes, and waits for the outcome."""
        ready = self.ready()
        await self.slack.click(user, asked, action)
        return await self.next(ready)

    async def told(self, user: User, words: str = "", channel: Channel | None = None) -> Message:
        """The newest private answer to somebody that holds those words, once it is there."""
        place = channel or self.channel

        def held() -> list[Message]:
            answers = self.slack.workspace.ephemerals(user, place)
            return [each for each in answers if words in each.text + json.dumps(each.blocks)]

        await self.slack.until(lambda _: held())
        return held()[-1]


@pytest.fixture
def scene(slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel) -> Scene:
    """In #listings."""
    return Scene(slack, iacrea, listings)


async def newest(slack: SlackSimulator, user: User, channel: Channel, count: int = 1) -> Message:
    """What that person alone was told last, once it was so often."""
    await private(slack, user, channel, count)
    return slack.workspace.ephemerals(user, channel)[-1]


def slow(iacrea: IACreaSimulator) -> str:
    """A video whose clips take a minute."""
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    return iacrea.account.add_video(sequences=5).id
