"""The bot's embedded Valkey, taken away and given back.

The bot itself starts that server, and starts it again when it ends: whoever holds the lock of its
directory keeps it from doing so.
"""

import asyncio
import contextlib
import fcntl
import os
import signal
from pathlib import Path
from typing import BinaryIO

_LOOK_AGAIN = 0.2
"""Seconds between two looks at a server that ends."""
_ENDING = 10.0
"""Seconds for a server to end."""


class Valkey:
    """The server in the bot's data directory; its file names are `bot.store.embedded`'s."""

    def __init__(self, directory: Path) -> None:
        """Takes the bot's data directory."""
        self._pidfile = directory / "valkey.pid"
        self._lockfile = directory / "server.lock"
        self._lock: BinaryIO | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, if it runs."""
        with contextlib.suppress(OSError, ValueError):
            pid = int(self._pidfile.read_text())
            os.kill(pid, 0)
            return pid
        return None

    @property
    def is_kept_down(self) -> bool:
        """Whether it was stopped here and not started since."""
        return self._lock is not None

    async def stop(self) -> None:
        """Ends the server, and keeps the bot from starting it again."""
        lock = self._lockfile.open("ab")
        # In a thread, since the lock is taken only once the bot's server has let go of it.
        held = asyncio.create_task(asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX))
        while not held.done():
            self._signal()  # again where the bot was quicker, and started another one
            await asyncio.wait([held], timeout=_LOOK_AGAIN)
        self._lock = lock

    def start(self) -> None:
        """Lets the bot start it again, which it does by itself."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    async def end(self) -> None:
        """Ends the server that a killed bot left behind; nobody starts it again."""
        self.start()
        self._signal()
        for _ in range(round(_ENDING / _LOOK_AGAIN)):
            # The file is the last thing that it removes (server.c, finishShutdown); its process
            # may stay, as one that nobody has waited for.
            if self.pid is None or not self._pidfile.exists():
                return
            await asyncio.sleep(_LOOK_AGAIN)

    def _signal(self) -> None:
        if pid := self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
