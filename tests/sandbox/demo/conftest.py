"""The demo's components with the real bot, as `runner` sets it up, without a page."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.demo import bot_process
from sandbox.demo.bot_process import CONNECTIONS, SOURCES, BotProcess
from sandbox.demo.panel.components import Components
from sandbox.demo.pictures.photos import photos
from sandbox.demo.sample_data import CREDITS, SampleData, add_sample_data
from sandbox.demo.valkey import Valkey
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator, read_manifest
from tests.nursery import Nursery

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")


@pytest.fixture(autouse=True)
def forked_bots(nursery: Nursery | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the demo fork its bots where there is a nursery."""
    if nursery:
        monkeypatch.setattr(bot_process, "start_python", nursery.start_bot)


@pytest.fixture
async def components() -> AsyncIterator[Components]:
    """All parts; the bot is not started."""
    slack = SlackSimulator(read_manifest(SOURCES / "manifest.yml"))
    with tempfile.TemporaryDirectory(prefix="t") as directory:
        async with slack, IACreaSimulator(credits=CREDITS) as iacrea, photos() as web:
            bot = BotProcess(
                Path(directory),
                connected=lambda: slack.connections > 0,
                on_change=lambda _: slack.notifier.notify(),
            )
            yield Components(slack, iacrea, bot, Valkey(Path(directory)), CREDITS, web)


@pytest.fixture
def sample(components: Components) -> SampleData:
    return add_sample_data(components.slack, components.iacrea)


@pytest.fixture
def settings(components: Components) -> dict[str, str]:
    """The bot's."""
    return components.settings


@pytest.fixture
async def playing(
    components: Components, sample: SampleData, settings: dict[str, str]
) -> AsyncIterator[Components]:
    """The same with the bot at work, and started again whenever it dies."""
    keeping = asyncio.create_task(components.bot.keep_running(settings))
    await components.slack.until(lambda _: components.slack.connections >= CONNECTIONS, 30)
    yield components
    keeping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await keeping
    await components.bot.stop()
    await components.valkey.end()
    assert components.valkey.pid is None or not alive(components.valkey.pid)


def alive(pid: int) -> bool:
    """Whether it runs; a zombie that nobody has waited for does not (proc(5))."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
