"""A way to stop the world at one write: a proxy before Valkey that lets no more through."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.store.lua import source
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import Bots, replies

CHANNELS = 4
"""As many as it takes that Slack's message a second in each is not what a test waits for."""
SCRIPTS = {
    each: "".join(map(source, ("named", "clock", each))).encode() for each in ("save", "follow")
}
SHAS = {
    each: hashlib.sha1(text).hexdigest().encode()  # noqa: S324 - Redis names scripts so
    for each, text in SCRIPTS.items()
}


SAVE, SAVE_SHA = SCRIPTS["save"], SHAS["save"]


@dataclass
class Gate:
    """Between the bot and Valkey: closes at the `write`-th time a request, or a follow, is written.

    Attributes:
        script: what writes it.
        before: whether that write still reaches Valkey (False), its answer lost, or not (True).
        shut: set once it has closed; then the bot stands still exactly there.
    """

    target: str
    write: int
    before: bool
    script: str = "save"
    url: str = ""
    seen: int = 0
    shut: asyncio.Event = field(default_factory=asyncio.Event)

    async def kills(self, bots: Bots) -> None:
        """Waits until it has closed, and kills the bots where they stand still."""
        async with asyncio.timeout(60):
            await self.shut.wait()
        await bots.kill()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_unix_connection(self.target)
        back = asyncio.create_task(self._back(to_reader, writer))
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                if self.shut.is_set():
                    break
                self.seen += data.count(SHAS[self.script])
                if self.seen >= self.write:
                    self.shut.set()
                    if self.before:
                        break
                to_writer.write(data)
                await to_writer.drain()
        if self.shut.is_set():
            with contextlib.suppress(ConnectionError):
                while await reader.read(65536):  # swallows until the bot is killed
                    pass
        back.cancel()
        to_writer.close()
        writer.close()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                if self.shut.is_set():
                    return
                writer.write(data)
                await writer.drain()


@pytest.fixture
def channels(slack: SlackSimulator, anna: User) -> list[Channel]:
    names = [f"listings-{number}" for number in range(CHANNELS)]
    return [slack.workspace.add_channel(name, bot_member=True) for name in names]


def outcomes(slack: SlackSimulator, channels: list[Channel]) -> list[Message]:
    """What was replied in any of them."""
    return [reply for channel in channels for reply in replies(slack, channel)]


MakeGate = Callable[..., Awaitable[Gate]]


@pytest.fixture
async def make_gate(valkey_url: str, redis: Redis, tmp_path: Path) -> AsyncIterator[MakeGate]:
    """Makes the gate; Valkey knows the script already, so that each write is sent once."""
    for text in SCRIPTS.values():
        await redis.script_load(text.decode())
    servers: list[asyncio.Server] = []

    async def make(write: int, before: bool, script: str = "save") -> Gate:
        gate = Gate(valkey_url.removeprefix("unix://"), write, before, script)
        path = tmp_path / "gate.sock"
        servers.append(await asyncio.start_unix_server(gate.serve, path))
        gate.url = f"unix://{path}"
        return gate

    yield make
    for server in servers:
        server.close()
