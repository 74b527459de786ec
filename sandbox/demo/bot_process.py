"""The real bot as a process of its own: started, killed, started again, and never left behind."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import sandbox
from sandbox.demo.errors import DemoError

SOURCES = Path(sandbox.__file__).parents[1]
"""Where both packages lie side by side, in a checkout or an installation."""
CONNECTIONS = 2
"""As many as the bot opens to Slack in Socket Mode."""
STOPPING = 10.0
"""Seconds for the bot to finish what is under way; then it is killed."""
BACK_AFTER = 4.0
"""Seconds until a bot that died is started again: long enough to see that it is dead."""
_EXITS = {0, 1, 2}
"""How the bot ends by its own decision; any other code is somebody else's signal."""
_LAST_WORDS = 8
"""Lines of the log that an error shows."""
_INHERITED = frozenset(
    ("PATH", "PYTHONPATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH")
)


class BotState(StrEnum):
    """How the bot is."""

    STARTING = "starting"
    CONNECTED = "connected"
    DEAD = "dead"


class BotProcess:
    """`regen-bot run` in a directory of its own, with the embedded Valkey that it starts there.

    Attributes:
        starts: how often it was started.
        back_at: when a dead one is started again, Unix time in seconds; None while it lives.
        said: the end of its log, where it ended by itself.
    """

    def __init__(
        self,
        directory: Path,
        *,
        connected: Callable[[], bool],
        on_change: Callable[["BotProcess"], None],
    ) -> None:
        """Prepares the bot; nothing runs yet.

        Args:
            directory: an empty one.
            connected: whether Slack has a connection of the bot.
            on_change: called whenever a process came or went.
        """
        self.starts = 0
        self.back_at: float | None = None
        self.said = ""
        self._directory = directory
        self._connected = connected
        self._on_change = on_change
        self._process: asyncio.subprocess.Process | None = None
        self._killed = False
        self._proved = False

    @property
    def pid(self) -> int | None:
        """The process that runs, if one does."""
        if self._killed or self._process is None or self._process.returncode is not None:
            return None
        return self._process.pid

    @property
    def state(self) -> BotState:
        """How it is now."""
        if self.pid is None:
            return BotState.DEAD
        return BotState.CONNECTED if self._connected() else BotState.STARTING

    @property
    def log(self) -> Path:
        """What it says, of all its lives."""
        return self._directory / "bot.log"

    async def keep_running(self, settings: Mapping[str, str]) -> None:
        """Starts it, and again after each death, as a service manager would; never returns.

        Args:
            settings: the bot's.

        Raises:
            DemoError: it ended before it was ever connected; with the end of its log.
        """
        ours = {**settings, "BOT_DATA_DIR": str(self._directory)}
        environ = environment(os.environ, ours)
        while True:
            process = await self._start(environ)
            await self._watch(process)
            if not self._killed:
                self.said = self._last_words()
                if not self._proved and process.returncode in _EXITS:
                    raise DemoError(f"the bot ended by itself; its log ends with\n{self.said}")
            self.back_at = time.time() + BACK_AFTER
            self._on_change(self)
            await asyncio.sleep(BACK_AFTER)

    def kill(self) -> bool:
        """Ends the process with SIGKILL, as a crash would; its Valkey goes on without it.

        Returns:
            Whether there was one.
        """
        if self._process is None or self.pid is None:
            return False
        self._killed = True
        self._process.kill()
        return True

    async def stop(self) -> None:
        """Ends the process in good order; `keep_running` must have been cancelled."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOPPING):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _start(self, environ: Mapping[str, str]) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            self._process = await start_python(environ, self._directory, log)
        self.starts += 1
        self.back_at, self.said, self._killed = None, "", False
        self._on_change(self)
        return self._process

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """Waits until it ends; notes meanwhile whether it ever came to its work."""
        ended = asyncio.create_task(process.wait())
        try:
            while not ended.done():
                self._proved = self._proved or self._connected()
                await asyncio.wait([ended], timeout=0.2)
        finally:
            ended.cancel()

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-_LAST_WORDS:])


async def start_python(
    environ: Mapping[str, str], directory: Path, log: BinaryIO
) -> asyncio.subprocess.Process:
    """Starts the bot in a Python of its own; `log` takes all that it says."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=directory,
        env=environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl-C is for the demo, which then stops the bot
    )


def environment(inherited: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Returns the bot's environment: `settings`, and what any program needs to start.

    Nothing else is inherited, so that neither the visitor's own configuration of a bot nor a proxy
    gets into the demo.
    """
    kept = {name: value for name, value in inherited.items() if name in _INHERITED}
    paths = [str(SOURCES), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **settings}
