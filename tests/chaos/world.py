"""Where a run takes place: both simulators behind proxies, a Valkey, replicas as processes."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.simulator.iacrea import IACreaSimulator, Timings
from bot.simulator.slack import Message, SlackSimulator, User, read_manifest
from bot.store.embedded import _SETTINGS, _binary
from tests.chaos.proxy import Proxy
from tests.chaos.schedule import SEQUENCES, VIDEOS, Plan
from tests.conftest import ROOT

INTERVAL = 0.2
"""Seconds between two polls of a video."""
STARTING = 5.0
"""Seconds that a process may take to begin, with others beside it."""
GRACE = 10
"""GENERATION_TIMEOUT, and how long the bot looks for what became of a lost answer, in seconds."""
OTHER_TEAM = "T0000OTHER"
TIMINGS = Timings(queue=0.2, animate=1.0, stagger=0.1, render=0.8)


@dataclass
class Valkey:
    """A server with its append-only file, started, killed and started again on the same data."""

    directory: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.directory}/valkey.sock"

    async def start(self) -> None:
        arguments = [part for name, value in _SETTINGS.items() for part in (f"--{name}", value)]
        with (self.directory / "valkey.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                _binary(), *arguments, cwd=self.directory, stdout=log, stderr=log
            )

    async def end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(how)
            await process.wait()


@dataclass
class Replica:
    """One bot: a process after another."""

    number: int
    environ: dict[str, str]
    directory: Path
    process: asyncio.subprocess.Process | None = None
    stops: list[tuple[int | None, float]] = field(default_factory=list)
    since: float = 0.0

    @property
    def log(self) -> Path:
        return self.directory / f"bot-{self.number}.log"

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                env=self.environ,
                cwd=self.directory,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
            )
        self.since = time.monotonic()

    async def end(self, how: signal.Signals) -> None:
        """Ends the process; of one that was asked to stop, exit code and seconds are kept.

        Not of one that has only just begun: Python itself ends at a signal until it is told more.
        """
        process, self.process = self.process, None
        if process is None or process.returncode is not None:
            return
        began = time.monotonic()
        process.send_signal(how)
        await process.wait()
        if how is signal.SIGTERM and began - self.since > STARTING:
            self.stops.append((process.returncode, time.monotonic() - began))


@dataclass
class World:
    """All of it, running.

    Attributes:
        outsider: somebody of another organisation.
        deleted: announcements that somebody took down.
    """

    plan: Plan
    slack: SlackSimulator
    iacrea: IACreaSimulator
    to_slack: Proxy
    to_iacrea: Proxy
    valkey: Valkey
    replicas: list[Replica]
    people: list[User]
    outsider: User
    videos: list[str]
    deleted: list[Message] = field(default_factory=list)


@contextlib.asynccontextmanager
async def world(plan: Plan, directory: Path) -> AsyncIterator[World]:
    """Starts everything and waits until every replica is connected; ends it all."""
    manifest = read_manifest(ROOT / "manifest.yml")
    slack = SlackSimulator(manifest, declined=plan.declined)
    iacrea = IACreaSimulator(timings=TIMINGS, credits=1000)
    valkey = Valkey(directory)
    async with contextlib.AsyncExitStack() as held:
        await held.enter_async_context(slack)
        await held.enter_async_context(iacrea)
        to_slack = await held.enter_async_context(Proxy(_port(slack.api_url)))
        to_iacrea = await held.enter_async_context(Proxy(_port(iacrea.base_url)))
        # What Slack hands out leads through the proxy as well: sockets and response URLs.
        slack._at.base_url = f"http://127.0.0.1:{to_slack.port}"
        await valkey.start()
        held.push_async_callback(valkey.end, signal.SIGKILL)
        environ = _environ(slack, iacrea, to_slack, to_iacrea, valkey)
        replicas = [Replica(number, environ, directory) for number in range(plan.replicas)]
        for replica in replicas:
            await replica.start()
            held.push_async_callback(replica.end, signal.SIGKILL)
        people = [slack.workspace.add_user(name) for name in ("anna", "ben", "camille")]
        videos = [f"video-{number:04}" for number in range(VIDEOS)]
        for video in videos:
            iacrea.studio.add_video(SEQUENCES, id=video)
        await slack.until(lambda _: slack.connections >= 2 * plan.replicas, 60)
        outsider = slack.workspace.add_user("olga", team=OTHER_TEAM)
        yield World(
            plan, slack, iacrea, to_slack, to_iacrea, valkey, replicas, people, outsider, videos
        )


def _environ(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    to_slack: Proxy,
    to_iacrea: Proxy,
    valkey: Valkey,
) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": f"http://127.0.0.1:{to_slack.port}/api/",
        "IACREA_API_KEY": iacrea.api_key,
        "IACREA_BASE_URL": f"http://127.0.0.1:{to_iacrea.port}",
        "REDIS_URL": valkey.url,
        "PORT": "0",
        "POLL_INTERVAL": str(INTERVAL),
        "GENERATION_TIMEOUT": str(GRACE),
    }


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/", maxsplit=1)[0])
