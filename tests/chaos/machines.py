"""The processes of a run: a Valkey and the bots, started, ended in any way, and started again."""

import asyncio
import contextlib
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.store.embedded import _SETTINGS, _binary
from tests.clocks import Clock

STARTING = 5.0
"""Seconds that a process may take to begin, with others beside it."""


@dataclass
class Valkey:
    """A server with its append-only file, started, killed and started again on the same data."""

    directory: Path
    idle_limit: int
    clock: Clock
    process: asyncio.subprocess.Process | None = None

    @property
    def socket(self) -> Path:
        return self.directory / "valkey.sock"

    async def start(self) -> None:
        """Starts it, and waits until it answers."""
        settings = _SETTINGS | {"timeout": str(self.idle_limit)}
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        with (self.directory / "valkey.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                _binary(),
                *arguments,
                env=self.clock.environ,
                cwd=self.directory,
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(STARTING):
            while True:
                with contextlib.suppress(RedisError):
                    await self.say("PING")
                    return
                await asyncio.sleep(0.02)

    async def say(self, *command: str) -> None:
        """Has it carry out a command, past the proxy."""
        async with Redis(unix_socket_path=str(self.socket)) as redis:
            await redis.execute_command(*command)  # type: ignore[no-untyped-call]

    async def end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(how)
            await process.wait()


@dataclass
class Replica:
    """One bot: a process after another."""

    number: int
    environ: dict[str, str]
    directory: Path
    clock: Clock
    process: asyncio.subprocess.Process | None = None
    stops: list[tuple[int | None, float]] = field(default_factory=list)
    since: float = 0.0

    @property
    def log(self) -> Path:
        return self.directory / f"bot-{self.number}.log"

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                env=self.environ | self.clock.environ,
                cwd=self.directory,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
            )
        self.since = time.monotonic()

    async def end(self, how: signal.Signals) -> None:
        """Ends the process; of one that was asked to stop, exit code and seconds are kept.

        Not of one that has only just begun: Python itself ends at a signal until it is told more.
        """
        process, self.process = self.process, None
        if process is None or process.returncode is not None:
            return
        began = time.monotonic()
        process.send_signal(how)
        await process.wait()
        if how is signal.SIGTERM and began - self.since > STARTING:
            self.stops.append((process.returncode, time.monotonic() - began))
