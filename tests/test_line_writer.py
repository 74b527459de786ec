"""Lines go out through a real descriptor, and nobody waits for whoever should read them."""

import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.process.line_writer import LineWriter


class Pipe(NamedTuple):
    """Both ends of one."""

    read: int
    write: int

    def lines(self) -> list[str]:
        """What is in it."""
        os.set_blocking(self.read, False)
        pieces = []
        try:
            while piece := os.read(self.read, 65536):
                pieces.append(piece)
                time.sleep(0.01)
        except BlockingIOError:
            pass
        return b"".join(pieces).decode().splitlines()


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    ends = Pipe(*os.pipe())
    yield ends
    for end in ends:
        os.close(end)


def said(pipe: Pipe, writer: LineWriter) -> list[str]:
    """Everything that comes out, once somebody reads."""
    lines = pipe.lines()
    for _ in range(50):
        writer.finish(0.1)
        lines += pipe.lines()
    return lines


def test_lines_come_out_in_order(pipe: Pipe) -> None:
    writer = LineWriter(pipe.write, "utf-8")
    for number in range(100):
        writer.say(f"line {number}")
    writer.finish(5)

    assert pipe.lines() == [f"line {number}" for number in range(100)]


@pytest.mark.alone
def test_nobody_waits_for_a_reader_that_stands_still_and_what_was_dropped_is_counted(
    pipe: Pipe,
) -> None:
    writer = LineWriter(pipe.write, "utf-8", most=10_000)
    writer.lost = "lost {}".format
    began = time.monotonic()
    for number in range(20_000):  # 300 kB; the pipe takes 64
        writer.say(f"line {number:8d}")

    assert time.monotonic() - began < 2
    assert writer.dropped > 10_000

    lines = said(pipe, writer)
    writer.say("and then")
    lines += said(pipe, writer)
    lost = [int(line.split()[1]) for line in lines if line.startswith("lost")]
    kept = [line for line in lines if line.startswith("line")]
    assert lines[-1] == "and then"
    assert sum(lost) == writer.dropped
    assert len(kept) + sum(lost) == 20_000
    assert kept == sorted(kept)


@pytest.mark.alone
def test_the_end_waits_no_longer_than_it_was_told(pipe: Pipe) -> None:
    writer = LineWriter(pipe.write, "utf-8")
    writer.say("x" * 100_000)
    began = time.monotonic()
    writer.finish(0.3)
    assert 0.2 < time.monotonic() - began < 2
    os.read(pipe.read, 65536)


def test_a_reader_that_has_gone_is_no_error() -> None:
    read, write = os.pipe()
    writer = LineWriter(write, "utf-8")
    os.close(read)
    for _ in range(3):
        writer.say("nobody reads this")
    writer.finish(5)

    assert writer.dropped == 3
    os.close(write)


def test_a_full_disk_that_has_room_again_gets_what_comes_then(tmp_path: Path) -> None:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    writer = LineWriter(descriptor, "utf-8")
    writer.lost = "lost {}".format
    writer.say("first")
    writer.finish(5)
    with (tmp_path / "log").open("wb") as room:
        os.dup2(room.fileno(), descriptor)
    writer.say("second")
    writer.finish(5)

    assert (tmp_path / "log").read_text() == "lost 1\nsecond\n"
    os.close(descriptor)


def test_a_descriptor_that_somebody_made_non_blocking_is_waited_for(pipe: Pipe) -> None:
    flags = fcntl.fcntl(pipe.write, fcntl.F_GETFL)
    fcntl.fcntl(pipe.write, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    writer = LineWriter(pipe.write, "utf-8")
    for number in range(10_000):
        writer.say(f"line {number:8d}")

    assert len(said(pipe, writer)) == 10_000
    assert writer.dropped == 0


def test_what_an_old_terminal_has_no_character_for_is_said_in_other_words(pipe: Pipe) -> None:
    writer = LineWriter(pipe.write, "ascii")
    writer.say("✓ «left» … \udcff é")
    writer.finish(5)

    assert pipe.lines() == ['ok "left" ... \\udcff \\xe9']
