"""A signal ends every command quietly, whenever it comes."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sandbox.slack import SlackSimulator
from tests.conftest import connected
from tests.depth import in_ci
from tests.e2e.processes import (
    ENDING,
    PYTHON,
    child_of,
    end_of,
    listens,
    mask,
    signalled,
    silence,
    started,
    until,
    works,
)
from tests.e2e.test_demo import left_in
from tests.nursery import Nursery
from tests.sandbox.demo.conftest import linux

pytestmark = linux
MOMENTS = (0.0, 0.1, *in_ci(0.02, 0.05, 0.2, 0.4, 0.8))
"""Seconds after it has begun to listen to signals: imports, settings, connecting."""
ANSWERING = (
    ("manifest",),
    ("doctor",),
    ("list",),
    *in_ci(("--help",), ("show", "nonsense"), ("cancel", "nonsense"), ("export",)),
)
ALONE = ("unshare", "--pid", "--fork", "--kill-child")
as_pid_1 = pytest.mark.skipif(not works(*ALONE, "true"), reason="no PID namespaces here")


async def ended_after(
    environ: Mapping[str, str],
    cwd: Path,
    command: tuple[str, ...],
    moment: float,
    *numbers: int,
    nursery: Nursery | None = None,
) -> tuple[int, str]:
    """The exit code and the log, of one that got these signals at that moment."""
    async with started(environ, cwd, *PYTHON, *command, nursery=nursery) as process:
        await listens(process.pid)
        await asyncio.sleep(moment)
        for number in numbers:
            signalled(process, number)
        ended = await end_of(process)
    return ended.code, ended.err


@pytest.mark.parametrize("number", ENDING)
async def test_a_bot_that_has_only_begun_ends_with_0_and_without_a_word_of_complaint(
    number: signal.Signals, environ: dict[str, str], tmp_path: Path
) -> None:
    for moment in MOMENTS:
        code, said = await ended_after(environ, tmp_path, ("run",), moment, number)
        assert (moment, code) == (moment, 0)
        assert "Traceback" not in said
        assert "Exception" not in said


async def test_further_signals_while_it_stops_change_nothing(
    environ: dict[str, str], tmp_path: Path, nursery: Nursery | None
) -> None:
    for moment, forked in ((0.1, None), (1.5, nursery)):  # as it loads, and as it runs
        code, said = await ended_after(environ, tmp_path, (), moment, *ENDING * 5, nursery=forked)
        assert code == 0
        assert "Traceback" not in said


@pytest.mark.parametrize("command", ANSWERING, ids=lambda command: command[0])
async def test_ctrl_c_ends_a_command_that_answers_as_a_shell_expects_it(
    command: tuple[str, ...], environ: dict[str, str], tmp_path: Path
) -> None:
    interrupted = 0
    for moment in MOMENTS:
        code, said = await ended_after(environ, tmp_path, command, moment, signal.SIGINT)
        interrupted += code == -signal.SIGINT
        assert code in {-signal.SIGINT, 0, 1}, said
        assert "Traceback" not in said
        assert "KeyboardInterrupt" not in said
    assert interrupted


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_command_that_waits_for_somebody_is_interrupted(
    number: signal.Signals, environ: dict[str, str], tmp_path: Path, nursery: Nursery | None
) -> None:
    with silence() as address:
        nobody = environ | {"SLACK_API_URL": f"http://{address}/api/"}
        code, said = await ended_after(nobody, tmp_path, ("doctor",), 2.5, number, nursery=nursery)
    assert (code, said) == (-number, "")


async def test_an_interrupted_command_leaves_no_valkey_of_its_own(
    environ: dict[str, str], tmp_path: Path, nursery: Nursery | None
) -> None:
    alone = environ | {"REDIS_URL": ""}
    pidfile = tmp_path / "data" / "valkey.pid"
    async with started(alone, tmp_path, *PYTHON, "list", nursery=nursery) as process:
        await until(lambda: pidfile.exists() or process.returncode is not None)
        signalled(process, signal.SIGINT)
        ended = await end_of(process)

    assert ended.code in {-signal.SIGINT, 0}
    assert ended.err == ""
    assert not pidfile.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_demo_that_has_only_begun_leaves_nothing(
    number: signal.Signals, tmp_path: Path
) -> None:
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    for moment in MOMENTS:
        code, said = await ended_after(
            environ, tmp_path, ("demo", "--no-browser", "--port", "0"), moment, number
        )
        assert (code, said) == (0, "")
        assert left_in(tmp_path) == []


async def test_what_nohup_and_a_shell_that_puts_it_into_the_background_ignore_stays_ignored(
    environ: dict[str, str], tmp_path: Path, slack: SlackSimulator
) -> None:
    in_background = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
    async with started(environ, tmp_path, "nohup", *in_background, *PYTHON, "run") as process:
        await connected(slack)
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGINT)
        await asyncio.sleep(1)
        assert process.returncode is None
        assert {signal.SIGHUP, signal.SIGINT} <= mask(process.pid, "SigIgn")
        process.terminate()
        assert (await end_of(process)).code == 0


@as_pid_1
async def test_as_pid_1_it_hears_each_of_them_too(environ: dict[str, str], tmp_path: Path) -> None:
    for moment in MOMENTS:
        for number in (signal.SIGTERM, signal.SIGINT):
            async with started(environ, tmp_path, *ALONE, *PYTHON, "run") as process:
                await until(lambda of=process: child_of(of.pid))
                bot = child_of(process.pid)
                await listens(bot)
                await asyncio.sleep(moment)
                os.kill(bot, number)
                ended = await end_of(process)
            assert (moment, number, ended.code) == (moment, number, 0)
            assert "Traceback" not in ended.err


@as_pid_1
async def test_as_pid_1_behind_blocked_signals_it_hears_what_came_before_it_listened(
    environ: dict[str, str], tmp_path: Path
) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    # It becomes Python once it is told to: a busy test might miss the moment before it listens.
    held = ("env", "--block-signal=HUP,INT,TERM", "sh", "-c", f'read _ <"{go}"; exec "$@"', "sh")
    async with started(environ, tmp_path, *ALONE, *held, *PYTHON, "run") as process:
        await until(lambda: child_of(process.pid))
        bot = child_of(process.pid)
        # unshare blocks SIGTERM around its fork as well, and what came then is lost to PID 1.
        await until(lambda: signal.SIGHUP in mask(bot, "SigBlk"))
        os.kill(bot, signal.SIGTERM)
        assert signal.SIGTERM not in mask(bot, "SigCgt"), "it listens already"
        await asyncio.to_thread(go.write_text, "\n")
        ended = await end_of(process)
    assert (ended.code, ended.out, ended.err) == (0, "", "")


async def test_it_listens_before_it_loads_what_takes_its_time() -> None:
    code = "import sys, bot.__main__; print(*sys.modules)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    loaded, _ = await process.communicate()
    assert {"asyncio", "argparse", "logging", "bot.cli.commands"} & set(
        loaded.decode().split()
    ) == set()
