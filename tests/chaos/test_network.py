"""What the campaign puts between the bots and the world does what it says."""

import asyncio
import contextlib
import signal
import ssl
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator, read_manifest
from tests.chaos.machines import Valkey
from tests.chaos.network import network
from tests.chaos.proxy import IDLE, Proxy
from tests.chaos.tunnel import Trouble
from tests.clocks import Clock, library
from tests.conftest import ROOT


async def test_the_proxy_passes_on_delays_cuts_and_refuses() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            while data := await reader.read(100):
                writer.write(data)

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    loop = asyncio.get_running_loop()
    async with server, Proxy(server.sockets[0].getsockname()[1]) as proxy:
        async with through(proxy) as (reader, writer):
            writer.write(b"one")
            assert await reader.read(100) == b"one"

            proxy.delay = 0.2
            began = loop.time()
            writer.write(b"two")
            assert await reader.read(100) == b"two"
            assert loop.time() - began >= 0.2

            assert proxy.cut() == 1
            assert await ended(reader)
        proxy.refuses = True
        async with through(proxy) as (reader, _):
            assert await ended(reader)


@contextlib.asynccontextmanager
async def through(
    proxy: Proxy,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    yield reader, writer
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def ended(reader: asyncio.StreamReader) -> bool:
    """Whether nothing comes any more, in whichever way that is said."""
    try:
        return await reader.read(100) == b""
    except ConnectionError:
        return True


@pytest.fixture
async def echo() -> AsyncIterator[Proxy]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            while data := await reader.read(100):
                writer.write(data)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, Proxy(server.sockets[0].getsockname()[1]) as proxy:
        yield proxy


async def test_only_what_lies_idle_is_closed(echo: Proxy) -> None:
    async with through(echo) as (reader, writer), through(echo) as (_, busy):
        writer.write(b"one")
        assert await reader.read(100) == b"one"
        await asyncio.sleep(IDLE + 0.05)
        echo.delay = 1.0
        busy.write(b"two")
        await asyncio.sleep(0.05)
        assert echo.close_idle() == 1
        assert await reader.read(100) == b""


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
async def test_a_command_is_broken_off_where_it_should_be(tmp_path: Path, share: float) -> None:
    async with redis_behind_proxy(tmp_path) as (valkey, proxy, redis):
        await redis.ping()
        proxy.resets.append(share)
        with pytest.raises(RedisConnectionError, match="reset"):
            await redis.set("written", 1)
        async with Redis(unix_socket_path=str(valkey.socket)) as beside:
            assert await beside.exists("written") == (share == 1.0)
        await redis.ping()


async def test_clocks_go_forward_and_back_while_what_measures_goes_on(tmp_path: Path) -> None:
    async with redis_behind_proxy(tmp_path) as (valkey, _, redis):
        if not valkey.clock.step(-3600):
            pytest.skip("no C compiler here")
        measured = time.monotonic()
        await is_apart(redis, -3600)
        valkey.clock.step(7200)
        await is_apart(redis, 3600)
        assert time.monotonic() - measured < 10


async def test_the_companys_proxy_lets_through_and_fails_in_each_way(tmp_path: Path) -> None:
    async with (
        SlackSimulator(read_manifest(ROOT / "manifest.yml")) as slack,
        IACreaSimulator() as iacrea,
        network(slack, iacrea, tmp_path / "no.sock", tmp_path) as between,
    ):
        assert between.tunnel is not None
        trusting = ssl.create_default_context(cafile=between.environ["SSL_CERT_FILE"])
        tunnel, url = between.tunnel, between.environ["IACREA_BASE_URL"]
        proxy = between.environ["HTTPS_PROXY"]

        async def asked() -> int:
            async with httpx.AsyncClient(proxy=proxy, verify=trusting, timeout=1.0) as http:
                return (await http.get(f"{url}/api/video-editor/generate/video/v")).status_code

        assert await asked() == 401
        for trouble, error in (
            (Trouble.BAD_GATEWAY, httpx.ProxyError),
            (Trouble.WHO_ARE_YOU, httpx.ProxyError),
            (Trouble.SILENCE, httpx.ReadTimeout),
            (Trouble.HANGING_UP, httpx.RemoteProtocolError),
        ):
            tunnel.trouble = trouble
            with pytest.raises(error):
                await asked()
        tunnel.trouble = None
        assert await asked() == 401
        assert tunnel.joined == 2


@contextlib.asynccontextmanager
async def redis_behind_proxy(directory: Path) -> AsyncIterator[tuple[Valkey, Proxy, Redis]]:
    valkey = Valkey(directory, 0, Clock(directory / "clock", await library(directory)))
    await valkey.start()
    try:
        async with Proxy(valkey.socket) as proxy, Redis(port=proxy.port, retry=None) as redis:
            yield valkey, proxy, redis
    finally:
        await valkey.end(signal.SIGKILL)


async def is_apart(redis: Redis, seconds: float) -> None:
    """Waits until Redis's clock is so many seconds ahead; it looks now and then."""
    apart = float("inf")
    async with asyncio.timeout(60):
        while abs(apart - seconds) > 2:
            apart = (await redis.time())[0] - time.time()
            await asyncio.sleep(0.05)
