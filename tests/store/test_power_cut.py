"""What a power cut does to the embedded Valkey's files: it starts again, or says why not."""

import asyncio
import contextlib
import logging
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.append_only import CannotMendError, mend_files, mend_manifest
from bot.store.embedded import EmbeddedValkey, EmbeddedValkeyError
from tests.depth import examples
from tests.store.conftest import running

FOLDER = Path("appendonlydir")
MANIFEST = FOLDER / "appendonly.aof.manifest"
BASE = FOLDER / "appendonly.aof.1.base.rdb"
INCREMENT = FOLDER / "appendonly.aof.1.incr.aof"
KEYS = 20


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with data in it, as the bot writes them: single writes, and those of scripts."""
    directory = tmp_path_factory.mktemp("written")

    async def fill() -> None:
        async with running(directory) as redis:
            for number in range(KEYS - 2):
                await redis.set(f"key {number}", "*3\r\n$3\r\nnothing\r\n" * number)
            await redis.eval("redis.call('SET', 'a', 1) redis.call('SET', 'b', 2)", 0)

    asyncio.run(fill())
    return directory


@pytest.fixture
def data(written: Path, tmp_path: Path) -> Path:
    directory = tmp_path / "data"
    shutil.copytree(written, directory)
    directory.chmod(0o700)
    return directory


def append(what: bytes) -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        with (directory / INCREMENT).open("ab") as file:
            file.write(what)

    return damage


def write(name: Path, what: bytes) -> Callable[[Path], None]:
    return lambda directory: (directory / name).write_bytes(what) and None


def remove(name: Path) -> Callable[[Path], None]:
    return lambda directory: (directory / name).unlink()


def keep_line(number: int) -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        lines = (directory / MANIFEST).read_text().splitlines(keepends=True)
        (directory / MANIFEST).write_text(lines[number])

    return damage


NOISE = random.Random(1).randbytes(3000)  # noqa: S311 - always the same
TORN = b"*3\r\n$3\r\nSET\r\n$5\r\nkey 1\r\n$400\r\nhal"
HALF_A_SCRIPT = b"*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n9\r\n"

MENDED = {
    "zeros behind the end": append(bytes(4096)),
    "half a write": append(TORN),
    "half a write, then zeros": append(TORN + bytes(4096)),
    "half a script, then zeros": append(HALF_A_SCRIPT + bytes(100_000)),
    "noise behind the end": append(NOISE),
    "an empty manifest": write(MANIFEST, b""),
    "a manifest of zeros": write(MANIFEST, bytes(88)),
    "a manifest of nonsense": write(MANIFEST, b"nonsense\n"),
    "a manifest cut in its middle": write(MANIFEST, b"file appendonly.aof.1.base.rdb seq 1 typ"),
    "a manifest without the writes": keep_line(0),
    "no manifest": remove(MANIFEST),
    "an empty base": write(BASE, b""),
    "a base cut in its middle": write(BASE, b"VALKEY080\xfa\x0avalkey-ver"),
    "a base of zeros": write(BASE, bytes(89)),
    "no base": remove(BASE),
}


@pytest.mark.parametrize("damage", list(MENDED))
async def test_it_starts_again_with_all_that_was_written(
    data: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    MENDED[damage](data)

    async with running(data) as redis:
        assert await redis.dbsize() == KEYS
        assert await redis.mget("a", "b") == [b"1", b"2"]
        await redis.set("after", "the power cut")
    async with running(data) as redis:
        assert await redis.dbsize() == KEYS + 1
    quietly = damage in {"half a write", "an empty base"}  # what Valkey itself mends
    errors = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert len(errors) == (0 if quietly else 1), caplog.text


async def test_a_copy_of_what_is_cut_off_is_kept_and_named(
    data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    append(NOISE)(data)
    before = (data / INCREMENT).read_bytes()

    async with running(data):
        pass

    (copy,) = (data / "damaged").glob(f"*/{INCREMENT.name}")
    assert copy.read_bytes() == before
    assert f"{len(NOISE)} bytes behind the last whole write" in caplog.text
    assert str(copy) in caplog.text
    assert copy.parent.stat().st_mode & 0o077 == 0


async def test_two_kinds_of_damage_at_once_are_mended_both(data: Path) -> None:
    for each in ("a base of zeros", "zeros behind the end", "no manifest"):
        MENDED[each](data)

    async with running(data) as redis:
        assert await redis.dbsize() == KEYS


async def test_what_was_rewritten_since_is_mended_too(data: Path) -> None:
    async with running(data) as redis:
        await redis.bgrewriteaof()
        async with asyncio.timeout(60):
            while (await redis.info("persistence"))["aof_rewrite_in_progress"]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await redis.set("after", "the rewriting")
    for kind in ("incr.aof", "base.rdb"):  # deleted in the background
        (data / FOLDER / f"appendonly.aof.1.{kind}").unlink(missing_ok=True)
    (data / MANIFEST).write_bytes(b"")
    with (data / FOLDER / "appendonly.aof.2.incr.aof").open("ab") as file:
        file.write(bytes(4096))

    async with running(data) as redis:
        assert await redis.dbsize() == KEYS + 1


def in_the_middle(directory: Path) -> None:
    path = directory / INCREMENT
    path.write_bytes(path.read_bytes().replace(b"*3\r\n$3\r\nSET", bytes(11), 1))


def two_of_each(directory: Path) -> None:
    for path in (BASE, INCREMENT):
        another = path.name.replace(".1.", ".2.")
        shutil.copy(directory / path, directory / FOLDER / another)
    (directory / MANIFEST).unlink()


def a_later_base(directory: Path) -> None:
    (directory / BASE).rename(directory / FOLDER / "appendonly.aof.2.base.rdb")
    (directory / FOLDER / "appendonly.aof.2.base.rdb").write_bytes(b"VALKEY080\xfa")
    text = (directory / MANIFEST).read_text()
    (directory / MANIFEST).write_text(
        text.replace("1.base.rdb seq 1 type b", "2.base.rdb seq 2 type b")
    )


REFUSED = {
    "a damaged middle": (in_the_middle, r"damaged in its middle, from byte \d+ .*truncate"),
    "no writes": (remove(INCREMENT), r"1\.incr\.aof in .* is missing; put a backup"),
    "files that do not tell": (two_of_each, r"which of the files beside it belong together"),
    "a damaged base with data": (a_later_base, r"ended at once: .*RDB.*put a backup"),
}


@pytest.mark.parametrize("damage", list(REFUSED))
async def test_what_cannot_be_mended_is_left_as_it_is_and_said_in_plain_words(
    data: Path, damage: str
) -> None:
    spoil, words = REFUSED[damage]
    spoil(data)
    before = {path: path.read_bytes() for path in (data / FOLDER).iterdir()}

    with pytest.raises(EmbeddedValkeyError, match=words) as refused:
        await EmbeddedValkey(data).start()

    assert "move" in str(refused.value)
    assert {path: path.read_bytes() for path in (data / FOLDER).iterdir()} == before


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 10_000), behind=st.binary(max_size=200), zeros=st.integers(0, 300))
def test_wherever_a_power_cut_falls_whole_writes_stay_and_all_else_goes(
    data: Path, written: Path, cut: int, behind: bytes, zeros: int
) -> None:
    whole = (written / INCREMENT).read_bytes()
    cut %= len(whole) + 1
    (data / INCREMENT).write_bytes(whole[:cut] + behind.replace(b"*", b"") + bytes(zeros))

    with contextlib.suppress(CannotMendError):
        mend_files(data)
        kept = (data / INCREMENT).read_bytes()
        assert whole.startswith(kept) or kept.startswith(whole[:cut])
        assert mend_files(data) is None
    assert mend_manifest(data) is None
