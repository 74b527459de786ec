"""Writes lines to a terminal or a log in a thread of its own, so that the bot waits for no reader.

A terminal held with Ctrl-S, a pager or a log collector that hangs may block a write for as long as
it likes. Here that blocks one thread. Lines that no longer fit are dropped and counted.
"""

import os
import select
import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import TextIO

from bot.process import encoding

MOST_BYTES = 1024 * 1024
"""Bytes that may wait to be written: some thousand lines."""
_STDOUT = 1
STDERR = 2


class LineWriter:
    """Writes lines to a descriptor, in order.

    Attributes:
        dropped: how many lines nobody will read.
        lost: makes the line that says how many were dropped there.
    """

    lost: Callable[[int], str] = "({} lines were dropped here: nobody read them)".format

    def __init__(self, descriptor: int, encoding: str, *, most: int = MOST_BYTES) -> None:
        """Writes nothing yet.

        Args:
            descriptor: stays open for as long as the process lives.
            encoding: of the text there; what it does not have is written in other words.
            most: bytes that may wait.
        """
        self.dropped = 0
        self._descriptor = descriptor
        self._encoding = encoding
        self._most = most
        # A number stands in the place of so many dropped lines.
        self._waiting: deque[bytes | int] = deque()
        self._size = 0
        self._idle = True
        self._changed = threading.Condition()
        # A daemon, or a write that nobody takes would keep the process from ending.
        threading.Thread(target=self._write_all, name="line writer", daemon=True).start()

    def say(self, text: str) -> None:
        """Writes `text` as a line as soon as somebody takes it; returns at once."""
        line = self._encoded(text)
        with self._changed:
            if self._size + len(line) <= self._most:
                self._size += len(line)
                self._waiting.append(line)
            else:
                self.dropped += 1
                self._mark()
            self._idle = False
            self._changed.notify_all()

    def finish(self, patience: float) -> None:
        """Waits until all is written, for `patience` seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: self._idle, timeout=patience)

    def _mark(self) -> None:
        last = self._waiting[-1] if self._waiting else None
        if isinstance(last, int):
            self._waiting[-1] = last + 1
        else:
            self._waiting.append(1)

    def _write_all(self) -> None:
        unsaid = 0
        while True:
            entry = self._next()
            if isinstance(entry, int):
                unsaid += entry
            if unsaid and self._write(self._encoded(self.lost(unsaid))):
                unsaid = 0
            if isinstance(entry, bytes) and not self._write(entry):
                unsaid += 1
                self.dropped += 1

    def _next(self) -> bytes | int:
        with self._changed:
            # Idle only now: when the queue is empty, the last line may still be on its way.
            while not self._waiting:
                self._idle = True
                self._changed.notify_all()
                self._changed.wait()
            entry = self._waiting.popleft()
            if isinstance(entry, bytes):
                self._size -= len(entry)
            return entry

    def _write(self, data: bytes) -> bool:
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:  # another process made our shared descriptor non-blocking
                select.select([], [self._descriptor], [])
            except OSError:  # nobody reads, or the disk is full; the next line may pass
                return False
        return True

    def _encoded(self, text: str) -> bytes:
        return f"{text}\n".encode(self._encoding, encoding.PLAIN)


@cache
def stdout() -> LineWriter:
    """Returns the process's writer to stdout."""
    return LineWriter(_STDOUT, _encoding(sys.stdout))


@cache
def stderr() -> LineWriter:
    """Returns the process's writer to stderr, for the log and last words."""
    return LineWriter(STDERR, _encoding(sys.stderr))


def _encoding(stream: TextIO | None) -> str:
    """Returns the encoding of a stream, which a process may be started without."""
    return "utf-8" if stream is None else stream.encoding
