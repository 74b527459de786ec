"""The terminal: prints the conversation as it happens; what is under way is drawn anew in place."""

import asyncio
import os
import shutil
from collections.abc import Sequence
from typing import TextIO

from bot.demo import view
from bot.demo.errors import DemoError
from bot.demo.styled import Line, paint
from bot.demo.view import Reader
from bot.simulator.slack import Change, ChangeKind, Message, Workspace

_WIDEST = 100
_NARROWEST = 40
_POSTED = {ChangeKind.MESSAGE_POSTED, ChangeKind.EPHEMERAL_POSTED}
_EDITED = {ChangeKind.MESSAGE_EDITED, ChangeKind.EPHEMERAL_EDITED}


class Screen:
    """Prints lines, and follows a workspace. On a terminal it redraws, and uses colours."""

    def __init__(self, out: TextIO, workspace: Workspace) -> None:
        self._out = out
        self._workspace = workspace
        self._redraws = out.isatty() and os.environ.get("TERM") != "dumb"
        self._colour = self._redraws and not os.environ.get("NO_COLOR")
        self._last: Message | None = None  # the message that nothing stands below
        self._tail: list[Line] = []  # of it, as it was printed last
        self._broken = asyncio.Event()
        workspace.subscribe(self._follow)

    @property
    def reader(self) -> Reader:
        """Names as they are now, and the width that the terminal has now."""
        users, channels = self._workspace.users(), self._workspace.channels()
        columns = shutil.get_terminal_size((_WIDEST, 24)).columns
        return Reader(
            names={
                **{user.id: f"@{user.name}" for user in users},
                **{channel.id: f"#{channel.name}" for channel in channels},
            },
            authors={user.id: user.real_name for user in users},
            width=max(_NARROWEST, min(_WIDEST, columns)),
        )

    def show(self, lines: Sequence[Line]) -> None:
        """Prints lines below everything else."""
        self._last = None
        self._print(lines)

    async def closed(self) -> None:
        """Waits until nothing can be printed any more.

        Raises:
            DemoError: always, then.
        """
        await self._broken.wait()
        raise DemoError("nobody reads the output any more")

    def _follow(self, change: Change) -> None:
        message = change.subject
        if not isinstance(message, Message):
            return
        if change.kind in _POSTED:
            self._print(view.posted(message, self.reader))
            self._tail = view.tail(message, self.reader)
        elif change.kind in _EDITED and self._last and self._last.ts == message.ts:
            self._progress(view.tail(message, self.reader))
        elif change.kind in _EDITED:
            self._print(view.edited(message, self.reader))
            self._tail = []
        else:
            return
        self._last = message

    def _progress(self, tail: list[Line]) -> None:
        """Puts the new last block of the last message in the place of the old one, or below it."""
        if tail == self._tail:
            return
        # Cursor up and erase what is below: CUU and ED of ECMA-48.
        back = f"\x1b[{len(self._tail)}A\x1b[J" if self._redraws and self._tail else ""
        self._print(tail, back)
        self._tail = tail

    def _print(self, lines: Sequence[Line], before: str = "") -> None:
        if self._broken.is_set():
            return
        text = "".join(f"{paint(line, colour=self._colour)}\n" for line in lines)
        try:
            self._out.write(before + text)
            self._out.flush()
        except OSError:
            self._broken.set()
