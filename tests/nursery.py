"""Commands forked from one Python that has imported them already: each start takes a second less.

`python -m tests.nursery` is that Python. For each order it forks a keeper, which forks the command,
tells its pid and waits for its end. Workers that are forked may share it: each order is a datagram.
In CI each command is a Python of its own, as users start it.
"""

import asyncio
import atexit
import contextlib
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

MOST = 65536
"""Bytes of one order: a command and its environment."""


class Nursery:
    """The Python that commands are forked from."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Starts it."""
        ours, theirs = _datagrams()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this module
                [sys.executable, "-m", "tests.nursery", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                env=environ,
                pass_fds=[theirs.fileno()],
            )
        self._orders = ours
        self._owner = os.getpid()

    def start(
        self,
        command: tuple[str, ...],
        environ: Mapping[str, str],
        cwd: Path,
        out: BinaryIO | int | None,
        err: BinaryIO | int | None,
        *,
        module: str = "bot",
    ) -> "Forked":
        """Forks one that runs that command of a module; where a stream is None it has none."""
        return Forked(*self._order(command, environ, cwd, (out, err), module))

    async def start_bot(
        self, environ: Mapping[str, str], directory: Path, log: BinaryIO
    ) -> "Forked":
        """Forks what `sandbox.demo.bot_process.start_python` would start."""
        return self.start(("run",), environ, directory, log, log)

    @contextlib.asynccontextmanager
    async def open(
        self,
        command: tuple[str, ...],
        environ: Mapping[str, str],
        cwd: Path,
        *,
        out: int = subprocess.PIPE,
        err: int = subprocess.PIPE,
        module: str = "bot",
    ) -> AsyncIterator["Forked"]:
        """Forks one whose output is read in the block, as `stdout` and `stderr`, where piped."""
        pipes = [os.pipe() if each == subprocess.PIPE else (None, each) for each in (out, err)]
        forked = self.start(command, environ, cwd, pipes[0][1], pipes[1][1], module=module)
        for _, end in (each for each in pipes if each[0] is not None):
            os.close(end)
        async with _read(pipes[0][0]) as forked.stdout, _read(pipes[1][0]) as forked.stderr:
            yield forked

    def run(
        self,
        command: tuple[str, ...],
        environ: Mapping[str, str],
        cwd: Path,
    ) -> subprocess.CompletedProcess[str]:
        """Runs one to its end, as `subprocess.run` does."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            streams = out.fileno(), err.fileno()
            _, told = self._order(command, environ, cwd, streams, "bot")
            with told:
                code = int(told.recv(16))
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, code, out.read(), err.read())

    def close(self) -> None:
        """Ends it, once whoever shares it has let go of it too."""
        self._orders.close()
        if os.getpid() == self._owner:
            self._process.wait()

    def _order(
        self,
        command: tuple[str, ...],
        environ: Mapping[str, str],
        cwd: Path,
        outputs: tuple[BinaryIO | int | None, ...],
        module: str,
    ) -> tuple[int, socket.socket]:
        """Has one forked; returns its pid, and where its exit code will be told."""
        streams = {
            number: stream if isinstance(stream, int) else stream.fileno()
            for number, stream in enumerate(outputs, start=1)
            if stream is not None
        }
        told, report = _datagrams()
        order = [module, command, dict(environ), str(cwd), [*streams]]
        with report:
            fds = [*streams.values(), report.fileno()]
            socket.send_fds(self._orders, [json.dumps(order).encode()], fds)
        return int(told.recv(16)), told


def _datagrams() -> tuple[socket.socket, socket.socket]:
    """Two ends between which what is sent at once arrives at once, and alone."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


@contextlib.asynccontextmanager
async def _read(end: int | None) -> AsyncIterator[asyncio.StreamReader | None]:
    if end is None:
        yield None
        return
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(end, "rb")
    )
    with contextlib.closing(transport):
        yield reader


class Forked:
    """A command that runs, as `asyncio.subprocess.Process` shows one.

    Attributes:
        returncode: None while it runs.
        stdout: what it says, where the test reads that.
        stderr: and this.
    """

    stdout: asyncio.StreamReader | None = None
    stderr: asyncio.StreamReader | None = None

    def __init__(self, pid: int, told: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        told.setblocking(False)
        self._ended = asyncio.create_task(self._wait(told))

    async def _wait(self, told: socket.socket) -> int:
        with told:
            said = await asyncio.get_running_loop().sock_recv(told, 16)
        self.returncode = int(said)
        return self.returncode

    async def wait(self) -> int:
        """Waits for its end and returns its exit code."""
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        """Reads all that it still says, and waits for its end."""
        pipes = [each.read() for each in (self.stdout, self.stderr) if each]
        said = iter(await asyncio.gather(*pipes))
        out, err = [next(said) if each else b"" for each in (self.stdout, self.stderr)]
        await self.wait()
        return out, err

    def send_signal(self, number: int) -> None:
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _next(orders: socket.socket) -> tuple[str, list[str]]:
    """Forks a process for each order; returns in each the module and the command it is to run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    while True:
        order, fds, *_ = socket.recv_fds(orders, MOST, 3)
        if not order:
            os._exit(0)
        if os.fork() == 0:
            module, command, environ, cwd, numbers = json.loads(order)
            *streams, report = fds
            _keep(report)
            _settle(environ, cwd, dict(zip(numbers, streams, strict=True)))
            return module, command
        for fd in fds:
            os.close(fd)


def _keep(report: int) -> None:
    """Forks the command, and returns in it; this process waits for its end and ends with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        return
    os.write(report, str(pid).encode())
    _, status = os.waitpid(pid, 0)
    os.write(report, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _settle(environ: Mapping[str, str], cwd: str, streams: Mapping[int, int]) -> None:
    """Has what a process started so would have, and nothing of the nursery's."""
    for number, name, buffering in ((1, "stdout", -1), (2, "stderr", 1)):
        like, made = getattr(sys, name), None
        if number in streams:
            os.dup2(streams[number], number)
            made = open(number, "w", buffering, like.encoding, like.errors, closefd=False)  # noqa: SIM115
        else:
            os.close(number)
        setattr(sys, name, made)
    os.closerange(3, MOST)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    os.chdir(cwd)


def _warm_up() -> None:
    """Loads what every command needs."""
    import bot.app
    import bot.cli.commands
    import bot.doctor
    import bot.manifest
    import bot.operate
    import bot.slack.connection.socket_mode
    import bot.store.embedded  # noqa: F401
    import sandbox.command
    import sandbox.demo.runner  # noqa: F401
    from bot.network import certificates
    from bot.slack.blocks.catalogue import Catalogue

    certificates.context()
    Catalogue()
    gc.collect()
    gc.freeze()


def _run(module: str, command: list[str]) -> Any:
    """Runs `python -m module command`; returns what it hands to `sys.exit`."""
    sys.argv = [module, *command]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code


def _end(code: Any) -> None:
    """Ends as Python does, but takes nothing apart first: that takes as long as a whole command."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    _warm_up()
    _end(_run(*_next(socket.socket(fileno=int(sys.argv[1])))))
