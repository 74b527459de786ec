"""The bot and its Valkey are really killed, stopped, started again, and never left behind."""

import asyncio
from pathlib import Path

import pytest

from sandbox.demo.bot_process import (
    CONNECTIONS,
    SOURCES,
    BotProcess,
    BotState,
    environment,
)
from sandbox.demo.errors import DemoError
from sandbox.demo.panel.components import Components
from sandbox.demo.sample_data import LILAC, SampleData
from sandbox.iacrea import Timings
from sandbox.slack import SlackSimulator
from tests.conftest import replies
from tests.sandbox.demo.conftest import alive, linux


async def until_connected(slack: SlackSimulator) -> None:
    await slack.until(lambda _: slack.connections >= CONNECTIONS, 30)


@linux
async def test_a_killed_bot_is_dead_at_once_and_comes_back_by_itself_and_its_valkey_lives(
    playing: Components,
) -> None:
    bot, slack = playing.bot, playing.slack
    first, valkey = bot.pid, playing.valkey.pid
    assert first is not None
    assert valkey is not None

    assert bot.kill()
    assert bot.state is BotState.DEAD
    assert not bot.kill()
    await slack.until(lambda _: bot.back_at is not None)
    assert not alive(first)
    assert alive(valkey)

    await until_connected(slack)
    assert (bot.state, bot.starts, bot.back_at) == (BotState.CONNECTED, 2, None)
    assert playing.valkey.pid == valkey


@linux
async def test_a_stopped_valkey_stays_down_until_it_is_let_go_and_loses_nothing(
    playing: Components, sample: SampleData
) -> None:
    slack, valkey = playing.slack, playing.valkey
    playing.iacrea.account.timings = Timings(queue=0.5, animate=4.0, render=0.5)
    await slack.command(sample.anna, sample.listings, f"/regen {LILAC} 2 push out")
    await playing.iacrea.until(lambda it: it.posts == 1)
    first = valkey.pid

    await valkey.stop()
    assert valkey.is_kept_down
    await asyncio.sleep(1.0)  # the bot tries to start it again within 20 ms
    assert valkey.pid is None
    refused = await slack.command(sample.camille, sample.listings, f"/regen {LILAC} 3")
    valkey.start()

    await slack.until(lambda _: len(replies(slack, sample.listings)) == 1, 40)
    assert refused.ok
    assert valkey.pid not in {None, first}
    assert playing.iacrea.posts == 1


@linux
async def test_a_bot_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path, connected=lambda: False, on_change=lambda _: None)
    with pytest.raises(DemoError, match="IACREA_API_KEY: is missing"):
        async with asyncio.timeout(60):
            await bot.keep_running({"SLACK_BOT_TOKEN": "xoxb-1-2"})
    await bot.stop()


def test_nothing_of_the_users_own_configuration_reaches_the_bot() -> None:
    inherited = {
        "PATH": "/bin",
        "PYTHONPATH": "/theirs",
        "SLACK_BOT_TOKEN": "xoxb-theirs",
        "REDIS_URL": "redis://theirs",
        "https_proxy": "http://theirs",
        "LOG_LEVEL": "DEBUG",
    }
    assert environment(inherited, {"SLACK_BOT_TOKEN": "xoxb-ours"}) == {
        "PATH": "/bin",
        "PYTHONPATH": f"{SOURCES}:/theirs",
        "SLACK_BOT_TOKEN": "xoxb-ours",
    }
