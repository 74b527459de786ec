"""Looks after the directory of the embedded Valkey, which belongs to one user alone."""

import contextlib
import fcntl
import os
import pwd
import socket
import stat
import struct
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

SOCKET = "valkey.sock"
_LONGEST_SOCKET = 100  # bytes; sun_path has 108 on Linux, 104 on macOS, with the closing zero
_MADE = ("*.lock", "valkey.*", "appendonlydir", "appendonlydir/*")
"""What the bot and its Valkey make in the directory."""
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class DataDirError(Exception):
    """The directory cannot be used; the text says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Acts as the owner of the directory: this user, or another one if root looks into it.

    What root makes or starts there belongs to the owner, whose bot has to open it afterwards.
    """

    uid: int
    gid: int
    another: bool

    def process(self) -> dict[str, Any]:
        """Returns the arguments that make a process run as the owner."""
        if not self.another:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Runs the block as the owner; nothing may be awaited in it."""
        if not self.another:
            yield
            return
        group = os.getegid()
        # The group first: once it is not root any more, it may not change it.
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(group)

    def open(self, path: Path) -> BinaryIO:
        """Opens a file of the owner's to append to it; makes it if it is not there."""
        with self.acting():
            return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    def runs(self, server: Path) -> bool:
        """Returns whether the server behind a socket is the owner's, or nothing listens there."""
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(server))
            except OSError:
                return True
            return _peer(client) in {self.uid, 0, None}


def owner_of(directory: Path) -> Owner:
    """Makes the directory if it is not there, and returns its owner.

    Raises:
        DataDirError: it, or what the bot keeps there, is another user's, or others may write there.
        OSError: it cannot be made.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    found, me = directory.stat(), os.geteuid()
    if me not in {found.st_uid, 0}:
        raise DataDirError(
            f"{directory} belongs to {name_of(found.st_uid)}, and this runs as {name_of(me)}; "
            "run it as its owner, or set BOT_DATA_DIR to another directory, such as one within it"
        )
    if found.st_mode & _OTHERS_MAY_WRITE:
        raise DataDirError(
            f"others than its owner may write to {directory} "
            f"(mode {stat.S_IMODE(found.st_mode):o}), and so change what the bot spends; "
            f"chmod 700 {directory}, or set BOT_DATA_DIR to another, such as one within it"
        )
    _all_theirs(directory, found)
    return Owner(found.st_uid, found.st_gid, another=found.st_uid != me)


def _all_theirs(directory: Path, found: os.stat_result) -> None:
    for path in (each for made in _MADE for each in directory.glob(made)):
        with contextlib.suppress(FileNotFoundError):  # a server that runs has replaced it
            other = path.lstat().st_uid
            if other != found.st_uid:
                raise DataDirError(
                    f"{path} belongs to {name_of(other)}, and {directory} to "
                    f"{name_of(found.st_uid)}; "
                    f"as root: chown -R {found.st_uid}:{found.st_gid} {directory}"
                )


def lock(path: Path, owner: Owner) -> BinaryIO | None:
    """Returns the open file that holds the lock until it and its copies in children are closed."""
    file = owner.open(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        if isinstance(error, BlockingIOError):
            return None
        raise
    return file


def reachable(directory: Path, held: contextlib.AsyncExitStack) -> Path:
    """Returns `directory`, or a shorter path to it if its socket's path would be too long."""
    if len(os.fsencode(directory / SOCKET)) <= _LONGEST_SOCKET:
        return directory
    private = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="regen-bot-")))
    # systemd-tmpfiles leaves alone what is locked (its man page, "age").
    descriptor = os.open(private, os.O_RDONLY)
    held.callback(os.close, descriptor)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    way = private / "data"
    way.symlink_to(directory)
    return way


def _peer(client: socket.socket) -> int | None:
    """Returns the user who listens at the other end; None if the system does not tell."""
    if sys.platform == "linux":  # unix(7): struct ucred {pid, uid, gid}
        _, uid, _ = struct.unpack(
            "iII", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        )
        return int(uid)
    if sys.platform == "darwin":  # unix(4), sys/ucred.h: struct xucred {version, uid, groups}
        sol_local, local_peercred, size_of_xucred = 0, 1, 76
        _, uid = struct.unpack_from(
            "II", client.getsockopt(sol_local, local_peercred, size_of_xucred)
        )
        return int(uid)
    return None


def name_of(uid: int) -> str:
    """Returns what a user is called on this machine, for messages."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
