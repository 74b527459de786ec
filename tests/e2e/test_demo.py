"""`regen-bot demo` as a user starts it, and what is left of it afterwards: nothing."""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.demo.bot_process import SOURCES, BotProcess
from bot.demo.errors import DemoError
from bot.demo.theatre import settings
from bot.simulator.iacrea import IACreaSimulator
from bot.simulator.slack import SlackSimulator, read_manifest

SCENES = [
    "regen-bot demo",
    "#listings",
    "Anna   /regen lilac-street-12 2 push out",
    "@anna is regenerating sequence 2 of 5 with move right → push out",
    "Animating 4 of 5",
    "@anna, sequence 2 of 5 is ready",
    "3 credits used · 47 left",
    "[ Regenerate again · 3 credits ]  ( Another effect ▾ )  [ Another image… ]",
    "[ Watch ↗ ]  [ Storyboard ]",
    "✎ ✅ Done: see the thread",
    "only Ben sees this",
    "Did you mean push in?",
    "sequence 4 of 5 failed at IACrea",
    "Ben    presses [ Retry ]",
    "@ben, sequence 4 of 5 is ready",
    "(delivered twice)",
    "kill -9",
    "A new process",
    "@anna, sequence 1 of 5 is ready",
    "asked for    5        in 6 deliveries",
    "spent on     4 ",
    "50 → 38",
    "told         4 ",
]
SECRETS_AND_NOISE = ("xoxb-", "xapp-", "iacrea-", "Traceback", "\x1b")


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Where the demo puts its temporary directory; short, for the socket in it."""
    with tempfile.TemporaryDirectory(prefix="t") as directory:
        yield Path(directory)


@contextlib.asynccontextmanager
async def demo(temporary: Path, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": str(SOURCES),
            "TMPDIR": str(temporary),
            "COLUMNS": "100",
            **environment,
        },
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def until_it_says(process: asyncio.subprocess.Process, words: str) -> None:
    assert process.stdout is not None
    async with asyncio.timeout(30):
        while words not in (line := (await process.stdout.readline()).decode()):
            assert line, f"it ended without saying {words!r}"


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


def alive(pid: int) -> bool:
    """Whether it runs; a zombie that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_valkey(pid: int) -> bool:
    return b"valkey" in Path(f"/proc/{pid}/cmdline").read_bytes()


def left_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")


@pytest.mark.timeout(120)
async def test_the_demo_plays_to_its_end_whatever_the_user_has_configured(temporary: Path):
    started = time.monotonic()
    theirs = {"SLACK_BOT_TOKEN": "xoxb-theirs", "REDIS_URL": "nonsense", "HTTP_PROXY": "http://[::"}
    async with demo(temporary, **theirs) as process:
        output, errors = (each.decode() for each in await process.communicate())

    assert (process.returncode, errors) == (0, "")
    assert time.monotonic() - started < 90
    rest = output
    for scene in SCENES:
        _, found, rest = rest.partition(scene)
        assert found, f"{scene!r} is not, or not there, in\n{output}"
    assert [each for each in SECRETS_AND_NOISE if each in output] == []
    assert output.count("\n") <= 95
    assert left_in(temporary) == []


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_in_the_middle_ends_it_and_leaves_nothing(
    how: signal.Signals, temporary: Path
):
    async with demo(temporary) as process:
        await until_it_says(process, "is regenerating")
        started = descendants(process.pid)
        assert len(started) == 2  # the bot and its Valkey
        assert process.pid not in {os.getsid(pid) for pid in started}
        os.killpg(process.pid, how)  # as a terminal does
        async with asyncio.timeout(10):
            output, errors = (each.decode() for each in await process.communicate())

    assert (process.returncode, errors) == (0, "")
    assert output.endswith("\nStopped.\n")
    assert [pid for pid in started if alive(pid)] == []
    assert left_in(temporary) == []


@linux
async def test_a_bot_that_dies_by_itself_ends_the_demo_with_a_plain_sentence(temporary: Path):
    async with demo(temporary) as process:
        await until_it_says(process, "is regenerating")
        started = descendants(process.pid)
        for pid in started:
            if not is_valkey(pid):
                os.kill(pid, signal.SIGKILL)
        async with asyncio.timeout(10):
            _, errors = await process.communicate()

    assert process.returncode == 1
    assert errors.decode().startswith("regen-bot: the bot ended by itself; its log ends with\n")
    assert [pid for pid in started if alive(pid)] == []
    assert left_in(temporary) == []


async def test_output_that_nobody_reads_any_more_ends_it_without_a_traceback(temporary: Path):
    async with demo(temporary) as process:
        await until_it_says(process, "#listings")
        process.stdout._transport.close()
        assert process.stderr is not None
        async with asyncio.timeout(10):
            errors = await process.stderr.read()
            await process.wait()

    assert (process.returncode, errors) == (1, b"regen-bot: nobody reads the output any more\n")
    assert left_in(temporary) == []


async def test_without_pyyaml_it_says_what_to_install():
    code = (
        "import asyncio, sys\n"
        "sys.modules['yaml'] = None\n"
        "from bot.demo import DemoError, play\n"
        "try: asyncio.run(play(asyncio.Event()))\n"
        "except DemoError as error: print(error)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", code),
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert output == b"the demo needs PyYAML: pip install 'regen-bot[demo]'\n"


@linux
async def test_the_valkey_of_a_killed_bot_is_ended_as_well(temporary: Path):
    manifest = read_manifest(SOURCES / "manifest.yml")
    async with SlackSimulator(manifest) as slack, IACreaSimulator() as iacrea:
        bot = BotProcess(temporary, settings(slack, iacrea))
        await bot.start()
        await slack.until(lambda _: slack.connections == 2, 20)
        valkey = int((temporary / "valkey.pid").read_text())
        await bot.kill()
        assert alive(valkey)
        await bot.stop()
        assert not alive(valkey)


async def test_a_bot_that_cannot_start_is_quoted(temporary: Path):
    bot = BotProcess(temporary, {"SLACK_BOT_TOKEN": "xoxb-1-2"})
    await bot.start()
    with pytest.raises(DemoError, match="IACREA_API_KEY: is missing"):
        async with asyncio.timeout(20):
            await bot.died()
    await bot.stop()
