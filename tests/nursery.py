"""Bots forked from one Python that has imported the bot already: each start takes a second less.

`python -m tests.nursery` is that Python. For each bot it forks a keeper, which forks the bot, tells
its pid and waits for its end. In CI each bot is a Python of its own, as users start it.
"""

import asyncio
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

MOST = 65536
"""Bytes of one order: a command and its environment."""


class Nursery:
    """The Python that bots are forked from."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Starts it."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this module
                [sys.executable, "-m", "tests.nursery", str(theirs.fileno())],
                env=environ,
                pass_fds=[theirs.fileno()],
            )
        self._orders = ours

    def start(
        self,
        command: tuple[str, ...],
        environ: Mapping[str, str],
        cwd: Path,
        out: BinaryIO,
        err: BinaryIO,
    ) -> "Forked":
        """Forks one that runs that command."""
        told, report = socket.socketpair()
        order = json.dumps([command, dict(environ), str(cwd)]).encode()
        with report:
            socket.send_fds(self._orders, [order], [out.fileno(), err.fileno(), report.fileno()])
        return Forked(int(told.recv(16)), told)

    async def start_bot(
        self, environ: Mapping[str, str], directory: Path, log: BinaryIO
    ) -> "Forked":
        """Forks what `sandbox.demo.bot_process.start_python` would start."""
        return self.start(("run",), environ, directory, log, log)

    def close(self) -> None:
        """Ends it."""
        self._orders.close()
        self._process.wait()


class Forked:
    """A bot, as `asyncio.subprocess.Process` shows one.

    Attributes:
        returncode: None while it runs.
    """

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

    def send_signal(self, number: int) -> None:
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _is_to_be(orders: socket.socket) -> list[str]:
    """Forks a bot for each order; returns in each of them, with the command that it is to run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    while True:
        order, fds, *_ = socket.recv_fds(orders, MOST, 3)
        if not order:
            os._exit(0)
        if os.fork() == 0:
            command, environ, cwd = json.loads(order)
            *streams, report = fds
            _keep(report)
            _settle(environ, cwd, *streams)
            return list(command)
        for fd in fds:
            os.close(fd)


def _keep(report: int) -> None:
    """Forks the bot, and returns in it; this process waits for its end and ends with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        return
    os.write(report, str(pid).encode())
    _, status = os.waitpid(pid, 0)
    os.write(report, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _settle(environ: Mapping[str, str], cwd: str, out: int, err: int) -> None:
    """Has what a process started so would have, and nothing of the nursery's."""
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.closerange(3, MOST)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(cwd)


def _warm_up() -> None:
    """Loads what every bot needs."""
    import bot.app
    import bot.cli.commands
    import bot.slack.connection.socket_mode
    import bot.store.embedded  # noqa: F401
    from bot.network import certificates
    from bot.slack.blocks.catalogue import Catalogue

    certificates.context()
    Catalogue()


if __name__ == "__main__":
    _warm_up()
    sys.argv = ["regen-bot", *_is_to_be(socket.socket(fileno=int(sys.argv[1])))]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
