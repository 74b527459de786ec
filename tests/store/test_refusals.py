"""Redis answers, and refuses: the reason is known wherever somebody may look for it."""

import asyncio
import contextlib
import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from redis._parsers.base import BaseParser
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.app.health import Health
from bot.config import Config
from bot.doctor.findings import Verdict
from bot.doctor.redis import check
from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.refusals import _KNOWN, refusal
from bot.store.requests import Requests
from tests.conftest import free_port
from tests.servers import Server, holds, valkey
from tests.store.conftest import a_request

REQUIRED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}
SAFE = ("--appendonly", "yes", "--save", "")


@contextlib.asynccontextmanager
async def started(directory: Path, *arguments: str) -> AsyncIterator[Server]:
    with valkey(directory, *arguments) as server:
        await server.answers()
        yield server


@contextlib.asynccontextmanager
async def full(directory: Path) -> AsyncIterator[str]:
    async with started(directory, *SAFE) as server, server.client() as operator:
        await operator.config_set("maxmemory", 1)
        yield server.url


@contextlib.asynccontextmanager
async def a_replica(directory: Path) -> AsyncIterator[str]:
    async with started(directory, *SAFE, "--replicaof", "127.0.0.1", str(free_port())) as server:
        yield server.url


@contextlib.asynccontextmanager
async def without_the_replicas_it_wants(directory: Path) -> AsyncIterator[str]:
    async with started(directory, *SAFE, "--min-replicas-to-write", "1") as server:
        yield server.url


@contextlib.asynccontextmanager
async def without_a_disk(directory: Path) -> AsyncIterator[str]:
    async with started(directory, "--save", "1 1") as server, server.client() as operator:
        shutil.rmtree(directory)
        await operator.set("key", 1)
        await holds(server, failed_to_save)
        yield server.url


async def failed_to_save(redis: Redis) -> bool:
    return bool((await redis.info("persistence"))["rdb_last_bgsave_status"] == "err")


@contextlib.asynccontextmanager
async def without_the_password(directory: Path) -> AsyncIterator[str]:
    with valkey(directory, *SAFE, "--requirepass", "right") as server:
        await server.listens()
        yield server.url


@contextlib.asynccontextmanager
async def with_a_wrong_password(directory: Path) -> AsyncIterator[str]:
    with valkey(directory, *SAFE, "--requirepass", "right") as server:
        await server.listens()
        yield server.url.replace("//", "//:wr0ng@")


@contextlib.asynccontextmanager
async def without_the_right_to_wait(directory: Path) -> AsyncIterator[str]:
    async with started(directory, *SAFE) as server, server.client() as operator:
        await operator.execute_command("ACL", "SETUSER", "bot", "on", ">pw", "~*", "+@all", "-wait")
        yield server.url.replace("//", "//bot:pw@")


