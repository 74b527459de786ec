"""Valkeys with settings of their own, and TLS before one, for tests that need another Redis."""

import asyncio
import contextlib
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import trustme
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.store.embedded import _binary
from tests.conftest import free_port


@dataclass(frozen=True, slots=True)
class Server:
    """A Valkey process on a TCP port of its own."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Redis:
        return Redis(port=self.port, decode_responses=True)

    async def answers(self) -> None:
        """Waits until it does."""
        async with asyncio.timeout(20), self.client() as redis:
            while True:
                with contextlib.suppress(RedisError):
                    await redis.ping()
                    return
                await asyncio.sleep(0.02)


@contextlib.contextmanager
def valkey(directory: Path, *arguments: str, port: int = 0) -> Iterator[Server]:
    """A Valkey with those arguments, until the block ends."""
    port = port or free_port()
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the Valkey that the bot brings along
            [_binary(), *arguments, "--port", str(port), "--dir", str(directory)],
            stdout=log,
            stderr=log,
        )
    try:
        yield Server(port, process)
    finally:
        process.kill()
        process.wait()


@contextlib.asynccontextmanager
async def behind_tls(port: int, certificate: trustme.LeafCert) -> AsyncIterator[int]:
    """A port that speaks TLS, before one that does not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        with contextlib.suppress(OSError):
            other_reader, other_writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                await asyncio.gather(_pump(reader, other_writer), _pump(other_reader, writer))
            except asyncio.CancelledError:
                return  # asyncio reports a serving task that was cancelled
            finally:
                other_writer.transport.abort()
                writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
