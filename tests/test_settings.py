"""What is declared of a setting is what its readers see; reading them loads no Redis client."""

import inspect
import re
import subprocess
import sys
from dataclasses import fields

import pytest
from redis.asyncio import Connection, SSLConnection
from redis.asyncio.connection import AbstractConnection, parse_url

from bot.config import Config
from bot.config.reading import Setting, declared
from bot.store import options
from tests.conftest import ROOT

READ = """
import sys
from bot.config import Config
url = sys.argv[1]
print(*Config.examine({"REDIS_URL": url, "ALLOW_PLAINTEXT": "*"})[1])
assert "redis" not in sys.modules
"""

SETTINGS = {each.name.upper(): declared(each) for each in fields(Config)}


def shown(setting: Setting) -> str:
    """The default as somebody would write it; blank where it is no plain value."""
    match setting.default:
        case bool(default):
            return str(int(default))
        case str() | int() | float() as default:
            return f"{default:g}" if isinstance(default, float) else str(default)
    return ""


def test_the_example_says_of_each_setting_what_is_declared():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    said = {
        name: (above, value)
        for above, name, value in re.findall(r"^# (.*)\n#?([A-Z_]+)=(.*)$", text, re.MULTILINE)
        if name in SETTINGS
    }
    assert said == {name: (each.help, shown(each)) for name, each in SETTINGS.items()}


def test_the_table_says_of_each_setting_what_is_declared():
    text = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    table = text.split("## Settings")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*) \| ?(.*?) ?\|$", table, re.MULTILINE)
    assert rows == [
        (name, each.help, "required" if each.missing else f"`{shown(each)}`".replace("``", ""))
        for name, each in SETTINGS.items()
    ]


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
