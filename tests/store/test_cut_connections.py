"""A connection that was closed or reset while nobody used it costs nobody anything."""

import asyncio
import contextlib
import logging
import socket
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from redis.asyncio import Redis

from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.queues import Queue
from bot.store.requests import Accepted, Requests
from bot.worker import ClaimLimits, Worker
from tests.conftest import free_port
from tests.servers import Server, _pump, behind_tls, guarded, speaking_nonsense, valkey
from tests.store.conftest import a_request

SAFE = ("--appendonly", "yes", "--save", "")
AT_ONCE = 8

Reached = tuple[str, Server]
"""A URL, and the server behind it."""


@contextlib.asynccontextmanager
async def over_tcp(directory: Path) -> AsyncIterator[Reached]:
    with valkey(directory, *SAFE) as server:
        await server.answers()
        yield server.url, server


@contextlib.asynccontextmanager
async def over_tls(directory: Path) -> AsyncIterator[Reached]:
    authority = trustme.CA()
    ca = directory.with_suffix(".pem")
    authority.cert_pem.write_to_path(str(ca))
    async with (
        over_tcp(directory) as (_, server),
        behind_tls(server.at, authority.issue_cert("localhost")) as port,
    ):
        yield f"rediss://localhost:{port}/0?ssl_ca_certs={ca}", server


@contextlib.asynccontextmanager
async def over_a_unix_socket(directory: Path) -> AsyncIterator[Reached]:
    path = directory / "socket"
    with valkey(directory, *SAFE, "--unixsocket", str(path)) as server:
        await server.answers()
        yield f"unix://{path}", server


@contextlib.asynccontextmanager
async def behind_sentinels(directory: Path) -> AsyncIterator[Reached]:
    with guarded(directory) as redises:
        await redises.ready()
        yield redises.url, redises.primary


WAYS = {
    "TCP": over_tcp,
    "TLS": over_tls,
    "a Unix socket": over_a_unix_socket,
    "Sentinels": behind_sentinels,
}


@pytest.fixture(params=WAYS)
async def reached(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Reached]:
    # Eight handshakes, and eight questions to Sentinels, on a busy machine.
    monkeypatch.setattr("bot.store.client.CONNECT_LIMIT", 30.0)
    monkeypatch.setattr("bot.store.sentinel._ANSWER_LIMIT", 30.0)
    async with WAYS[request.param](tmp_path / "redis") as reached:
        yield reached


async def all_answer(redis: Redis) -> None:
    answers = await asyncio.gather(*(redis.ping() for _ in range(AT_ONCE)), return_exceptions=True)
    assert answers == [True] * AT_ONCE


async def test_what_redis_closed_after_a_quiet_spell_is_not_used(reached: Reached) -> None:
    url, server = reached
    async with connect(url) as redis, server.client() as operator:
        await all_answer(redis)
        await operator.config_set("timeout", 1)
        await asyncio.sleep(3)
        await all_answer(redis)


async def test_what_an_operator_killed_is_not_used(reached: Reached) -> None:
    url, server = reached
    async with connect(url) as redis, server.client() as operator:
        await all_answer(redis)
        killed = await operator.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        assert int(killed) >= AT_ONCE
        await asyncio.sleep(0.1)
        await all_answer(redis)


async def test_nothing_more_is_sent_for_each_command(tmp_path: Path) -> None:
    async with (
        over_tcp(tmp_path) as (url, server),
        connect(url) as redis,
        server.client() as operator,
    ):
        await all_answer(redis)
        before = (await operator.info("commandstats"))["cmdstat_ping"]["calls"]
        for _ in range(20):
            await redis.ping()
        calls = (await operator.info("commandstats"))["cmdstat_ping"]["calls"]
        assert calls - before == 20


async def test_after_a_restart_over_tcp_the_first_command_is_answered(tmp_path: Path) -> None:
    port = free_port()
    with valkey(tmp_path, *SAFE, port=port) as first:
        await first.answers()
        async with connect(first.url) as redis:
            await all_answer(redis)
            first.process.kill()
            first.process.wait()
            with valkey(tmp_path, *SAFE, port=port) as second:
                await second.answers()
                await all_answer(redis)


