"""The demo's machinery with the real bot, as `theatre` sets it up, without a page."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.demo.backstage.machinery import Machinery
from sandbox.demo.bot_process import CONNECTIONS, SOURCES, BotProcess
from sandbox.demo.scene import CREDITS, Scene, furnished
from sandbox.demo.valkey import Valkey
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator, read_manifest

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")


@pytest.fixture
async def machinery() -> AsyncIterator[Machinery]:
    """All parts; the bot is not started."""
    slack = SlackSimulator(read_manifest(SOURCES / "manifest.yml"))
    with tempfile.TemporaryDirectory(prefix="t") as directory:
        async with slack, IACreaSimulator(credits=CREDITS) as iacrea:
            bot = BotProcess(
                Path(directory),
                connected=lambda: slack.connections > 0,
                on_change=lambda _: slack.bell.ring(),
            )
            yield Machinery(slack, iacrea, bot, Valkey(Path(directory)), CREDITS)


@pytest.fixture
def scene(machinery: Machinery) -> Scene:
    return furnished(machinery.slack, machinery.iacrea)


@pytest.fixture
async def playing(machinery: Machinery, scene: Scene) -> AsyncIterator[Machinery]:
    """The same with the bot at work, and started again whenever it dies."""
    keeping = asyncio.create_task(machinery.bot.keep_running(machinery.settings))
    await machinery.slack.until(lambda _: machinery.slack.connections >= CONNECTIONS, 30)
    yield machinery
    keeping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await keeping
    await machinery.bot.stop()
    await machinery.valkey.end()
    assert machinery.valkey.pid is None or not alive(machinery.valkey.pid)


def alive(pid: int) -> bool:
    """Whether it runs; a zombie that nobody has waited for does not (proc(5))."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
