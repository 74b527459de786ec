"""Processes: started, looked at from outside (proc(5), so on Linux alone), ended."""

import asyncio
import contextlib
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.http import Client

ROOT = Path(__file__).parents[1]
LOG = ROOT / "dist" / "bench.log"
"""What the processes say."""
_TICKS = os.sysconf("SC_CLK_TCK")
_START_LIMIT = 120.0
_LOOK_AGAIN = 0.003
_PORTS = iter(range(10_000, 12_000))
"""Below those of outgoing connections, one of which may take it before the bot listens."""


@dataclass(frozen=True, slots=True)
class Process:
    """One that was started here."""

    process: asyncio.subprocess.Process
    port: int
    began: float

    @property
    def cpu(self) -> float:
        """Seconds of CPU that it has used, user and system."""
        return cpu_of(self.process.pid)

    @property
    def rss(self) -> int:
        """Bytes of it in memory."""
        text = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        line = next(each for each in text.splitlines() if each.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    async def kill(self) -> None:
        """Ends it without a warning: SIGKILL."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def answers(self, path: str) -> float:
        """Waits until it answers 200 there; seconds since it was started.

        Raises:
            TimeoutError: it does not.
        """
        async with asyncio.timeout(_START_LIMIT):
            while True:
                client = Client(self.port)
                with contextlib.suppress(OSError):
                    status, _ = await client.post(path, b"", method=b"GET")
                    if status == 200:  # noqa: PLR2004 - HTTP's own
                        return time.perf_counter() - self.began
                client.close()
                await asyncio.sleep(_LOOK_AGAIN)


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def start(
    *command: str,
    environ: Mapping[str, str] | None = None,
    python: str | None = None,
    port: int = 0,
) -> Process:
    """A Python process with those arguments, with nothing of this one's environment but PATH."""
    began = time.perf_counter()
    with LOG.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            python or sys.executable,
            *command,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(environ or {})},
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    return Process(process, port, began)


@contextlib.asynccontextmanager
async def running(
    *command: str,
    environ: Mapping[str, str] | None = None,
    python: str | None = None,
    port: int = 0,
) -> AsyncIterator[Process]:
    """The same, killed when the block ends."""
    process = await start(*command, environ=environ, python=python, port=port)
    try:
        yield process
    finally:
        await process.kill()


def free_port() -> int:
    """Returns a port that nobody listens on, and that it did not return before."""
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("every port is taken")
