"""Options in REDIS_URL: known ones alone, each problem by name, none over what the store needs."""

from pathlib import Path

import pytest
import trustme

from bot.config import Config, ConfigError
from bot.store.client import ANSWER_LIMIT, CONNECT_LIMIT, CONNECTIONS, connect
from tests.conftest import Bots

REQUIRED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}


def refused(url: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        Config.from_env({**REQUIRED, "REDIS_URL": url})
    return [each.text for each in raised.value.invalid]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis://h?socket_timeout=1", "socket_timeout is not known here"),
        ("redis://h?retry_on_timeout=yes", "retry_on_timeout is not known here"),
        ("redis://h?health_check_interval=5", "health_check_interval is not known here"),
        ("redis://h?max_connections=1", "max_connections is not known here"),
        ("unix:///run/s?socket_keepalive=1", "socket_keepalive is not known here"),
        ("redis://h?protocol=2", "protocol is not known here"),
        ("redis://h?password=se&cret=1", "option 2 (not shown, it may be a piece of a password)"),
        ("redis://h/zero", "names no number of a database behind the host"),
        ("redis://h?db=first", "db is no number of a database"),
        ("redis://h/1?db=2", "db stands there twice"),
        ("redis://h?db=1&db=2", "db stands there twice"),
        ("redis://h?client_name=", "client_name has no value"),
        ("redis://h/0#1", "ends in #…, which no Redis URL has"),
        ("redis://h?ssl_ca_certs=/ca.pem", "ssl_ca_certs is for TLS"),
        ("redis://h?sentinel_password=p", "sentinel_password is for Sentinels"),
        ("rediss://h?ssl_ca_certs=/no/ca.pem", "ssl_ca_certs names a file that cannot be read"),
        ("rediss://h?ssl_ca_path=/no/where", "ssl_ca_path names no directory"),
        ("rediss://h?ssl_cert_reqs=never", "ssl_cert_reqs is none, optional or required"),
        ("rediss://h?ssl_check_hostname=perhaps", "ssl_check_hostname is true or false"),
        ("rediss+sentinel://h/main?ssl_certfile=/no/c.pem", "ssl_certfile names a file"),
        ("redis+sentinel://h/main?socket_timeout=1", "socket_timeout is not known here"),
    ],
)
def test_a_wrong_option_is_named(url: str, said: str) -> None:
    [problem] = refused(url)
    assert problem.startswith(said)
    assert "cret" not in problem


def test_each_problem_is_named() -> None:
    url = "rediss://h/x?db=y&retry_on_timeout=1&ssl_certfile=/no/c.pem"
    assert [each.split(" ")[0] for each in refused(url)] == [
        "names",
        "db",
        "retry_on_timeout",
        "ssl_certfile",
    ]


def test_what_is_not_shown_is_told_apart_by_its_place() -> None:
    said = refused("redis://h?password=se&cret&client_name=bot&Ond=1")
    assert [each.split(" (")[0] for each in said] == ["option 2", "option 4"]
    assert "cret" not in str(said)
    assert "Ond" not in str(said)


def test_certificates_that_tls_refuses_are_named(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("no certificate")
    [problem] = refused(f"rediss://h?ssl_ca_certs={ca}")
    assert problem.startswith("ssl_ca_certs cannot be used together with TLS")


def test_what_is_documented_is_taken(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(ca))
    for url in (
        "redis://u:p@127.0.0.1:1/2?client_name=bot",
        "unix:///run/s?db=2&password=p",
        f"rediss://h/0?ssl_ca_certs={ca}&ssl_check_hostname=false",
        f"rediss+sentinel://h/main/1?ssl_ca_certs={ca}&sentinel_username=u&sentinel_password=p",
        "rediss://h?ssl_cert_reqs=none",
    ):
        Config.from_env({**REQUIRED, "REDIS_URL": url})


async def test_none_overrides_what_the_store_relies_on() -> None:
    url = "redis://h?max_connections=1&timeout=99&socket_timeout=7&socket_connect_timeout=8&retry=x"
    async with connect(url) as redis:
        pool = redis.connection_pool
        assert (pool.max_connections, pool.timeout) == (CONNECTIONS, ANSWER_LIMIT)
        connection = pool.make_connection()
    assert (connection.socket_timeout, connection.socket_connect_timeout) == (None, CONNECT_LIMIT)
    assert connection.retry.get_retries() == 0


async def test_the_bot_ends_with_2(bots: Bots) -> None:
    process = await bots.start(environ={"REDIS_URL": "redis://h?socket_timeout=1&db=x"})

    assert await process.wait() == 2
    said = bots.log().splitlines()
    assert sum("REDIS_URL: socket_timeout is not known here" in line for line in said) == 1
    assert sum("REDIS_URL: db is no number" in line for line in said) == 1
    assert "Traceback" not in bots.log()
