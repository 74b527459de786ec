"""Reads the text of `.env` from a file, or from the pipe of a secrets manager."""

import os
import select
import stat
from pathlib import Path

from bot.store.data_dir import name_of

WRITER_LIMIT = 2.0
"""Seconds that a pipe may stay silent."""
_PIECE = 65536


class UnreadableError(Exception):
    """A `.env` is there and cannot be read; the text says why, and what to do."""


def read(path: Path) -> str:
    """Returns what stands in `path`; nothing if it is not there or its directory is closed to us.

    Raises:
        UnreadableError: it is there, and cannot be read.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return ""
    except OSError as error:
        raise UnreadableError(f"cannot be looked at ({error.strerror}); mend its disk") from error
    try:
        return _bytes(path, status).decode("utf-8")
    except PermissionError as error:
        raise UnreadableError(_whose(status)) from error
    except UnicodeDecodeError as error:
        text = f"is not UTF-8 (byte {error.start + 1}); save it as a text file in UTF-8"
        raise UnreadableError(text) from error
    except OSError as error:
        text = f"cannot be read ({error.strerror}); make it a text file in UTF-8"
        raise UnreadableError(text) from error


def _bytes(path: Path, status: os.stat_result) -> bytes:
    # Without O_NONBLOCK, opening a pipe waits for a writer for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        pieces = []
        while piece := _piece(descriptor, waits=stat.S_ISFIFO(status.st_mode)):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _piece(descriptor: int, *, waits: bool) -> bytes:
    """Returns the next bytes; none at the end."""
    if waits and not select.select([descriptor], [], [], WRITER_LIMIT)[0]:
        raise UnreadableError(
            f"is a pipe into which nobody wrote for {WRITER_LIMIT:g} s; "
            "start what fills it, or put a file there"
        )
    return os.read(descriptor, _PIECE)


def _whose(status: os.stat_result) -> str:
    mode = stat.S_IMODE(status.st_mode)
    return (
        f"cannot be read: it belongs to {name_of(status.st_uid)}, has mode {mode:04o}, "
        f"and this is {name_of(os.geteuid())}; chown it, or run as its owner"
    )
