"""Whoever reads the output may stop, stand still, or know few characters."""

import asyncio
import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import free_port, ready
from tests.depth import in_ci
from tests.e2e.processes import PYTHON, end_of, started
from tests.nursery import Nursery
from tests.plain_http import plain_http

ANSWERS = (
    (("doctor",), 0),
    (("show", "no \N{SNOWMAN}"), 1),
    (("nonsense",), 2),
    *in_ci(
        (("list",), 0),
        (("--help",), 0),
        (("export", "--help"), 0),
        (("manifest",), 0),
        (("export",), 0),
        (("doctor", "--json"), 0),
        (("cancel", "none"), 1),
    ),
)
each = pytest.mark.parametrize(
    ("command", "expected"), ANSWERS, ids=[" ".join(command) for command, _ in ANSWERS]
)


def shell(script: str) -> tuple[str, ...]:
    """A shell's command, in which "$@" is the bot."""
    return ("bash", "-c", script, "bash", *PYTHON)


@each
async def test_a_pipe_that_nobody_reads_is_no_error(
    command: tuple[str, ...],
    expected: int,
    environ: dict[str, str],
    tmp_path: Path,
    nursery: Nursery | None,
) -> None:
    if command[0] == "doctor":  # a line at once, which Python has to know from its start
        environ, nursery = environ | {"PYTHONUNBUFFERED": "1"}, None
    read, write = os.pipe()
    os.close(read)
    async with started(environ, tmp_path, *PYTHON, *command, out=write, nursery=nursery) as process:
        os.close(write)
        ended = await end_of(process)

    assert ended.code == expected
    assert not {"Traceback", "BrokenPipeError", "Exception"} & set(re.findall(r"\w+", ended.err))


@pytest.mark.parametrize("command", [("manifest",), *in_ci(("--help",))], ids=" ".join)
async def test_the_first_line_is_enough_for_head(
    command: tuple[str, ...], environ: dict[str, str], tmp_path: Path
) -> None:
    first = shell('set -o pipefail; "$@" | head -1')
    async with started(environ, tmp_path, *first, *command) as process:
        ended = await end_of(process)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("\n") == 1


@each
async def test_without_standard_streams_it_ends_as_it_does_with_them(
    command: tuple[str, ...],
    expected: int,
    environ: dict[str, str],
    tmp_path: Path,
    nursery: Nursery | None,
) -> None:
    if nursery and command[0] == "doctor":
        assert await nursery.start(command, environ, tmp_path, None, None).wait() == expected
        return
    async with started(environ, tmp_path, *shell('"$@" <&- 1>&- 2>&-'), *command) as process:
        ended = await end_of(process)
    assert ended.code == expected
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", [("list",), *in_ci(("manifest",), ("--help",))], ids=" ".join)
async def test_a_full_disk_is_said_and_ends_it_with_1(
    command: tuple[str, ...], environ: dict[str, str], tmp_path: Path, nursery: Nursery | None
) -> None:
    with open("/dev/full", "wb") as full:  # noqa: ASYNC230, PTH123 - a device
        async with started(
            environ, tmp_path, *PYTHON, *command, out=full.fileno(), nursery=nursery
        ) as process:
            ended = await end_of(process)

    assert ended.code == 1
    assert ended.err == "regen-bot: stdout cannot be written: No space left on device\n"


@each
async def test_on_a_terminal_of_few_characters_it_says_the_same(
    command: tuple[str, ...],
    expected: int,
    environ: dict[str, str],
    tmp_path: Path,
) -> None:
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    async with started(environ | old, tmp_path, *PYTHON, *command) as process:
        ended = await end_of(process)

    assert ended.code == expected
    assert (ended.out + ended.err).isascii()
    assert not {"Traceback", "UnicodeEncodeError"} & set(re.findall(r"\w+", ended.err))
    assert "  ok bot token: " in ended.out or command != ("doctor",)


@pytest.fixture
def full_pipe() -> Iterator[int]:
    """The end to write to, of a pipe that is full and that nobody reads."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(write, b"x" * 4096)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(write, b"x")
    os.set_blocking(write, True)
    yield write
    for end in (read, write):
        os.close(end)


async def test_a_log_that_nobody_takes_keeps_nobody_waiting(
    full_pipe: int,
    environ: dict[str, str],
    tmp_path: Path,
    slack: SlackSimulator,
    anna: User,
    listings: Channel,
    nursery: Nursery | None,
) -> None:
    port = free_port()
    talking = environ | {"PORT": str(port), "LOG_LEVEL": "DEBUG"}
    async with started(
        talking, tmp_path, *PYTHON, "run", out=full_pipe, err=full_pipe, nursery=nursery
    ) as process:
        await ready(port)
        began = time.monotonic()
        for _ in range(10):
            await slack.command(anna, listings, "/regen help")
        assert time.monotonic() - began < 10
        async with plain_http() as http:
            metrics = (await http.get(f"http://127.0.0.1:{port}/metrics")).text
        assert "regen_log_lines_dropped " in metrics
        process.terminate()
        async with asyncio.timeout(60):
            assert await process.wait() == 0


async def test_a_command_whose_complaint_nobody_takes_ends_all_the_same(
    full_pipe: int, environ: dict[str, str], tmp_path: Path, nursery: Nursery | None
) -> None:
    for command, expected in ((("show", "none"), 1), (("run",), 2)):
        settings = environ | ({"IACREA_API_KEY": ""} if expected == 2 else {})
        async with started(
            settings, tmp_path, *PYTHON, *command, err=full_pipe, nursery=nursery
        ) as process:
            assert (await end_of(process)).code == expected
