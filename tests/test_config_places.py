"""A wrong setting is shown with the line of `.env` that has it."""

import pytest

from bot.config import Config, ConfigError, read_environment

DOTENV = """\
# Slack
SLACK_BOT_TOKEN=xoxp-1-2-3

SLACK_APP_TOKEN=xapp-1-A1-2-3


PORT=many
IACREA_API_KEY=
"""


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Config.__dataclass_fields__:
        monkeypatch.delenv(name.upper(), raising=False)


def problems(tmp_path, text=DOTENV) -> list[str]:
    (tmp_path / ".env").write_text(text)
    with pytest.raises(ConfigError) as raised:
        Config.from_env(read_environment(tmp_path))
    return [str(each) for each in raised.value.invalid]


def test_each_problem_names_its_line(tmp_path):
    token, key, port = problems(tmp_path)

    assert token.startswith("SLACK_BOT_TOKEN: is a user token")
    assert token.endswith(" (line 2 of .env)")
    assert key.startswith("IACREA_API_KEY: is missing")
    assert key.endswith(" (line 8 of .env)")
    assert port.startswith("PORT: 'many' cannot be used")
    assert port.endswith(" (line 7 of .env)")


def test_a_value_of_the_environment_that_hides_the_one_of_the_file_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PORT", "several")

    port = problems(tmp_path)[-1]

    assert port.startswith("PORT: 'several' cannot be used")
    assert port.endswith(" (the environment, which wins over line 7 of .env)")


def test_a_value_of_the_environment_alone_has_no_line(tmp_path, monkeypatch):
    monkeypatch.setenv("HOST", "not a host")

    [host] = [each for each in problems(tmp_path) if each.startswith("HOST")]

    assert not host.endswith(")")


def test_of_two_lines_the_last_one_counts(tmp_path):
    port = problems(tmp_path, DOTENV + "PORT=lots\n")[-1]
    assert port.startswith("PORT: 'lots'")
    assert port.endswith(" (line 9 of .env)")
