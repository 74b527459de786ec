"""Valkeys with settings of their own, and TLS before one, for tests that need another Redis."""

import asyncio
import contextlib
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import redis as blocking
import trustme
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

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

    async def at(self) -> int:
        """Its port, for `behind_tls`."""
        return self.port

    async def listens(self) -> None:
        """Waits until it does; it may refuse whoever asks."""
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.close()
                    return
                await asyncio.sleep(0.02)

    async def answers(self) -> None:
        """Waits until it does."""
        async with asyncio.timeout(60), self.client() as redis:
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
async def behind_tls(
    where: Callable[[], Awaitable[int]], certificate: trustme.LeafCert
) -> AsyncIterator[int]:
    """A port that speaks TLS, before the one that `where` tells at each connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        # asyncio reports a serving task that was cancelled.
        with contextlib.suppress(OSError, asyncio.CancelledError), contextlib.ExitStack() as stack:
            stack.callback(writer.transport.abort)
            other_reader, other_writer = await asyncio.open_connection("127.0.0.1", await where())
            stack.callback(other_writer.transport.abort)
            await asyncio.gather(_pump(reader, other_writer), _pump(other_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


@contextlib.asynccontextmanager
async def speaking_nonsense() -> AsyncIterator[str]:
    """A server that answers everything with a number that is none; redis-py raises ValueError."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while await reader.read(65536):
                writer.write(b":many\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hands on what is said, and that one side has closed."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@dataclass(frozen=True, slots=True)
class Guarded:
    """A primary with one replica, and three Sentinels that know them as `main`."""

    primary: Server
    replica: Server
    sentinels: tuple[Server, ...]

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{each.port}" for each in self.sentinels)
        return f"redis+sentinel://{hosts}/main/0"

    async def ready(self) -> None:
        """Waits until the replica follows, and the Sentinels know of it and of each other."""
        for each in (self.primary, self.replica, *self.sentinels):
            await each.answers()
        for sentinel in self.sentinels:
            await holds(sentinel, _complete)
        await holds(self.replica, follows)

    async def promoted(self) -> None:
        """Waits until all Sentinels say that the replica is the primary."""

        async def is_primary(sentinel: Redis) -> bool:
            return await _primary(sentinel) == self.replica.port

        for sentinel in self.sentinels:
            await holds(sentinel, is_primary)

    async def at(self) -> int:
        """The port of the primary of now, as the endpoint of a managed Redis is told it."""
        async with self.sentinels[0].client() as sentinel:
            return await _primary(sentinel)

    async def fail_over(self) -> None:
        """Has a Sentinel make the replica the primary while both are alive."""

        async def accepted(sentinel: Redis) -> bool:
            with contextlib.suppress(ResponseError):  # it looks at the replica anew now and then
                return bool(await sentinel.execute_command("SENTINEL", "FAILOVER", "main"))
            return False

        await holds(self.sentinels[0], accepted)


async def holds(server: Server, condition: Callable[[Redis], Awaitable[bool]]) -> None:
    """Waits until something is so on a server."""
    async with asyncio.timeout(60), server.client() as redis:
        while not await condition(redis):  # noqa: ASYNC110 - it is another process's state
            await asyncio.sleep(0.05)


async def _primary(sentinel: Redis) -> int:
    found = await sentinel.sentinel_get_master_addr_by_name("main")
    return int(found[1]) if found else 0


async def _complete(sentinel: Redis) -> bool:
    state = await sentinel.sentinel_master("main")
    return bool(state["num-other-sentinels"] == 2 and state["num-slaves"] == 1)


async def follows(replica: Redis) -> bool:
    return bool((await replica.info("replication")).get("master_link_status") == "up")


def _wait_until_followed(primary: Server) -> None:
    """Sentinels ask the primary for its replicas at once, and then only every ten seconds."""
    until = time.monotonic() + 60
    with blocking.Redis(port=primary.port, decode_responses=True) as redis:
        while time.monotonic() < until:
            with contextlib.suppress(RedisError):
                if redis.info("replication").get("slave0", {}).get("state") == "online":
                    return
            time.sleep(0.02)
    raise TimeoutError


@contextlib.contextmanager
def guarded(directory: Path) -> Iterator[Guarded]:
    """Starts them all."""
    safe = ("--appendonly", "yes", "--save", "")
    with contextlib.ExitStack() as stack:
        primary = stack.enter_context(valkey(directory / "first", *safe))
        following = (
            "--replicaof",
            "127.0.0.1",
            str(primary.port),
            "--repl-diskless-sync-delay",
            "0",
        )
        replica = stack.enter_context(valkey(directory / "second", *safe, *following))
        _wait_until_followed(primary)
        sentinels = []
        for number in range(3):
            place = directory / f"sentinel-{number}"
            place.mkdir(parents=True)
            settings = place / "sentinel.conf"
            settings.write_text(
                f"sentinel monitor main 127.0.0.1 {primary.port} 2\n"
                "sentinel down-after-milliseconds main 1000\n"
                "sentinel failover-timeout main 5000\n"
            )
            sentinel = valkey(place, str(settings), "--sentinel")
            sentinels.append(stack.enter_context(sentinel))
        yield Guarded(primary, replica, tuple(sentinels))
