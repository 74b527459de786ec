"""Writes a command's answer to stdout, and ends quietly once nobody reads on."""

import os
import sys
from typing import TextIO

from bot.process import encoding


class UnwritableError(Exception):
    """The answer cannot be written although somebody wants it; the text says why."""


class CommandOutput:
    """Writes each piece of text at once."""

    def __init__(self) -> None:
        """Writes to this process's stdout; to nothing if it was started without one."""
        self._stream: TextIO | None = sys.stdout
        if self._stream is not None:
            self._stream.reconfigure(errors=encoding.PLAIN)  # type: ignore[union-attr]

    def write(self, text: str) -> None:
        """Writes `text`. Where nobody reads any more, as after `| head -1`, that is no error.

        Raises:
            UnwritableError: a full disk, for one.
        """
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError as error:
            # Python would try again at the exit what waits in its buffer, and complain of it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            if not isinstance(error, BrokenPipeError):
                raise UnwritableError(f"stdout cannot be written: {error.strerror}") from error
