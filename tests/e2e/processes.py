"""A command as a process of its own, its streams in the test's hands."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

from tests.conftest import Process
from tests.nursery import Nursery

PYTHON = [sys.executable, "-m", "bot"]
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended, and what it said."""

    code: int
    out: str
    err: str


@contextlib.asynccontextmanager
async def started(
    environ: Mapping[str, str],
    cwd: Path,
    *command: str,
    out: int = PIPE,
    err: int = PIPE,
    nursery: Nursery | None = None,
) -> AsyncIterator[Process]:
    """A process that does not outlive the block; with the whole command, wrappers and all.

    With a nursery, what is to be a Python of its own (`PYTHON` and more) is forked from there.
    """
    async with contextlib.AsyncExitStack() as stack:
        process: Process
        if nursery:
            _, _, module, *typed = command
            process = await stack.enter_async_context(
                nursery.open(tuple(typed), environ, cwd, out=out, err=err, module=module)
            )
        else:
            process = await asyncio.create_subprocess_exec(
                *command, env=dict(environ), cwd=cwd, stdin=DEVNULL, stdout=out, stderr=err
            )
        try:
            yield process
        finally:
            signalled(process, signal.SIGKILL)
            await process.wait()


def signalled(process: Process, number: int) -> None:
    """Sends it a signal, which it may miss, having just ended.

    `Process.send_signal` asks first whether it has ended, and so takes its exit code away from
    asyncio, which then says 255 (`subprocess.Popen.send_signal` polls; bpo-38630).
    """
    with contextlib.suppress(ProcessLookupError):
        if process.returncode is None:
            os.kill(process.pid, number)


async def end_of(process: Process, within: float = 60.0) -> Ended:
    """Waits for it."""
    async with asyncio.timeout(within):
        out, err = await process.communicate()
    return Ended(process.returncode or 0, (out or b"").decode(), (err or b"").decode())


def mask(pid: int, which: str) -> set[int]:
    """The signals of a mask of the process, of SigCgt, SigIgn or SigBlk (proc(5))."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{which}:"):
                bits = int(line.split()[1], 16)
                return {number for number in range(1, 65) if bits & 1 << number - 1}
    return set()


def child_of(pid: int) -> int:
    """The one child; 0 while there is none."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else 0


async def until(condition: Callable[[], object], within: float = 60.0) -> None:
    """Looks again and again."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - it is another process's state
            await asyncio.sleep(0.001)


async def listens(pid: int) -> None:
    """Waits until the process has said what the signals mean to it."""
    await until(lambda: mask(pid, "SigCgt").issuperset(ENDING))


@contextlib.contextmanager
def silence() -> Iterator[str]:
    """An address at which somebody takes connections and never says a word."""
    with create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def works(*command: str) -> bool:
    """Whether this machine lets the user do that."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False