class Between:
    """A proxy before Redis that resets connections, as a firewall does that has forgotten them.

    Attributes:
        port: where it listens.
        resets_at: what a client sends, once, that has its connection reset.
        hands_on: Redis is told all the same, and only its answer is lost.
    """

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}
        self.port = 0
        self.resets_at: bytes | None = None
        self.hands_on = False

    def reset(self) -> None:
        for writer, serving in self._open.items():
            _reset(writer)
            serving.cancel()

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.create_task(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other = await asyncio.open_connection("127.0.0.1", self._upstream)
        back = asyncio.create_task(_pump(other_reader, writer))
        try:
            with contextlib.suppress(OSError):
                await self._listen(reader, writer, other, back)
        finally:
            del self._open[writer]
            back.cancel()
            other.transport.abort()
            writer.transport.abort()

    async def _listen(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        other: asyncio.StreamWriter,
        back: "asyncio.Task[None]",
    ) -> None:
        while data := await reader.read(65536):
            if self.resets_at is None or self.resets_at not in data:
                other.write(data)
                continue
            self.resets_at = None
            if self.hands_on:
                back.cancel()
                other.write(data)
                await other.drain()
                await asyncio.sleep(0.1)
            _reset(writer)
            return


def _reset(writer: asyncio.StreamWriter) -> None:
    if writer.is_closing():
        return
    linger = struct.pack("ii", 1, 0)  # on, for no time: closing it resets it (socket(7), SO_LINGER)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


@pytest.fixture
async def between(tmp_path: Path) -> AsyncIterator[Between]:
    with valkey(tmp_path, *SAFE) as server:
        await server.answers()
        between = Between(server.port)
        listening = await asyncio.start_server(between.serve, "127.0.0.1", 0)
        between.port = listening.sockets[0].getsockname()[1]
        yield between
        listening.close()
        between.reset()


async def test_what_was_reset_is_not_used(between: Between) -> None:
    async with connect(f"redis://127.0.0.1:{between.port}/0") as redis:
        await all_answer(redis)
        between.reset()
        await asyncio.sleep(0.1)
        await all_answer(redis)


@pytest.mark.parametrize("hands_on", [False, True], ids=["it is lost", "its answer is lost"])
async def test_a_reset_while_a_request_is_written_down_refuses_nobody(
    between: Between, hands_on: bool
) -> None:
    async with connect(f"redis://127.0.0.1:{between.port}/0") as redis:
        store = Requests(redis, prefix="test:", poll_interval=1.0)
        await store.accept(a_request("first"), within=1.0)
        between.hands_on = hands_on
        between.resets_at = b"EVALSHA"

        assert await store.accept(a_request(), within=1.0) is Accepted.SAVED

        assert await store.accept(a_request(), within=1.0) is Accepted.REPEATED


async def test_a_reset_while_something_is_read_is_not_seen(between: Between) -> None:
    async with connect(f"redis://127.0.0.1:{between.port}/0") as redis:
        store = Requests(redis, prefix="test:", poll_interval=1.0)
        request = a_request()
        await store.accept(request, within=1.0)
        between.resets_at = b"GET"

        assert await store.load(request.id) == request


async def test_whatever_a_command_raises_is_a_redis_that_is_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with speaking_nonsense() as url, connect(url) as redis:
        store = Requests(redis, prefix="test:", poll_interval=1.0)
        with pytest.raises(StoreAwayError):
            await store.claim(Queue.STEPS, 1, ahead=1.0)

    [record] = [each for each in caplog.records if each.exc_info]
    assert "ValueError" in logging.Formatter().format(record)


async def test_no_loop_ends_because_a_claim_raised() -> None:
    async with speaking_nonsense() as url, connect(url) as redis:
        store = Requests(redis, prefix="test:", poll_interval=1.0)

        async def work(member: str) -> None:
            raise AssertionError(member)

        worker = Worker(ClaimLimits(Queue.STEPS, limit=1, ahead=1.0), work, store)
        running = asyncio.create_task(worker.run())
        watching = asyncio.create_task(store.replicas.watch())
        done, _ = await asyncio.wait([running, watching], timeout=1.5)
        assert done == set()
        worker.stop()
        watching.cancel()
        await running
