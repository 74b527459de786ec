"""Sets up the simulators, the page and the bot, and clears all away again."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.demo.backstage import Backstage
from sandbox.demo.backstage.entities import REACH
from sandbox.demo.backstage.machinery import Machinery
from sandbox.demo.backstage.routes import MODULE
from sandbox.demo.bot_process import CONNECTIONS, BotProcess
from sandbox.demo.errors import DemoError
from sandbox.demo.rooms import Rooms
from sandbox.demo.scene import CREDITS, Scene, furnished
from sandbox.demo.terminal import Lines, Terminal, open_browser
from sandbox.demo.valkey import Valkey
from sandbox.iacrea import Dialect, IACreaSimulator
from sandbox.slack import SlackSimulator, read_manifest
from sandbox.slack.page import Page

_PATIENCE = 60.0
"""Seconds for the bot to connect on a slow machine."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that is set up; the bot does not run yet.

    Attributes:
        address: of the page, without a slash at the end.
    """

    address: str
    machinery: Machinery
    scene: Scene
    backstage: Backstage


async def perform(
    stop: asyncio.Event, *, manifest: Path, out: Lines, port: int, browser: bool
) -> None:
    """Serves the page until `stop` is set, and leaves nothing behind.

    Args:
        stop: ends it.
        manifest: the app's manifest.yml.
        out: takes what is said in the terminal.
        port: of the page; 0 takes any that is free.
        browser: whether to open it.

    Raises:
        DemoError: the port is taken, or the bot cannot run.
    """
    terminal = Terminal(out)
    async with staged(manifest, port=port, on_change=terminal.tell) as stage:
        terminal.greet(stage.address)
        terminal.follow(stage.machinery.slack.workspace)
        if browser:
            await open_browser(stage.address)
        await _first_to_end(
            stop,
            stage.machinery.bot.keep_running(stage.machinery.settings),
            stage.backstage.beat(),
            _opening(stage),
        )
    terminal.farewell()


@contextlib.asynccontextmanager
async def staged(
    manifest: Path, *, port: int, on_change: Callable[[BotProcess], None]
) -> AsyncIterator[Stage]:
    """Sets all up and serves the page; ends it all, the bot's processes too.

    Args:
        manifest: the app's manifest.yml.
        port: of the page; 0 takes any that is free.
        on_change: called whenever a process of the bot came or went.

    Raises:
        DemoError: the port is taken.
    """
    async with contextlib.AsyncExitStack() as held:
        slack = SlackSimulator(read_manifest(manifest))
        # IACrea leaves open whether it names clips or photos, and what it tells of a render; this
        # reading shows most.
        dialect = Dialect(content_url="clip", content_while_rendering=True)
        iacrea = await held.enter_async_context(IACreaSimulator(credits=CREDITS, dialect=dialect))
        iacrea.studio.moving = "gif"  # what Slack takes for a picture that it can show
        scene = furnished(slack, iacrea)
        directory = Path(held.enter_context(_temporary()))
        bot = BotProcess(directory, connected=lambda: slack.connections > 0, on_change=on_change)
        machinery = Machinery(slack, iacrea, bot, Valkey(directory), CREDITS)
        backstage = Backstage(machinery)
        held.push_async_callback(slack.stop)
        await _serve(slack, port, backstage, Rooms(iacrea.studio))
        held.push_async_callback(_end, machinery)
        yield Stage(slack.api_url.removesuffix("/api/"), machinery, scene, backstage)


async def _serve(slack: SlackSimulator, port: int, backstage: Backstage, rooms: Rooms) -> None:
    page = Page(slack, reach=REACH, beside=MODULE)
    routes = [*page.routes(), *backstage.routes(), *rooms.routes()]
    try:
        await slack.start(port=port, beside=routes)
    except OSError as taken:
        raise DemoError(
            f"port {port} is taken; is another demo running? Try: regen-bot demo --port {port + 1}"
        ) from taken


async def _opening(stage: Stage) -> None:
    """Camille is at work already when the visitor comes; never returns."""
    slack, scene = stage.machinery.slack, stage.scene
    await slack.until(lambda _: slack.connections >= CONNECTIONS, _PATIENCE)
    await slack.command(scene.camille, scene.marketing, scene.opening)
    await asyncio.Event().wait()


async def _end(machinery: Machinery) -> None:
    await machinery.bot.stop()
    await machinery.valkey.end()


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


def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="regen-demo-", ignore_cleanup_errors=True)
