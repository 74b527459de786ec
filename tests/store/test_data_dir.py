"""Whose the embedded Valkey's directory is, who answers there, and what a look leaves behind."""

import asyncio
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.store.attached import attached
from bot.store.data_dir import DataDirError, owner_of
from bot.store.embedded import EmbeddedValkey, EmbeddedValkeyError
from tests.store.conftest import running

NOBODY = 65534

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A directory that a bot has used."""
    async with running(tmp_path / "data") as redis:
        await redis.set("key", "value")
    return tmp_path / "data"


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A place that everybody may enter, unlike pytest's."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o711)
        yield Path(place)


def everything(directory: Path) -> list[Path]:
    return [directory, *directory.rglob("*")]


async def test_a_directory_that_others_may_write_to_is_refused(data: Path) -> None:
    for mode in (0o777, 0o770, 0o1777):
        os.chmod(data, mode)  # noqa: PTH101 - in a coroutine it may not be Path's
        with pytest.raises(EmbeddedValkeyError, match=rf"mode {mode:o}\).*chmod 700"):
            await EmbeddedValkey(data).start()
        with pytest.raises(EmbeddedValkeyError, match="chmod 700"):
            async with attached(data):
                pass


@as_root
def test_a_directory_of_another_owner_is_refused(open_to_all: Path) -> None:
    (open_to_all / "data").mkdir(mode=0o700)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(DataDirError, match=r"belongs to root, .*BOT_DATA_DIR"):
            owner_of(open_to_all / "data")
    finally:
        os.seteuid(0)


@as_root
@pytest.mark.parametrize("left", ["owner.lock", "valkey.log", "appendonlydir/*"])
async def test_what_somebody_else_left_in_it_is_named_with_what_gives_it_back(
    data: Path, left: str
) -> None:
    """As root's `doctor` did before it acted as the directory's owner."""
    for path in everything(data):
        os.chown(path, NOBODY, NOBODY)
    for path in everything(data):
        if path.match(left):
            os.chown(path, 0, 0)

    words = rf"belongs to root, .*chown -R {NOBODY}:{NOBODY} {data}"
    with pytest.raises(EmbeddedValkeyError, match=words):
        await EmbeddedValkey(data).start()


FS_GROUP = 2000


@as_root
def test_in_a_volume_of_a_pods_fs_group_a_directory_within_is_the_bots_own(
    open_to_all: Path,
) -> None:
    """The volume is root's and its group's, as kubelet makes it: mode 2770."""
    volume = open_to_all / "volume"
    volume.mkdir()
    os.chown(volume, 0, FS_GROUP)
    volume.chmod(0o2770)
    groups, group = os.getgroups(), os.getegid()
    os.setgroups([FS_GROUP])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(DataDirError, match=r"belongs to root, .*such as one within it"):
            owner_of(volume)
        assert owner_of(volume / "data").uid == NOBODY
        (volume / "data").chmod(0o2770)  # kubelet's, at the next mount, unless OnRootMismatch
        with pytest.raises(DataDirError, match="chmod 700"):
            owner_of(volume / "data")
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


LISTENER = """
import os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
server.listen()
print(flush=True)
while True:
    client = server.accept()[0]
    while client.recv(1000):
        client.sendall(b"+PONG\\r\\n")
"""


@as_root
async def test_a_server_of_another_user_is_not_taken_for_the_bots_own(data: Path) -> None:
    listener = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LISTENER, str(data / "valkey.sock"), stdout=asyncio.subprocess.PIPE
    )
    assert listener.stdout is not None
    await listener.stdout.readline()
    try:
        with pytest.raises(EmbeddedValkeyError, match="another user's server answers"):
            await EmbeddedValkey(data).start()
    finally:
        listener.kill()
        await listener.communicate()


@as_root
async def test_what_root_looks_into_stays_its_owners(open_to_all: Path) -> None:
    data = open_to_all / "data"
    async with running(data) as redis:
        await redis.set("key", "value")
    for path in everything(data):
        os.chown(path, NOBODY, NOBODY)
    for each in ("owner.lock", "server.lock", "valkey.log"):
        (data / each).unlink()
    (increment,) = (path for path in everything(data) if path.name.endswith(".incr.aof"))
    with increment.open("ab") as file:
        file.write(bytes(100))

    async with attached(data) as url, Redis.from_url(url) as redis:
        assert await redis.get("key") == b"value"

    owners = {path: path.stat().st_uid for path in everything(data)}
    assert set(owners.values()) == {NOBODY}, owners
    assert os.geteuid() == 0


async def test_a_look_where_no_bot_has_run_yet_makes_nothing(tmp_path: Path) -> None:
    async with attached(tmp_path / "not" / "there") as url, Redis.from_url(url) as redis:
        assert await redis.dbsize() == 0

    assert not (tmp_path / "not").exists()


async def test_every_file_is_for_its_owner_alone(data: Path) -> None:
    before = os.umask(0)
    try:
        async with running(data):
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in everything(data)}
    finally:
        os.umask(before)
    assert modes
    assert not any(mode & 0o022 for mode in modes.values())
