"""The embedded Valkey: what was written stays, whoever is killed; one directory, one owner."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.store import embedded
from bot.store.embedded import EmbeddedValkey, EmbeddedValkeyError
from tests.store.conftest import running

OWNER = """
import asyncio, sys
from pathlib import Path
from redis.asyncio import Redis
from bot.store.embedded import EmbeddedValkey

async def own():
    url = await EmbeddedValkey(Path(sys.argv[1])).start()
    async with Redis.from_url(url) as redis:
        await redis.set("written by", "the killed one")
    print(flush=True)
    await asyncio.Event().wait()

asyncio.run(own())
"""


@contextlib.asynccontextmanager
async def owner_process(directory: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(directory), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        await asyncio.wait_for(process.stdout.readline(), 20)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def pid_of(redis: Redis) -> int:
    return int((await redis.info("server"))["process_id"])


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(RedisError):
                if await condition():
                    return
            await asyncio.sleep(0.01)


def lives(directory: Path) -> bool:
    """Whether a server, even a stuck one, listens there; a process id may be that of a zombie."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(directory / "valkey.sock"))
        except OSError:
            return False
        return True


async def test_what_was_written_is_there_after_a_stop_and_a_start(tmp_path: Path) -> None:
    async with running(tmp_path) as redis:
        await redis.set("key", "value")
    async with running(tmp_path) as redis:
        assert await redis.get("key") == b"value"


async def test_a_stopped_server_is_really_gone(tmp_path: Path) -> None:
    async with running(tmp_path):
        assert lives(tmp_path)
    assert not lives(tmp_path)


async def test_stopping_twice_or_before_the_start_is_harmless(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path)
    await server.stop()
    await server.start()
    await server.stop()
    await server.stop()


async def test_nothing_is_evicted_and_nothing_listens_on_a_port(tmp_path: Path) -> None:
    async with running(tmp_path) as redis:
        settings = await redis.config_get("*")
    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["port"] == "0"
    assert settings["appendonly"] == "yes"
    assert settings["appendfsync"] == "always"
    assert settings["save"] == ""


async def test_ctrl_c_in_the_terminal_is_not_for_the_server(tmp_path: Path) -> None:
    async with running(tmp_path) as redis:
        assert os.getsid(await pid_of(redis)) != os.getsid(0)


async def test_the_data_is_for_its_owner_alone(tmp_path: Path) -> None:
    directory = tmp_path / "new" / "data"
    async with running(directory) as redis:
        await redis.set("key", "value")
        modes = {path: path.stat().st_mode & 0o077 for path in directory.rglob("*append*")}
        assert (directory / "valkey.sock").stat().st_mode & 0o077 == 0
    assert directory.stat().st_mode & 0o077 == 0
    assert modes
    assert not any(modes.values())


async def test_a_killed_server_is_started_again_with_all_it_had(tmp_path: Path) -> None:
    async with running(tmp_path) as redis:
        for number in range(3):
            await redis.set(f"key {number}", "value")
            before = await pid_of(redis)
            os.kill(before, signal.SIGKILL)

            async def is_another(before: int = before) -> bool:
                return await pid_of(redis) != before

            await until(is_another)
        assert await redis.mget("key 0", "key 1", "key 2") == [b"value"] * 3


async def test_a_killed_bot_leaves_a_server_that_the_next_one_adopts(tmp_path: Path) -> None:
    async with owner_process(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    left_behind = int((tmp_path / "valkey.pid").read_text())
    assert lives(tmp_path)

    async with running(tmp_path) as redis:
        assert await pid_of(redis) == left_behind
        assert await redis.get("written by") == b"the killed one"

    assert not lives(tmp_path)


async def test_an_adopted_server_that_dies_is_replaced(tmp_path: Path) -> None:
    async with owner_process(tmp_path):
        pass
    async with running(tmp_path) as redis:
        adopted = await pid_of(redis)
        os.kill(adopted, signal.SIGKILL)

        async def is_another() -> bool:
            return await pid_of(redis) != adopted

        await until(is_another)
        assert await redis.get("written by") == b"the killed one"


async def test_when_bot_and_server_are_killed_the_data_is_still_there(tmp_path: Path) -> None:
    async with owner_process(tmp_path):
        os.kill(int((tmp_path / "valkey.pid").read_text()), signal.SIGSTOP)  # not restarted at once
    os.kill(int((tmp_path / "valkey.pid").read_text()), signal.SIGKILL)
    async with running(tmp_path) as redis:
        assert await redis.get("written by") == b"the killed one"


async def test_a_second_bot_on_the_same_directory_is_told_so(tmp_path: Path) -> None:
    async with owner_process(tmp_path):
        with pytest.raises(EmbeddedValkeyError, match=r"another regen-bot uses .*BOT_DATA_DIR"):
            await EmbeddedValkey(tmp_path).start()
    async with running(tmp_path) as redis:
        assert await redis.ping()


async def test_no_second_server_is_started_while_one_lives_out_of_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with owner_process(tmp_path) as process:
        process.kill()
        await process.wait()
    pid = int((tmp_path / "valkey.pid").read_text())
    (tmp_path / "valkey.sock").unlink()
    monkeypatch.setattr(embedded, "_START_TIMEOUT", 0.2)
    monkeypatch.setattr(embedded, "_STOP_TIMEOUT", 0.2)

    with pytest.raises(EmbeddedValkeyError, match="did not answer"):
        await EmbeddedValkey(tmp_path).start()

    assert int((tmp_path / "valkey.pid").read_text()) == pid
    async with running(tmp_path) as redis:  # the unreachable one was ended
        assert await redis.get("written by") == b"the killed one"


async def test_a_server_that_takes_connections_and_says_nothing_is_waited_for_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with owner_process(tmp_path) as process:
        process.kill()
        await process.wait()
    os.kill(int((tmp_path / "valkey.pid").read_text()), signal.SIGSTOP)
    monkeypatch.setattr(embedded, "_START_TIMEOUT", 0.4)  # 20 looks, were they not a second each
    monkeypatch.setattr(embedded, "_STOP_TIMEOUT", 0.2)

    async with asyncio.timeout(10):
        with pytest.raises(EmbeddedValkeyError, match="did not answer"):
            await EmbeddedValkey(tmp_path).start()

    async with running(tmp_path) as redis:  # the stopped one was killed
        assert await redis.get("written by") == b"the killed one"


async def test_a_server_that_does_not_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_STOP_TIMEOUT", 0.2)
    async with running(tmp_path) as redis:
        os.kill(await pid_of(redis), signal.SIGSTOP)
    assert not lives(tmp_path)


async def test_a_path_too_long_for_a_socket_works_like_any_other(tmp_path: Path) -> None:
    directory = tmp_path / ("long " * 20) / ("longer" * 20)
    async with running(directory) as redis:
        await redis.set("key", "value")
    async with running(directory) as redis:
        assert await redis.get("key") == b"value"


async def test_a_torn_end_of_the_append_only_file_is_cut_off_and_the_rest_kept(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as redis:
        await redis.set("first", "kept")
        await redis.set("last", "torn")
    (file,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    file.write_bytes(file.read_bytes()[:-3])
    async with running(tmp_path) as redis:
        assert await redis.mget("first", "last") == [b"kept", None]


async def test_a_directory_that_cannot_be_written_is_a_plain_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedValkeyError, match=r"cannot be written .*BOT_DATA_DIR"):
        await EmbeddedValkey(tmp_path / "file" / "data").start()
