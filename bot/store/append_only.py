"""Mends the append-only files of the embedded Valkey after a power cut, where that is safe.

Valkey writes and syncs before it answers, so what was promised is on disk. A power cut may leave
rubbish at the end: zeros, if a file grew before its blocks were written, or half a write. Nobody
relied on that, so we cut it off. A damaged middle we leave alone: behind it stand writes that
somebody relied on, such as «about to be sent», and without them a request would be sent twice.

Valkey itself refuses to start with zeros at the end or with an empty manifest. Without a manifest,
or with half of one, it starts empty and says nothing.
"""

import mmap
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = "appendonlydir"
_MANIFEST = "appendonly.aof.manifest"
_NAME = re.compile(r"appendonly\.aof\.(\d+)\.(base\.rdb|base\.aof|incr\.aof)")
_LINE = re.compile(r"file (appendonly\.aof\.(\d+)\.\S+) seq (\d+) type ([bih])")
_START = re.compile(rb"\*[1-9]\d{0,6}\r\n\$\d{1,9}\r\n")
_NUMBER = re.compile(rb"\d{1,9}")
_EMPTY_BASE = 200
"""Bytes. The base that Valkey writes at its first start, with nothing in it, is smaller."""
_RDB = (b"REDIS", b"VALKEY")
_RDB_END = -9
"""Where the last byte, 255, stands: before a checksum of 8 bytes (valkey, rdb.h)."""


class CannotMendError(Exception):
    """The files cannot be mended; the text says what is damaged, and what to do."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The files that there are, by their numbers."""

    bases: dict[int, Path]
    increments: dict[int, Path]


def mend_manifest(data_dir: Path) -> str | None:
    """Writes the manifest anew if it does not name the files that are there.

    Returns what was done; None if nothing was.

    Raises:
        CannotMendError: which files belong together cannot be told, or one is missing.
    """
    folder = data_dir / FOLDER
    if not folder.is_dir():
        return None
    found, manifest = _files(folder), folder / _MANIFEST
    named = _named(manifest)
    missing = [name for name in named or () if not (folder / name).exists()]
    # The first base is written at the very first start, before there is anything to keep.
    if missing == ["appendonly.aof.1.base.rdb"]:
        (folder / missing[0]).touch(mode=0o600)  # it held nothing, so it may be empty
        return f"{missing[0]} was missing, in which nothing had been, and is there again"
    if missing:
        raise CannotMendError(
            f"{', '.join(missing)} in {folder} is missing; {what_to_do(data_dir)}"
        )
    if named is not None and _complete(found, named):
        return None
    if not (found.bases or found.increments) and not manifest.exists():
        return None
    if len(found.bases) > 1 or len(found.increments) > 1:
        raise CannotMendError(
            f"{manifest} is damaged, and which of the files beside it belong together cannot be "
            f"told; {what_to_do(data_dir)}"
        )
    return _write_manifest(data_dir, found)


def mend_files(data_dir: Path) -> str | None:
    """Cuts off what stands behind the last whole write. Call it after Valkey refused to start.

    Returns what was done; None if nothing was.

    Raises:
        CannotMendError: the damage is not at the end.
    """
    folder = data_dir / FOLDER
    found = _files(folder)
    base = found.bases.get(1)
    if base is not None and _damaged_and_empty(base):
        kept = _keep(data_dir, base)
        os.truncate(base, 0)
        return f"{base.name} was damaged, in which nothing had been; a copy is in {kept}"
    if not found.increments:
        return None
    last = found.increments[max(found.increments)]
    end, size = _end(data_dir, last), last.stat().st_size
    if end == size:
        return None
    kept = _keep(data_dir, last)
    with last.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())
    return (
        f"{size - end} bytes behind the last whole write of {last.name} were cut off; "
        f"a copy is in {kept}"
    )


def _files(folder: Path) -> _Found:
    found = _Found({}, {})
    for path in folder.iterdir() if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named is not None:
            kind = found.increments if named[2] == "incr.aof" else found.bases
            kind[int(named[1])] = path
    return found


def _named(manifest: Path) -> list[str] | None:
    """Returns the files in use that a manifest names; None if it is not whole."""
    text = manifest.read_text(errors="replace") if manifest.exists() else ""
    lines = [_LINE.fullmatch(line) for line in text.splitlines()]
    if not text.endswith("\n") or not lines:
        return None
    names = [line[1] for line in lines if line is not None and line[4] != "h"]
    return names if all(lines) else None