CLUSTER = (*SAFE, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-port")


@contextlib.asynccontextmanager
async def a_cluster_without_slots(directory: Path) -> AsyncIterator[str]:
    async with started(directory, *CLUSTER, str(free_port())) as server:
        yield server.url


@contextlib.asynccontextmanager
async def a_cluster_of_one(directory: Path) -> AsyncIterator[str]:
    async with started(directory, *CLUSTER, str(free_port())) as server:
        async with server.client() as operator:
            await operator.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        await holds(server, stands)
        yield server.url


@contextlib.asynccontextmanager
async def a_cluster_whose_other_node_has_it(directory: Path) -> AsyncIterator[str]:
    bus = str(free_port())
    async with (
        started(directory / "one", *CLUSTER, str(free_port())) as server,
        started(directory / "other", *CLUSTER, bus) as other,
        server.client() as operator,
        other.client() as other_operator,
    ):
        await other_operator.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        await operator.execute_command("CLUSTER", "MEET", "127.0.0.1", other.port, bus)
        await holds(server, stands)
        yield server.url


async def stands(node: Redis) -> bool:
    said: Any = await node.execute_command("CLUSTER", "INFO")
    return "cluster_state:ok" in str(said)


@contextlib.asynccontextmanager
async def at_work_on_a_script(directory: Path) -> AsyncIterator[str]:
    async with (
        started(directory, *SAFE, "--busy-reply-threshold", "1") as server,
        server.client() as somebody,
        server.client() as operator,
    ):
        endless = asyncio.create_task(somebody.eval("while true do end", 0))
        await holds(server, is_busy)
        yield server.url
        await operator.script_kill()
        with contextlib.suppress(RedisError):
            await endless


async def is_busy(redis: Redis) -> bool:
    try:
        await redis.ping()
    except RedisError as error:
        return "BUSY" in str(error)
    return False


@contextlib.asynccontextmanager
async def that_still_loads(directory: Path) -> AsyncIterator[str]:
    async with started(directory, "--save", "") as first, first.client() as operator:
        await operator.eval("for i = 1, 20000 do redis.call('SET', i, i) end", 0)
        await operator.save()
    slowly = ("--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024")
    with valkey(directory, "--save", "", *slowly) as server:
        await server.listens()
        yield server.url


SITUATIONS = {
    "OOM": full,
    "READONLY": a_replica,
    "NOREPLICAS": without_the_replicas_it_wants,
    "MISCONF": without_a_disk,
    "NOAUTH": without_the_password,
    "WRONGPASS": with_a_wrong_password,
    "NOPERM": without_the_right_to_wait,
    "CLUSTERDOWN": a_cluster_without_slots,
    "CROSSSLOT": a_cluster_of_one,
    "MOVED": a_cluster_whose_other_node_has_it,
    "BUSY": at_work_on_a_script,
    "LOADING": that_still_loads,
}
"""How Redis comes to refuse with that word; the value of each is its URL."""


@pytest.fixture(params=SITUATIONS)
async def refusing(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    async with SITUATIONS[request.param](tmp_path / "redis") as url:
        yield url


@pytest.fixture
def word(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["refusing"])


async def test_its_first_word_stands_wherever_somebody_looks(
    refusing: str, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with connect(refusing) as redis:
        store = Requests(redis, prefix="test:", poll_interval=1.0)

        with pytest.raises(StoreAwayError) as raised:
            await store.accept(a_request(), within=1.0)
        assert raised.value.reason == word

        unready = await Health(store)()
        assert unready is not None
        assert unready.startswith(f"Redis refuses: {word} ("), unready

        caplog.clear()
        await watched(store, 1.6)
        said = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
        assert [each.split(" (")[0] for each in said] == [f"Redis refuses: {word}"]

    config = Config.from_env({**REQUIRED, "REDIS_URL": refusing})
    findings = [finding async for finding in check(config, frozenset())]
    wrong = [finding.said for finding in findings if finding.verdict is Verdict.FAILED]
    assert any(word in said for said in wrong), findings


def test_the_word_of_a_script_is_found_on_redis_6_2_too() -> None:
    said = "ERR Error running script (call to f_0): @user_script:9: @user_script: 9: -OOM command"
    refused = refusal(BaseParser.parse_error(said))
    assert refused is not None
    assert refused.word == "OOM"


def test_each_is_explained_to_operators() -> None:
    page = Path("docs/operate.md").read_text()
    assert [word for word in _KNOWN if f"`{word}`" not in page] == []


async def watched(store: Requests, seconds: float) -> None:
    """Has the loop look at Redis for so long, twice at least."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await store.replicas.watch()


async def test_when_it_takes_writes_again_that_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        started(tmp_path, *SAFE) as server,
        server.client() as operator,
        connect(server.url) as redis,
    ):
        store = Requests(redis, prefix="test:", poll_interval=1.0)
        await operator.config_set("maxmemory", 1)
        watching = asyncio.create_task(watched(store, 3.0))
        await asyncio.sleep(0.5)
        await operator.config_set("maxmemory", 0)
        await watching

    said = [each.getMessage() for each in caplog.records if each.name == "bot.store.outage"]
    assert [each.split(" ")[1] for each in said] == ["refuses:", "is"]


async def test_a_sentence_out_of_a_pipeline_is_whole_and_without_what_redis_py_puts_around_it(
    tmp_path: Path,
) -> None:
    async with without_the_right_to_wait(tmp_path / "redis") as url, connect(url) as redis:
        pipeline = redis.pipeline(transaction=False)
        pipeline.wait(0, 1)
        with pytest.raises(RedisError) as refused:
            await pipeline.execute()
    found = refusal(refused.value)
    assert found is not None
    assert found.means.endswith("has no permissions to run the 'wait' command")
