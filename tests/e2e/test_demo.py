"""`regen-bot demo` as a user starts it, and what is left of it afterwards: nothing."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from sandbox.demo.bot_process import SOURCES
from tests.conftest import Process
from tests.depth import in_ci, proved_by
from tests.e2e.processes import PYTHON
from tests.nursery import Nursery
from tests.plain_http import plain_http
from tests.sandbox.demo.conftest import alive, linux

SECRETS_AND_NOISE = ("xoxb-", "xapp-", "iacrea-", "Traceback", "\x1b")
THEIRS = {"SLACK_BOT_TOKEN": "xoxb-theirs", "REDIS_URL": "nonsense", "HTTP_PROXY": "http://[::"}
"""What the visitor's environment has of a bot of their own."""
PATIENCE = 90
"""Seconds for one line: a killed bot's lease, its pause and a generation come one after another."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Where the demo puts its temporary directory; short, for the socket in it."""
    with tempfile.TemporaryDirectory(prefix="t") as directory:
        yield Path(directory)


@contextlib.asynccontextmanager
async def demo(
    temporary: Path, *arguments: str, nursery: Nursery | None = None, **environment: str
) -> AsyncIterator[Process]:
    """The demo, from the nursery where there is one; the bot in it is a Python of its own."""
    environ = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    environ |= {"PYTHONPATH": str(SOURCES), "TMPDIR": str(temporary), **environment}
    command = ("demo", "--no-browser", *(arguments or ("--port", "0")))
    async with contextlib.AsyncExitStack() as stack:
        process: Process
        if nursery:
            process = await stack.enter_async_context(nursery.open(command, environ, SOURCES))
        else:
            process = await asyncio.create_subprocess_exec(
                *(*PYTHON, *command),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
                env=environ,
            )
        try:
            yield process
        finally:
            # In good order: killed, it would leave the bot behind.
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.communicate()


async def until_it_says(process: Process, words: str) -> str:
    """Reads what it prints up to the line with these words, and gives all that."""
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(PATIENCE):
        while words not in (line := (await process.stdout.readline()).decode()):
            assert line, f"it ended without saying {words!r}, but\n{said}"
            said += line
    return said + line


def descendants(pid: int) -> set[int]:
    """The processes below that one, their sessions notwithstanding (proc(5), stat: ppid)."""
    parents = {}
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            after_name = (each / "stat").read_text().rpartition(")")[2].split()
            parents[int(each.name)] = int(after_name[1])
    found = {pid}
    while more := {each for each, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def is_valkey(pid: int) -> bool:
    return b"valkey" in Path(f"/proc/{pid}/cmdline").read_bytes()


def left_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


@proved_by("the two below that are from the nursery, of which one dies and one is not read")
async def test_it_says_where_its_page_is_at_once_and_what_the_bot_does(
    temporary: Path, nursery: Nursery | None
) -> None:
    started = time.monotonic()
    async with demo(temporary, nursery=nursery, **THEIRS) as process:
        said = await until_it_says(process, "Ctrl-C ends it")
        address = ADDRESS.search(said)
        assert time.monotonic() - started < PATIENCE / 2
        assert address
        async with plain_http(base_url=address[0], trust_env=False) as http:
            page = await http.get("/")
        said += await until_it_says(process, "is ready")

    assert page.status_code == 200
    assert "camille is regenerating sequence 2 of 6" in said
    assert [each for each in SECRETS_AND_NOISE if each in said] == []


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, *in_ci(signal.SIGTERM)])
async def test_a_signal_ends_it_and_leaves_nothing(how: signal.Signals, temporary: Path) -> None:
    """It speaks to a terminal of few characters, too."""
    async with demo(temporary, PYTHONIOENCODING="ascii") as process:
        said = await until_it_says(process, "is regenerating")
        assert said.splitlines()[-1].isascii()
        started = descendants(process.pid)
        assert len(started) == 2  # the bot and its Valkey
        assert process.pid not in {os.getsid(pid) for pid in started}
        os.killpg(process.pid, how)  # as a terminal does
        async with asyncio.timeout(60):
            output, errors = (each.decode() for each in await process.communicate())

    assert (process.returncode, errors) == (0, "")
    assert output.endswith("\nStopped.\n")
    assert [pid for pid in started if alive(pid)] == []
    assert left_in(temporary) == []


@linux
async def test_a_bot_that_dies_by_itself_comes_back_and_finishes_what_it_began(
    temporary: Path, nursery: Nursery | None
) -> None:
    async with demo(temporary, nursery=nursery, **THEIRS) as process:
        said = await until_it_says(process, "is regenerating")
        # Killed at its POST, it could rightly say that nothing seems to have started.
        await asyncio.sleep(2)
        for pid in descendants(process.pid):
            if not is_valkey(pid):
                os.kill(pid, signal.SIGKILL)
        said += await until_it_says(process, "the bot is dead")
        said += await until_it_says(process, "the bot starts")
        said += await until_it_says(process, "is ready")

    assert said.count("is ready") == 1
    assert "camille is regenerating sequence 2 of 6" in said
    assert [each for each in SECRETS_AND_NOISE if each in said] == []


async def test_a_port_that_is_taken_is_said_in_a_sentence(
    temporary: Path, nursery: Nursery | None
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with demo(temporary, "--port", str(port), nursery=nursery) as process:
            output, errors = (each.decode() for each in await process.communicate())

    assert (process.returncode, output) == (1, "")
    assert errors == (
        f"regen-bot: port {port} is taken; is another demo running? "
        f"Try: regen-bot demo --port {port + 1}\n"
    )
    assert left_in(temporary) == []


async def test_it_goes_on_when_nobody_reads_its_output_any_more(
    temporary: Path, nursery: Nursery | None
) -> None:
    async with demo(temporary, nursery=nursery) as process:
        said = await until_it_says(process, "Ctrl-C ends it")
        process.stdout._transport.close()
        await asyncio.sleep(3)  # the bot starts and speaks meanwhile
        address = ADDRESS.search(said)
        assert address
        async with plain_http(base_url=address[0], trust_env=False) as http:
            page = await http.get("/")
        process.terminate()
        async with asyncio.timeout(60):
            assert process.stderr is not None
            errors = await process.stderr.read()
            await process.wait()

    assert (page.status_code, process.returncode, errors) == (200, 0, b"")


async def test_without_what_it_needs_it_says_what_to_install() -> None:
    code = (
        "import asyncio, sys\n"
        "sys.modules['emoji'] = None\n"
        "from sandbox.demo import DemoError, show\n"
        "try: asyncio.run(show(asyncio.Event(), manifest=None, out=None, port=0))\n"
        "except DemoError as error: print(error)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", code),
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert output == b"the demo needs more packages: pip install 'regen-bot[demo]'\n"
