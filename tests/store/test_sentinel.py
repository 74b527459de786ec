"""A Redis behind Sentinels: found, and found again after a failover."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.config import Config, ConfigError
from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.lua import Script, source
from bot.store.replicas import Replicas
from bot.store.sentinel import NoPrimaryError, Sentinels, parse
from tests.conftest import free_port
from tests.servers import Guarded, guarded, holds, speaking_nonsense


async def demoted(redis: Redis) -> bool:
    return bool((await redis.info("replication"))["role"] == "slave")


REQUIRED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}


@pytest.fixture
async def redises(tmp_path: Path) -> AsyncIterator[Guarded]:
    with guarded(tmp_path) as redises:
        await redises.ready()
        yield redises


async def test_after_a_failover_the_new_primary_is_found(redises: Guarded) -> None:
    async with connect(redises.url) as redis:
        await redis.set("before", 1)
        redises.primary.process.kill()
        await redises.promoted()

        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(RedisError):
                    await redis.set("after", 1)
                    break
        assert await redis.mget("before", "after") == ["1", "1"]


async def test_a_primary_that_was_demoted_and_lives_is_left(redises: Guarded) -> None:
    async with connect(redises.url) as redis:
        await redis.set("before", 1)
        await redises.fail_over()
        await redises.promoted()
        await holds(redises.primary, demoted)

        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(RedisError):
                    await redis.set("after", 1)
                    break
        async with redises.replica.client() as new:
            assert await new.get("after") == "1"


class Setting(Script):
    """Sets a key, for a while, and returns its value."""

    def __init__(self, redis: Redis) -> None:
        own = "redis.call('SET', keys.place, given.value, 'PX', 9999); return given.value"
        self.text = source("named") + own
        self._names = frozenset({"place", "value"})
        self._script = redis.register_script(self.text)
        self.sha = self._script.sha


async def test_what_a_script_wrote_is_on_a_replica_when_it_answers(redises: Guarded) -> None:
    async with connect(redises.url) as redis:
        replicas = Replicas(redis, "test:")
        await replicas.look()
        write = Setting(redis)

        for value in map(str, range(200)):
            assert await replicas.run(write, {"place": "key"}, {"value": value}) == value
            async with redises.replica.client() as replica:
                assert await replica.get("key") == value


async def test_a_write_that_no_replica_has_counts_as_unanswered(
    redises: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.replicas.GIVE_UP", 3.0)
    async with connect(redises.primary.url) as redis:
        replicas = Replicas(redis, "test:")
        write = Setting(redis)
        await replicas.look()
        redises.replica.process.kill()
        redises.replica.process.wait()

        with pytest.raises(StoreAwayError, match="no replica"):
            await replicas.run(write, {"place": "key"}, {"value": "1"})
        await replicas.look()  # it may be a failover that has just begun
        with pytest.raises(StoreAwayError, match="no replica"):
            await replicas.run(write, {"place": "key"}, {"value": "2"})

        await asyncio.sleep(3.0)
        await replicas.look()
        assert await replicas.run(write, {"place": "key"}, {"value": "3"}) == "3"


async def test_without_replicas_nothing_waits(valkey_url: str, prefix: str) -> None:
    async with connect(valkey_url) as redis:
        replicas = Replicas(redis, prefix)
        await replicas.look()
        write = Setting(redis)
        before = (await redis.info("commandstats")).get("cmdstat_wait", {}).get("calls", 0)

        await replicas.run(write, {"place": f"{prefix}key"}, {"value": "1"})

        after = (await redis.info("commandstats")).get("cmdstat_wait", {}).get("calls", 0)
        assert after == before


async def test_sentinels_that_are_away_are_said_to_be(prefix: str) -> None:
    nobody = Sentinels((("127.0.0.1", free_port()), ("127.0.0.1", free_port())), "main", {})
    with pytest.raises(NoPrimaryError, match="no Sentinel answers"):
        await nobody.primary()


async def test_a_sentinel_that_speaks_nonsense_is_passed_over() -> None:
    async with speaking_nonsense() as url:
        odd = ("127.0.0.1", int(url.rpartition(":")[2].partition("/")[0]))
        with pytest.raises(NoPrimaryError, match="no Sentinel answers"):
            await Sentinels((odd,), "main", {}).primary()


async def test_a_name_that_they_do_not_know_is_said_to_be(redises: Guarded) -> None:
    known = tuple(("127.0.0.1", each.port) for each in redises.sentinels)
    with pytest.raises(NoPrimaryError, match="know no primary of the name other"):
        await Sentinels(known, "other", {}).primary()


def test_the_url_names_hosts_ports_name_and_database() -> None:
    sentinels, url = parse("redis+sentinel://me:p%40w@one,two:7,[::1]:8/main/3?sentinel_password=s")

    assert sentinels.addresses == (("one", 26379), ("two", 7), ("::1", 8))
    assert (sentinels.name, sentinels.options) == ("main", {"password": "s"})
    assert url == "redis://me:p%40w@/3"
    assert "'s'" not in repr(sentinels)


def test_with_tls_both_speak_it() -> None:
    sentinels, url = parse("rediss+sentinel://one/main?ssl_ca_certs=/ca&ssl_check_hostname=false")

    assert sentinels.options == {
        "ssl": True,
        "ssl_ca_certs": "/ca",
        "ssl_check_hostname": False,
    }
    assert url == "rediss:///0?ssl_ca_certs=%2Fca&ssl_check_hostname=false"


@pytest.mark.parametrize(
    "url",
    [
        "redis+sentinel://one:1",
        "redis+sentinel://one:1/",
        "redis+sentinel:///main",
        "redis+sentinel://one:x/main",
        "redis+sentinel://one/main/zero",
    ],
)
def test_a_url_that_cannot_be_understood_says_how_it_is_written(url: str) -> None:
    with pytest.raises(ConfigError, match=r"REDIS_URL: cannot be understood; write .*host:"):
        Config.from_env({**REQUIRED, "REDIS_URL": url})


def test_the_passwords_of_the_url_are_secrets() -> None:
    url = "rediss+sentinel://me:p%40w@one/main?sentinel_password=other"
    secrets = Config.from_env({**REQUIRED, "REDIS_URL": url}).secrets
    assert {"p%40w", "p@w", "other", url} <= set(secrets)
