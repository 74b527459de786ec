"""What was noted as about to be sent and never was: whoever noted it says so, and it is sent."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.domain.request import State
from bot.iacrea.client import IACrea
from bot.iacrea.pictures import Pictures
from bot.regenerate import Regenerator
from bot.store.client import connect
from bot.store.stores import Stores
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, replies
from tests.promise.conftest import SAVE, SAVE_SHA
from tests.promise.test_killed_anywhere import WRITES
from tests.servers import Server, follows, holds, valkey
from tests.store.conftest import a_generation, a_request

TAKEN_BACK = 40.0
"""Seconds until its outcome is told: shorter than a lost answer would take, 14 s and 20 s more."""


@dataclass
class Endpoint:
    """The address of a Redis that moves, and leads nowhere from when «sending» arrives.

    Attributes:
        first: the Redis to which it leads at the beginning.
        target: the port of the Redis behind it; None while there is none.
        intent: the how-manieth write that is.
        noted: set once that write was handed on, without its answer.
        silent: whether it only stays unanswered (True), or its connection is cut.
    """

    first: Server
    target: int | None
    intent: int = WRITES.index("sending") + 1
    silent: bool = False
    port: int = 0
    writes: int = 0
    noted: asyncio.Event = field(default_factory=asyncio.Event)
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def move(self, target: int | None, *, but: asyncio.StreamWriter | None = None) -> None:
        """Leads to another Redis, or to none, from now on; cuts what is open, `but` one."""
        self.target = target
        for each in self.open - {but}:
            each.transport.abort()
        self.open &= {but}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.target is None:
            writer.transport.abort()
            return
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self.open |= {writer, other_writer}
        back = asyncio.create_task(self._back(other_reader, writer))
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                before, self.writes = self.writes, self.writes + data.count(SAVE_SHA)
                # Once: what else comes while it is handed on must not lead nowhere again, later.
                if before < self.intent <= self.writes:
                    back.cancel()
                    other_writer.write(data)
                    await other_writer.drain()
                    await asyncio.sleep(0.2)  # it is read before the connection is cut
                    self.move(None, but=writer if self.silent else None)
                    self.noted.set()
                    return
                other_writer.write(data)
                await other_writer.drain()
        back.cancel()
        other_writer.close()
        writer.close()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()


@pytest.fixture
async def first(tmp_path: Path) -> AsyncIterator[Server]:
    with valkey(tmp_path / "first", "--save", "") as server:
        await server.answers()
        async with server.client() as redis:
            await redis.script_load(SAVE.decode())  # or else it is sent twice
        yield server


@pytest.fixture
async def endpoint(first: Server) -> AsyncIterator[Endpoint]:
    endpoint = Endpoint(first, first.port)
    server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0)
    endpoint.port = server.sockets[0].getsockname()[1]
    yield endpoint
    endpoint.move(None)
    server.close()


@pytest.fixture
def environ(environ: dict[str, str], endpoint: Endpoint) -> dict[str, str]:
    return environ | {"REDIS_URL": endpoint.url}


async def about_to_send(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    endpoint: Endpoint,
) -> None:
    """Has a request come as far as that, and Redis go away just then."""
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    async with asyncio.timeout(60):
        await endpoint.noted.wait()


async def sending(redis: Redis) -> bool:
    [key] = [each async for each in redis.scan_iter("*:request:*")]
    return '"sending"' in str(await redis.get(key))


async def not_sending(redis: Redis) -> bool:
    return not await sending(redis)


async def test_a_process_that_stops_while_redis_is_away_says_first_that_it_never_sent(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    endpoint: Endpoint,
) -> None:
    old = await bots.start()
    await connected(slack)
    await about_to_send(slack, iacrea, anna, listings, endpoint)
    await holds(endpoint.first, sending)
    old.send_signal(signal.SIGTERM)
    await asyncio.sleep(7.0)  # longer than steps under way are waited for
    endpoint.move(endpoint.first.port)
    async with asyncio.timeout(60):
        assert await old.wait() == 0

    await bots.start()
    await slack.until(lambda _: replies(slack, listings), timeout=TAKEN_BACK)

    assert "is ready" in replies(slack, listings)[0].text
    assert iacrea.posts == 1


async def test_what_is_taken_back_from_a_primary_that_is_given_up_is_taken_back_from_the_next(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    endpoint: Endpoint,
    tmp_path: Path,
) -> None:
    following = ("--save", "", "--replicaof", "127.0.0.1", str(endpoint.first.port))
    at_once = ("--repl-diskless-sync-delay", "0")
    with valkey(tmp_path / "second", *following, *at_once) as second:
        await second.answers()
        await holds(second, follows)
        await bots.start()
        await connected(slack)
        await about_to_send(slack, iacrea, anna, listings, endpoint)
        await holds(second, sending)
        async with second.client() as redis:
            await redis.execute_command("REPLICAOF", "NO", "ONE")
        endpoint.move(endpoint.first.port)  # which does not know yet that it is none any more
        await holds(endpoint.first, not_sending)
        await asyncio.sleep(2.0)
        async with endpoint.first.client() as redis:
            await redis.execute_command("REPLICAOF", "127.0.0.1", second.port)
        endpoint.move(second.port)
        await slack.until(lambda _: replies(slack, listings), timeout=TAKEN_BACK)

    assert "is ready" in replies(slack, listings)[0].text
    assert iacrea.posts == 1


async def test_a_step_that_is_cut_off_while_it_notes_what_it_is_about_to_send_takes_it_back(
    iacrea: IACreaSimulator, endpoint: Endpoint
) -> None:
    endpoint.intent, endpoint.silent = 3, True
    asking = IACrea(iacrea.base_url, iacrea.api_key)
    async with connect(endpoint.url) as redis:
        stores = Stores.over(redis, "test:", poll_interval=1.0)
        pictures, store = Pictures(iacrea.base_url), stores.requests
        regenerate = Regenerator(stores, asking, pictures, timeout=60.0)
        await store.accept(a_request(), within=1.0)
        announced = replace(a_request(), state=State.ANNOUNCED, generations=(a_generation(),))
        await store.save(announced)
        step = asyncio.create_task(regenerate.step(announced.id))
        await endpoint.noted.wait()
        await holds(endpoint.first, sending)

        step.cancel()
        await asyncio.sleep(1.0)
        endpoint.move(endpoint.first.port)
        await regenerate.settle()

        await holds(endpoint.first, not_sending)
        with pytest.raises(asyncio.CancelledError):
            await step
    assert iacrea.posts == 0
