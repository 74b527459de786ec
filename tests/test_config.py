"""The configuration: every problem in one run, and never a secret among the words."""

import copy
import pickle
import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, ConfigError, Secret, read_environment

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-12-34-AbCdEf",
    "SLACK_APP_TOKEN": "xapp-1-A1-23-abcdef",
    "IACREA_API_KEY": "iac-56789",
    "HOME": "/home/somebody",
}
PRINTABLE = st.text(string.ascii_letters + string.digits + "-_", min_size=6)


def config(**changes: str) -> Config:
    return Config.from_env(GOOD | changes)


def problems(environ: Mapping[str, str]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as raised:
        Config.from_env(environ)
    lines = tuple(map(str, raised.value.invalid))
    assert str(raised.value) == "\n".join(lines)
    return lines


def problem(**changes: str) -> str:
    (only,) = problems(GOOD | changes)
    return only


def test_the_defaults_are_those_of_the_contract():
    assert config() == Config(
        slack_bot_token=Secret("xoxb-12-34-AbCdEf"),
        slack_app_token=Secret("xapp-1-A1-23-abcdef"),
        slack_signing_secret=None,
        slack_api_url="https://slack.com/api/",
        slack_command="/regen",
        iacrea_api_key=Secret("iac-56789"),
        iacrea_base_url="https://iacrea.com",
        iacrea_effects=(),
        iacrea_user_id=None,
        redis_url=None,
        bot_data_dir=Path("/home/somebody/.local/state/regen-bot"),
        redis_prefix="regen:",
        host="127.0.0.1",
        port=3000,
        poll_interval=3.0,
        generation_timeout=1800.0,
        allowed_channels=(),
        allowed_users=(),
        allowed_teams=(),
        allow_guests=False,
        admin_users=(),
        max_regens_per_hour=None,
        low_credits=10.0,
        bot_locale="en",
        inline_video=False,
        follow="on",
        otel_exporter_otlp_endpoint=None,
        https_proxy=None,
        http_proxy=None,
        all_proxy=None,
        no_proxy=(),
        ssl_cert_file=None,
        ssl_cert_dir=(),
        allow_plaintext=(),
        log_level="INFO",
        log_format="text",
    )


def test_a_blank_value_means_unset():
    blanks = dict.fromkeys(("SLACK_API_URL", "PORT", "REDIS_URL", "LOG_LEVEL"), " ")
    assert config(**blanks) == config()


def test_nothing_set_at_all_names_all_that_is_required():
    assert [line.split(":")[0] for line in problems({})] == [
        "SLACK_BOT_TOKEN",
        "IACREA_API_KEY",
        "SLACK_APP_TOKEN",
    ]


def test_all_problems_come_in_one_run():
    wrong = {"PORT": "http", "POLL_INTERVAL": "0", "LOG_LEVEL": "loud", "REDIS_URL": "mysql://db"}
    assert [line.split(":")[0] for line in problems(wrong)] == [
        "SLACK_BOT_TOKEN",
        "IACREA_API_KEY",
        "REDIS_URL",
        "PORT",
        "POLL_INTERVAL",
        "LOG_LEVEL",
        "SLACK_APP_TOKEN",
    ]


def test_the_app_token_wins_over_the_signing_secret():
    assert config(SLACK_SIGNING_SECRET="8f742231b10e").socket_mode
    assert not config(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="8f742231b10e").socket_mode


def test_a_prefix_alone_is_no_token():
    assert "is not a whole token" in problem(SLACK_BOT_TOKEN="xoxb-")


def test_a_wrong_app_token_is_not_called_missing_as_well():
    assert "is not a whole token" in problem(SLACK_APP_TOKEN="something")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1-A1-23-abcdef"}, "belongs in SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xoxb-12-34-AbCdEf"}, "belongs in SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "xapp-1-A1-23-abcdef"}, "belongs in SLACK_APP_TOKEN"),
        ({"IACREA_API_KEY": "xoxb-12-34-AbCdEf"}, "belongs in SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxp-12-34-AbCdEf"}, "user token"),
        ({"SLACK_BOT_TOKEN": "xoxe.xoxb-1-AbCdEf"}, "token rotation"),
        ({"SLACK_BOT_TOKEN": '"xoxb-12-34-AbCdEf"'}, "quotation marks"),
        ({"SLACK_BOT_TOKEN": "xoxb-12 34-AbCdEf"}, "spaces"),
        ({"SLACK_BOT_TOKEN": "xoxb-12\u200b34-AbCdEf"}, "characters"),
        ({"SLACK_BOT_TOKEN": "12-34-AbCdEf"}, "is not a whole token"),
        ({"SLACK_BOT_TOKEN": "xoxb-your-token"}, "example"),
        ({"SLACK_BOT_TOKEN": "xoxb-…"}, "example"),
        ({"SLACK_BOT_TOKEN": "xoxb-..."}, "example"),
        ({"SLACK_APP_TOKEN": "xapp-xxxx-xxxx"}, "example"),
        ({"IACREA_API_KEY": "your-api-key"}, "example"),
        ({"IACREA_API_KEY": "<key>"}, "example"),
    ],
)
def test_a_mistaken_secret_is_explained_and_not_shown(changes, expected):
    (value,) = changes.values()
    said = problem(**changes)
    assert expected in said
    assert value.strip('"') not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "ftp://slack.com"),
        ("IACREA_BASE_URL", "https://"),
        ("IACREA_BASE_URL", "https://host:99999"),
        ("IACREA_BASE_URL", "https://[::1"),
        ("IACREA_BASE_URL", "https://ho st"),
        ("IACREA_BASE_URL", "https://host/?key=1"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "unix://"),
        ("REDIS_URL", "localhost:6379"),
        ("SLACK_COMMAND", "regen"),
        ("SLACK_COMMAND", "/Regen"),
        ("SLACK_COMMAND", "/" + "r" * 32),
        ("IACREA_EFFECTS", "CAMERA_UP;CAMERA_DOWN"),
        ("REDIS_PREFIX", "two words"),
        ("HOST", "127.0.0.1:3000"),
        ("HOST", "http://localhost"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "3.5"),
        *(
            (name, text)
            for name in ("POLL_INTERVAL", "GENERATION_TIMEOUT")
            for text in ("0", "-3", "3,5", "nan", "inf", "1e-320", "0.0009", "31536001", "1e300")
        ),
        ("GENERATION_TIMEOUT", "30 min"),
        ("IACREA_USER_ID", "my account"),
        ("LOG_LEVEL", "TRACE"),
        ("LOG_FORMAT", "xml"),
        ("BOT_DATA_DIR", "/data\x00"),
        ("BOT_DATA_DIR", "~nobody-has-this-name/data"),
    ],
)
def test_what_cannot_be_used_is_named(name, value):
    assert problem(**{name: value}).startswith(f"{name}: ")