def _complete(found: _Found, named: list[str]) -> bool:
    """Returns whether every file that something was written to is named."""
    newest = max(
        (number for number, path in found.increments.items() if path.name in named), default=0
    )
    return not any(
        path.stat().st_size for number, path in found.increments.items() if number > newest
    )


def _write_manifest(data_dir: Path, found: _Found) -> str:
    folder = data_dir / FOLDER
    manifest, new = folder / _MANIFEST, folder / f"{_MANIFEST}.new"
    kept = f"; a copy is in {_keep(data_dir, manifest)}" if manifest.exists() else ""
    numbered = [("b", found.bases), ("i", found.increments)]
    lines = [
        f"file {path.name} seq {number} type {kind}\n"
        for kind, files in numbered
        for number, path in files.items()
    ]
    if not lines:
        manifest.unlink()
        return f"{_MANIFEST} was damaged, and nothing stood beside it{kept}"
    new.touch(mode=0o600)
    with new.open("w") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    # A power cut from here on leaves the old one or the new one, and neither by half.
    new.replace(manifest)
    _sync(folder)
    return f"{_MANIFEST} was damaged or missing, and is written anew{kept}"


def _damaged_and_empty(base: Path) -> bool:
    if not 0 < base.stat().st_size <= _EMPTY_BASE:
        return False
    data = base.read_bytes()
    return not (data.startswith(_RDB) and data[_RDB_END:][:1] == b"\xff")


def _end(data_dir: Path, path: Path) -> int:
    """Returns where the last whole write of a file ends."""
    if path.stat().st_size == 0:
        return 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end, whole = _whole_writes(data)
        # A whole command behind the damage is one that somebody relied on.
        later = next(
            (each for each in _START.finditer(data, whole) if _command(data, each.start())), None
        )
    if later is not None:
        raise CannotMendError(
            f"{path} is damaged in its middle, from byte {end} on, and whole writes stand behind "
            f"it; {what_to_do(data_dir)}. To go on without them, so that what they had sent to "
            f"IACrea may be sent again: keep a copy, then truncate --size={end} {path}"
        )
    return end


def _whole_writes(data: mmap.mmap) -> tuple[int, int]:
    """Returns where the last whole write ends, and the last command; a transaction is one write."""
    at = end = 0
    within = False
    while (command := _command(data, at)) is not None:
        at, name = command
        within = name == b"multi" or (within and name != b"exec")
        if not within:
            end = at
    return end, at


def _command(data: mmap.mmap, at: int) -> tuple[int, bytes] | None:
    """Returns where the command that begins there ends, and its name; None if it is not whole."""
    if data[at : at + 1] == b"#":  # an annotation, such as a time
        end = data.find(b"\n", at)
        return None if end < 0 else (end + 1, b"")
    count, at = _header(data, at, b"*")
    name = b""
    for number in range(count):
        length, at = _header(data, at, b"$")
        if length < 0 or data[at + length : at + length + 2] != b"\r\n":
            return None
        if number == 0:
            name = data[at : at + length].lower()
        at += length + 2
    return (at, name) if count > 0 else None


def _header(data: mmap.mmap, at: int, sign: bytes) -> tuple[int, int]:
    """Returns the number behind the sign, and where the next line begins; -1 if there is none."""
    # No number is longer. Without an end, each look might go through the whole file.
    end = data.find(b"\r\n", at, at + 16)
    if at < 0 or end < 0 or data[at : at + 1] != sign or not _NUMBER.fullmatch(data[at + 1 : end]):
        return -1, at
    return int(data[at + 1 : end]), end + 2


def _keep(data_dir: Path, path: Path) -> Path:
    """Copies a file before it is changed, to a name that Valkey does not look at."""
    kept = data_dir / "damaged" / f"{time.time():.6f}"
    kept.mkdir(mode=0o700, parents=True)
    copy = kept / path.name
    shutil.copy2(path, copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    _sync(kept)
    return copy


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def what_to_do(data_dir: Path) -> str:
    """Returns what somebody can still do if nothing can be mended."""
    return (
        f"put a backup of {data_dir} in its place, or move {data_dir / FOLDER} away to begin with "
        "nothing: requests under way, names and the ledger are lost then"
    )
