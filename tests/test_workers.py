"""Tests run side by side are each run once and told as if they had run one after the other."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workers import BROWSERS, IN_A_BROWSER, LONG, Queue


@dataclass(frozen=True)
class Named:
    nodeid: str


QUICK = [Named(f"tests/domain/test_names.py::test_{number}") for number in range(40)]
SLOW = [Named(f"{LONG[number % 3]}test_it.py::test_{number}") for number in range(10)]
BROWSER = [Named(f"{IN_A_BROWSER}test_it.py::test_{number}") for number in range(5)]
ALL = [*QUICK, *SLOW, *BROWSER]


def taken(queue: Queue, worker: int) -> list[int]:
    return list(iter(lambda: queue.take(worker), None))


@pytest.mark.parametrize("tests", [[], QUICK, ALL], ids=len)
def test_each_is_taken_once(tests: list[Named]) -> None:
    queue = Queue(tests, range(len(tests)))
    places = [*taken(queue, BROWSERS), *taken(queue, 0)]
    assert sorted(places) == [*range(len(tests))]
    assert not queue


def test_what_takes_long_goes_first_and_few_workers_start_a_browser() -> None:
    queue = Queue(ALL, range(len(ALL)))
    assert ALL[queue.take(0) or 0] in BROWSER
    others = [ALL[place] for place in taken(queue, BROWSERS)]
    assert [each in SLOW for each in others] == [True] * len(SLOW) + [False] * len(QUICK)


def ran(directory: Path, tests: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest with three workers, in a Python of its own."""
    (directory / "test_it.py").write_text(tests)
    options = ["-q", "-rA", "-p", "no:randomly", "-c", os.devnull, f"--rootdir={directory}"]
    workers = ["-p", "tests.workers", "--workers", "3"]
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", *workers, *options, *arguments, directory],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_passed_failed_and_skipped_are_told_with_what_was_printed(tmp_path: Path) -> None:
    run = ran(
        tmp_path,
        """
import pytest
@pytest.mark.parametrize("number", range(20))
def test_passes(number): pass
def test_fails():
    print("printed before")
    assert 1 == 2
@pytest.mark.skip(reason="not here")
def test_is_skipped(): pass
@pytest.fixture(scope="session")
def kept(): yield; raise OSError("not put away")
def test_leaves_something(kept): pass
""",
    )
    assert run.returncode == 1
    assert "printed before" in run.stdout
    assert "assert 1 == 2" in run.stdout
    assert "not here" in run.stdout
    assert "not put away" in run.stdout
    assert "1 failed, 21 passed, 1 skipped, 1 error" in run.stdout


def test_what_kills_its_worker_has_failed_and_all_others_run(tmp_path: Path) -> None:
    run = ran(
        tmp_path,
        """
import os, pytest, signal
@pytest.mark.parametrize("number", range(20))
def test_dies_now_and_then(number):
    if number % 7 == 3: os.kill(os.getpid(), signal.SIGKILL)
""",
    )
    assert run.returncode == 1
    assert "the worker that ran it ended with -9" in run.stdout
    assert "3 failed, 17 passed" in run.stdout


def test_what_is_alone_has_nothing_beside_it(tmp_path: Path) -> None:
    run = ran(
        tmp_path,
        """
import os, pathlib, pytest, time
at_work = pathlib.Path(__file__).with_name("at-work")
at_work.mkdir(exist_ok=True)
@pytest.mark.parametrize("number", range(6))
def test_others(number):
    mine = at_work / str(number)
    mine.touch()
    time.sleep(0.05)
    mine.unlink()
@pytest.mark.alone
@pytest.mark.parametrize("number", range(6))
def test_alone(number):
    for _ in range(5):
        assert not [*at_work.iterdir()]
        time.sleep(0.01)
""",
        "-W",
        "ignore",
    )
    assert "12 passed" in run.stdout, run.stdout


def test_the_first_failure_ends_it_where_that_is_wanted(tmp_path: Path) -> None:
    run = ran(
        tmp_path,
        """
import pytest, time
@pytest.mark.parametrize("number", range(200))
def test_fails(number):
    time.sleep(0.05)
    assert False
""",
        "-x",
    )
    assert run.returncode == 1
    assert "stopping after" in run.stdout
    assert run.stdout.count("\nFAILED ") < 20


def test_each_worker_has_files_of_its_own(tmp_path: Path) -> None:
    run = ran(
        tmp_path,
        """
import pytest
@pytest.fixture(scope="session")
def shared(tmp_path_factory): return tmp_path_factory.mktemp("shared", numbered=False)
@pytest.mark.parametrize("number", range(20))
def test_it(number, shared, tmp_path): assert shared.is_dir() and not [*tmp_path.iterdir()]
""",
    )
    assert "20 passed" in run.stdout, run.stdout