def test_a_time_is_a_millisecond_to_a_year():
    read = config(POLL_INTERVAL="0.001", GENERATION_TIMEOUT="31536000")
    assert (read.poll_interval, read.generation_timeout) == (0.001, 31536000.0)


def test_what_can_be_used_is_read():
    read = config(
        SLACK_API_URL="http://127.0.0.1:8080/api",
        IACREA_BASE_URL="https://iacrea.example/",
        IACREA_EFFECTS=" camera_tilt_up, CAMERA_TILT_DOWN ,,camera_tilt_up",
        PORT="0",
        POLL_INTERVAL="0.05",
        HOST="::1",
        LOG_LEVEL="debug",
        LOG_FORMAT="JSON",
    )
    assert read.slack_api_url == "http://127.0.0.1:8080/api/"
    assert read.iacrea_base_url == "https://iacrea.example"
    assert read.iacrea_effects == ("CAMERA_TILT_UP", "CAMERA_TILT_DOWN")
    assert (read.port, read.poll_interval, read.host) == (0, 0.05, "::1")
    assert (read.log_level, read.log_format) == ("DEBUG", "json")


@pytest.mark.parametrize(
    "url",
    ["redis://h", "rediss://:p%40ss@h:6380/1", "unix:///run/redis.sock", "redis://[::1]:6379/0"],
)
def test_every_documented_kind_of_redis_url_is_taken(url):
    taken = config(REDIS_URL=url).redis_url
    assert taken is not None
    assert taken.reveal() == url


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"XDG_STATE_HOME": "/state"}, "/state/regen-bot"),
        ({"XDG_STATE_HOME": "relative"}, "/home/somebody/.local/state/regen-bot"),
        ({"BOT_DATA_DIR": "/srv/bot"}, "/srv/bot"),
        ({"BOT_DATA_DIR": "~/bot"}, str(Path.home() / "bot")),
        ({"BOT_DATA_DIR": "here"}, str(Path.cwd() / "here")),
        ({"HOME": ""}, "/var/lib/regen-bot"),
    ],
)
def test_the_data_directory_follows_the_conventions(changes, expected):
    assert config(**changes).bot_data_dir == Path(expected)


@given(PRINTABLE)
def test_a_secret_shows_itself_only_when_asked(value):
    secret = Secret("s" + value)
    shown = (repr(secret), str(secret), f"{secret}", f"{secret:>40}", f"{secret!r}", repr([secret]))
    assert secret.reveal() == "s" + value
    assert not any("s" + value in each for each in shown)


def test_a_secret_is_neither_pickled_nor_copied():
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            way(Secret("value"))


def test_the_configuration_as_text_holds_no_secret():
    read = config(REDIS_URL="rediss://user:pass%2Fword@host", SLACK_SIGNING_SECRET="8f742231b10e")
    assert read.secrets
    assert not any(secret in repr(read) for secret in read.secrets)
    assert {"pass%2Fword", "pass/word", "8f742231b10e", "iac-56789"} < set(read.secrets)


SETTINGS = st.sampled_from([name.upper() for name in Config.__dataclass_fields__])


@given(st.dictionaries(SETTINGS, st.text() | st.text(string.printable)))
def test_whatever_is_set_is_read_or_explained_in_printable_lines(environ):
    try:
        Config.from_env(environ)
    except ConfigError as error:
        for line in map(str, error.invalid):
            assert line.isprintable()
            assert len(line) < 300


def test_a_secret_in_the_wrong_place_is_not_shown_either():
    said = problem(SLACK_COMMAND="xoxb-12-34-AbCdEf")
    assert "AbCdEf" not in said
    said = problem(IACREA_BASE_URL="https://me:hunter2@iacrea.com")
    assert "hunter2" not in said


def test_dotenv_is_read_and_the_environment_wins(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text('\ufeffHOST="h"\nexport PORT=1\n# no\nREDIS_PREFIX=a$HOME\n')
    monkeypatch.setenv("PORT", "2")
    monkeypatch.delenv("HOST", raising=False)
    environ = read_environment(tmp_path)
    assert (environ["PORT"], environ["HOST"], environ["REDIS_PREFIX"]) == ("2", "h", "a$HOME")


def test_no_dotenv_is_fine(tmp_path, monkeypatch):
    monkeypatch.setenv("PORT", "2")
    assert read_environment(tmp_path)["PORT"] == "2"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"A=1\nthis is = no = setting\n", "line 2"), (b"A=\xff\xfe", "is not UTF-8")],
)
def test_a_broken_dotenv_is_a_problem_and_not_a_traceback(tmp_path, content, expected):
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(ConfigError, match=expected):
        read_environment(tmp_path)
