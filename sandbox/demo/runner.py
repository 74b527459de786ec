"""Sets up the simulators, the page and the bot, and clears all away again."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.demo.bot_process import CONNECTIONS, BotProcess
from sandbox.demo.errors import DemoError
from sandbox.demo.panel import Panel
from sandbox.demo.panel.components import Components
from sandbox.demo.panel.routes import MODULE
from sandbox.demo.panel.state import LOCAL_PATHS
from sandbox.demo.pictures import PictureRoutes
from sandbox.demo.pictures.photos import photos
from sandbox.demo.sample_data import CREDITS, SampleData, add_sample_data
from sandbox.demo.terminal import Lines, Terminal, open_browser
from sandbox.demo.valkey import Valkey
from sandbox.iacrea import ApiVariant, IACreaSimulator
from sandbox.slack import SlackSimulator, read_manifest
from sandbox.slack.page import Page

_PATIENCE = 60.0
"""Seconds for the bot to connect on a slow machine."""


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo, set up and served; the bot does not run yet.

    Attributes:
        address: of the page, without a slash at the end.
    """

    address: str
    components: Components
    sample: SampleData
    panel: Panel


async def run(stop: asyncio.Event, *, manifest: Path, out: Lines, port: int, browser: bool) -> None:
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
    async with set_up(manifest, port=port, on_change=terminal.tell) as demo:
        terminal.greet(demo.address)
        terminal.follow(demo.components.slack.workspace)
        if browser:
            await open_browser(demo.address)
        await _first_to_end(
            stop,
            demo.components.bot.keep_running(demo.components.settings),
            demo.panel.refresh(),
            _type_first_command(demo),
        )
    terminal.farewell()


@contextlib.asynccontextmanager
async def set_up(
    manifest: Path, *, port: int, on_change: Callable[[BotProcess], None]
) -> AsyncIterator[Demo]:
    """Sets the demo up and serves its page; at the end nothing of it is left running.

    Args:
        manifest: the app's manifest.yml.
        port: of the page; 0 takes any that is free.
        on_change: called whenever a process of the bot came or went.

    Raises:
        DemoError: the port is taken.
    """
    async with contextlib.AsyncExitStack() as held:
        slack = SlackSimulator(read_manifest(manifest))
        # IACrea leaves open whether it names clips or photos, what it tells of a render, and what
        # can be done with an auto video; this reading shows most.
        variant = ApiVariant(content_url="clip", content_while_rendering=True, auto_videos="alike")
        iacrea = await held.enter_async_context(IACreaSimulator(credits=CREDITS, variant=variant))
        iacrea.account.moving = "gif"  # what Slack takes for a picture that it can show
        sample = add_sample_data(slack, iacrea)
        directory = Path(held.enter_context(_temporary()))
        bot = BotProcess(directory, connected=lambda: slack.connections > 0, on_change=on_change)
        web = await held.enter_async_context(photos())
        components = Components(slack, iacrea, bot, Valkey(directory), CREDITS, web)
        panel = Panel(components)
        held.push_async_callback(slack.stop)
        await _serve(slack, port, panel, PictureRoutes(iacrea.account))
        # Pushed last and so called first: the bot ends while Slack still answers it.
        held.push_async_callback(_end, components)
        yield Demo(slack.api_url.removesuffix("/api/"), components, sample, panel)


async def _serve(slack: SlackSimulator, port: int, panel: Panel, pictures: PictureRoutes) -> None:
    page = Page(slack, local_paths=LOCAL_PATHS, side_panel=MODULE)
    routes = [*page.routes(), *panel.routes(), *pictures.routes()]
    try:
        await slack.start(port=port, extra_routes=routes)
    except OSError as taken:
        raise DemoError(
            f"port {port} is taken; is another demo running? Try: regen-bot demo --port {port + 1}"
        ) from taken


async def _type_first_command(demo: Demo) -> None:
    """Has Camille at work already when the visitor comes; never returns."""
    slack, sample = demo.components.slack, demo.sample
    await slack.until(lambda _: slack.connections >= CONNECTIONS, _PATIENCE)
    await slack.command(sample.camille, sample.marketing, sample.first_command)
    await asyncio.Event().wait()


async def _end(components: Components) -> None:
    await components.bot.stop()
    await components.valkey.end()


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
