"""`.env` where it is odd: not there, not ours, a pipe, a directory."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.config import ConfigError, read_environment
from tests.conftest import ROOT

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
SOMEBODY = 65534


def problem(cwd: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        read_environment(cwd)
    return str(raised.value)


def manifest(cwd: Path, before: str) -> subprocess.CompletedProcess[str]:
    """A command that reads the settings, and needs none of them."""
    return subprocess.run(  # noqa: S603
        ["sh", "-c", f'{before}exec "$@"', "sh", sys.executable, "-m", "bot", "manifest"],  # noqa: S607
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SLACK_COMMAND": "/here"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_working_directory_that_is_gone_has_no_dotenv(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    done = manifest(gone, before=f"rmdir {gone}; ")

    assert (done.returncode, done.stderr) == (0, "")
    assert "/here" in done.stdout


def test_a_relative_directory_where_the_working_directory_is_gone_is_a_problem(
    tmp_path: Path,
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = manifest(gone, before=f"rmdir {gone}; export BOT_DATA_DIR=data; ")
    assert (done.returncode, done.stderr) == (0, "")

    code = (
        "import os, sys; os.rmdir(os.getcwd())\n"
        "from bot.config import Config; print(*Config.examine({'BOT_DATA_DIR': 'data'})[1])"
    )
    gone.mkdir()
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=gone,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "BOT_DATA_DIR: 'data' begins at a working directory that is gone" in said


@as_root
def test_a_working_directory_that_cannot_be_looked_into_has_no_dotenv(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / ".env").write_text("SLACK_COMMAND=nonsense\n")
    closed.chmod(0o600)
    tmp_path.chmod(0o755)
    code = (
        "import os, sys; from bot.config import read_environment; from pathlib import Path\n"
        f"os.chdir({str(closed)!r}); os.setuid({SOMEBODY})\n"
        "print(read_environment(Path()).get('SLACK_COMMAND'))"
    )

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("None\n", "")


@as_root
def test_a_dotenv_of_somebody_else_is_named_with_owner_and_mode(tmp_path: Path) -> None:
    for each in (tmp_path, *tmp_path.parents[:2]):
        each.chmod(0o755)
    (tmp_path / ".env").write_text("SLACK_COMMAND=/other\n")
    (tmp_path / ".env").chmod(0o600)

    code = (
        "import os, pwd; from pathlib import Path; from bot.config import dotenv\n"
        f"os.setuid({SOMEBODY})\n"
        "try: dotenv.read(Path('.env'))\n"
        "except dotenv.UnreadableError as error: print(error)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == (
        "cannot be read: it belongs to root, has mode 0600, and this is nobody; "
        "chown it, or run as its owner\n"
    )


def test_a_pipe_into_which_nobody_writes_is_said_after_two_seconds(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".env")
    began = time.monotonic()
    said = problem(tmp_path)

    assert said.startswith(".env: is a pipe into which nobody wrote for 2 s; start what fills it")
    assert 1.5 < time.monotonic() - began < 6


def test_a_pipe_whose_writer_stands_still_is_said_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".env")
    writer = os.open(tmp_path / ".env", os.O_RDWR)
    os.write(writer, b"HOST=h\n")
    try:
        assert "is a pipe" in problem(tmp_path)
    finally:
        os.close(writer)


def test_a_pipe_that_is_written_to_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("REDIS_PREFIX", raising=False)
    os.mkfifo(tmp_path / ".env")

    def write() -> None:
        with (tmp_path / ".env").open("w") as pipe:
            pipe.write(f"# {'x' * 100_000}\nHOST=h\n")
            pipe.flush()
            time.sleep(0.5)
            pipe.write("REDIS_PREFIX=p\n")

    writer = threading.Thread(target=write)
    writer.start()
    read = read_environment(tmp_path)
    writer.join()

    assert (read["HOST"], read["REDIS_PREFIX"]) == ("h", "p")


def test_a_directory_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    said = problem(tmp_path)
    assert said == ".env: cannot be read (Is a directory); make it a text file in UTF-8"


@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_variable_counts_as_unset_where_dotenv_has_a_value(
    blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BOT_DATA_DIR=/kept\n")
    monkeypatch.setenv("BOT_DATA_DIR", blank)
    assert read_environment(tmp_path)["BOT_DATA_DIR"] == "/kept"
