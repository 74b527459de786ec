"""The real bot as a process of its own: started, killed, stopped, and never left behind."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import bot
from bot.config import Config
from bot.demo.errors import DemoError

SOURCES = Path(bot.__file__).parents[1]
"""Where the package lies, in a checkout or an installation."""
STOPPING = 10.0
"""Seconds for the bot to finish what is under way; then it is killed."""
_LOOK_AGAIN = 0.05
_LAST_WORDS = 8
"""Lines of the log that an error shows."""


class BotProcess:
    """`regen-bot run` in a directory of its own, with the embedded Valkey that it starts there."""

    def __init__(self, directory: Path, settings: Mapping[str, str]) -> None:
        """Takes an empty directory and the bot's settings; nothing runs yet."""
        self._directory = directory
        self._environment = environment(os.environ, {**settings, "BOT_DATA_DIR": str(directory)})
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._dead = asyncio.Event()

    async def start(self) -> None:
        """Starts a process; it is not connected yet."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self._directory,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the demo, which then stops the bot
            )
        self._watch = asyncio.create_task(self._watched(self._process))

    async def kill(self) -> None:
        """Ends the process with SIGKILL, as a crash would; its Valkey goes on without it."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ends the process in good order, and the Valkey that a killed one left."""
        await self._end(signal.SIGTERM)
        await self._end_valkey()

    async def died(self) -> None:
        """Waits until the bot ends although nobody asked it to.

        Raises:
            DemoError: always, then; with the end of its log.
        """
        await self._dead.wait()
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        said = "\n".join(lines[-_LAST_WORDS:])
        raise DemoError(f"the bot ended by itself; its log ends with\n{said}")

    @property
    def _log(self) -> Path:
        return self._directory / "bot.log"

    async def _watched(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self._dead.set()

    async def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None or self._watch is None:
            return
        self._watch.cancel()
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        try:
            async with asyncio.timeout(STOPPING):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _end_valkey(self) -> None:
        pidfile = self._directory / "valkey.pid"
        with contextlib.suppress(OSError, ValueError):  # it ended with its bot, or never was
            os.kill(int(pidfile.read_text()), signal.SIGTERM)
        for _ in range(round(STOPPING / _LOOK_AGAIN)):
            if not pidfile.exists():  # the last thing that Valkey removes: server.c, finishShutdown
                return
            await asyncio.sleep(_LOOK_AGAIN)


def environment(inherited: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """The bot's environment: `settings`, and of what is inherited nothing that would add to them.

    Proxies are left out as well: all servers of the demo are on loopback.
    """
    ours = {name.upper() for name in Config.__dataclass_fields__}
    kept = {
        name: value
        for name, value in inherited.items()
        if name not in ours and not name.upper().endswith("_PROXY")
    }
    paths = [str(SOURCES), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **settings}
