"""Reading the settings loads no Redis client, and still knows what that client would take."""

import inspect
import subprocess
import sys

import pytest
from redis.asyncio import Connection, SSLConnection
from redis.asyncio.connection import AbstractConnection, parse_url

from bot.store import options
from tests.conftest import ROOT

READ = """
import sys
from bot.config import Config
url = sys.argv[1]
print(*Config.examine({"REDIS_URL": url, "ALLOW_PLAINTEXT": "*"})[1])
assert "redis" not in sys.modules
"""


@pytest.mark.parametrize(
    "url",
    [
        "redis://:secret@elsewhere:6379/0",
        "rediss://elsewhere?ssl_cert_reqs=none",
        "unix:///run/valkey.sock",
        "rediss+sentinel://u:p@one:26379,two/main/0?ssl_check_hostname=false",
        "redis://elsewhere?protocol=2",
    ],
)
def test_reading_a_redis_url_does_not_import_redis(url: str):
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", READ, url],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("REDIS_URL" in done.stdout) == ("protocol" in url)


def test_every_option_of_redis_py_can_be_named():
    kinds = (AbstractConnection, Connection, SSLConnection)
    names = {name for kind in kinds for name in inspect.signature(kind).parameters}
    assert {name for name in names if not options.is_public(name)} == set()


@pytest.mark.parametrize(
    "query",
    [
        "ssl_check_hostname=false&ssl_cert_reqs=none&db=1",
        "ssl_check_hostname=True&ssl_password=a%252Fb%20c+d",
        "ssl_ca_certs=/a%20file&ssl_keyfile=/k&ssl_certfile=/c",
    ],
)
def test_options_of_tls_are_read_as_redis_py_reads_them(query: str):
    read = parse_url(f"rediss://host/?{query}")
    theirs = {name: value for name, value in read.items() if name.startswith("ssl_")}
    assert options.of_tls(query) == theirs
