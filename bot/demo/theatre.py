"""Sets up the simulators, the bot and the screen, has the play performed, and clears all away."""

import asyncio
import contextlib
import io
import sys
import tempfile
from collections.abc import Coroutine
from importlib import resources
from pathlib import Path
from typing import Any, TextIO

from bot.demo.bot_process import SOURCES, BotProcess
from bot.demo.errors import DemoError
from bot.demo.screen import Screen
from bot.demo.script import CREDITS, PLAY
from bot.demo.stage import Stage
from bot.demo.styled import Span, Style
from bot.simulator.iacrea import IACreaSimulator
from bot.simulator.slack import SlackSimulator, read_manifest


async def perform(stop: asyncio.Event) -> None:
    """Plays until the end or until `stop` is set, and leaves nothing behind.

    Raises:
        DemoError: the bot died, did not do what the play waits for, or broke its promise.
    """
    async with contextlib.AsyncExitStack() as held:
        slack = await held.enter_async_context(SlackSimulator(read_manifest(_manifest())))
        iacrea = await held.enter_async_context(IACreaSimulator(credits=CREDITS))
        directory = held.enter_context(
            tempfile.TemporaryDirectory(prefix="regen-demo-", ignore_cleanup_errors=True)
        )
        bot = BotProcess(Path(directory), settings(slack, iacrea))
        held.push_async_callback(bot.stop)
        screen = Screen(_utf8(sys.stdout), slack.workspace)
        stage = Stage(slack, iacrea, bot, screen)
        await _first_to_end(stop, bot.died(), screen.closed(), stage.play(PLAY))
        if stop.is_set():
            screen.show([(), (Span("Stopped.", Style.ITALIC),)])


def settings(slack: SlackSimulator, iacrea: IACreaSimulator) -> dict[str, str]:
    """What the bot's environment says of the two simulators."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "IACREA_API_KEY": iacrea.api_key,
        "IACREA_BASE_URL": iacrea.base_url,
        "PORT": "0",
        "POLL_INTERVAL": "0.5",  # IACrea recommends 2 to 5 s, and takes minutes, not seconds
    }


async def _first_to_end(stop: asyncio.Event, *work: Coroutine[Any, Any, None]) -> None:
    """Runs everything until something ends or `stop` is set; raises what the first one raised."""
    tasks = [*map(asyncio.create_task, work), asyncio.create_task(_set(stop))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _set(stop: asyncio.Event) -> None:
    await stop.wait()


def _manifest() -> Path:
    """The app's manifest: beside the simulators in an installation, beside `bot` in a checkout."""
    with resources.as_file(resources.files("bot.simulator") / "manifest.yml") as installed:
        for path in (installed, SOURCES / "manifest.yml"):
            if path.is_file():
                return path
    raise DemoError("the Slack app's manifest.yml is missing; install regen-bot again")


def _utf8(stream: TextIO) -> TextIO:
    """The stream, which writes UTF-8 wherever it can be told to."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
    return stream
