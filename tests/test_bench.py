"""The benchmark judges by what was measured, and docs/speed.md carries what it wrote."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import capacity
from bench.__main__ import MARKS, PARTS, main, write
from bench.capacity import Capacity
from bench.profiled import REST, part_of
from bench.table import Row, compared, markdown, part

SPEED = Path(__file__).parents[1] / "docs" / "speed.md"


def row(value: float, goal: str) -> Row:
    return Row("a figure", "80 %", "shown", "", value, goal)


@pytest.mark.parametrize(
    ("value", "goal", "good", "fallen"),
    [
        (1.3, "<= 1.3", True, False),
        (1.31, "<= 1.3", False, False),
        (1.74, "<= 1.3", False, True),
        (8.0, ">= 8", True, False),
        (7.9, ">= 8", False, False),
        (5.3, ">= 8", False, True),
        (0.99, "0.99 to 1.01", True, False),
        (1.02, "0.99 to 1.01", False, False),
        (0.6, "0.99 to 1.01", False, True),
        (1, "<= 0", False, True),
        (0, "<= 0", True, False),
        (1e9, "", True, False),
    ],
)
def test_a_goal_is_reached_or_missed_or_missed_by_a_third(value, goal, good, fallen):
    assert (row(value, goal).good, row(value, goal).fallen) == (good, fallen)


def test_rounds_are_compared_by_their_medians():
    found = compared(
        "polls",
        [10, 30, 20],
        [40, 10, 50],
        load="80 %",
        shown="{:.1f}/s",
        what="loop",
        goal=">= 0.4",
    )

    assert found == Row("polls", "80 %", "20.0/s", "loop: 40.0/s", 0.5, ">= 0.4")


def test_a_percentile_is_one_of_the_values():
    assert part(range(100), 0.5) == 50
    assert part(range(100), 0.99) == 99
    assert part([7], 0.99) == 7


def test_the_table_has_a_verdict_where_there_is_a_goal():
    table = markdown([row(1.234, "<= 1.3"), row(2, "<= 1.3"), row(2392.1, "")])

    assert [line.split(" | ")[4:] for line in table.splitlines()[2:]] == [
        ["1.23", "≤ 1.3", "✓ |"],
        ["2", "≤ 1.3", "✗ |"],
        ["2,392", "", " |"],
    ]


def test_a_file_carries_the_newest_table_in_the_place_of_the_old_one(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"above\n{MARKS[0]}| old |\n{MARKS[1]}\nbelow\n", "utf-8")

    write(page, "| new |")
    write(page, "| newer |")

    assert page.read_text("utf-8") == f"above\n{MARKS[0]}| newer |\n{MARKS[1]}\nbelow\n"


def test_the_page_about_speed_carries_a_table():
    table = SPEED.read_text("utf-8").partition(MARKS[0])[2].partition(MARKS[1])[0]

    assert table.count("\n| ") > 30
    assert table.count("✓") + table.count("✗") > 20  # what misses its goal is said as well


def test_a_load_is_a_share_of_what_the_machine_can_do():
    slow, fast = Capacity(starts=14, polls=800), Capacity(starts=60, polls=1600)

    assert [each.commands(0.5).amount for each in (slow, fast)] == [7, 30]
    assert [each.pending(0.2).count for each in (slow, fast)] == [480, 960]
    assert fast.commands(3).words == "300 % of starts: 180/s"
    assert fast.pending(0.6).words == "60 % of polls: 2,880 pending"


def test_what_is_always_due_is_more_than_each_of_the_bots_can_poll():
    able = Capacity(starts=60, polls=1500)

    assert all(3000 / able.always_due(3000, bots) > 1500 * bots for bots in (1, 2, 4))


def test_a_part_that_fails_leaves_the_rows_of_the_others(monkeypatch, capsys, tmp_path):
    async def able(requests):
        return Capacity(starts=60, polls=1500)

    async def good(of):
        yield [row(1, "<= 1.3")]

    async def bad(of):
        yield [row(2, "<= 1.3")]
        raise ExceptionGroup("a group", [TimeoutError("too slow")])

    monkeypatch.setattr(capacity, "measure", able)
    monkeypatch.setattr("bench.machine.LOG", tmp_path / "dist" / "bench.log")
    for name, each in (("crashes", bad), ("starting", good)):
        monkeypatch.setitem(PARTS, name, each)
    monkeypatch.setattr("sys.argv", ["bench", "crashes", "starting"])

    assert main() == 1
    found = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[4:]]
    assert [line[-1] for line in found] == ["✗ |", "✗ |", "✓ |"]
    assert found[1][0] == "| the rest of `crashes`"
    assert found[1][2] == "not measured: TimeoutError: too slow"


def test_cpu_belongs_to_the_innermost_package_that_is_known():
    def frames(*packages):
        """A stack, the outermost first."""
        frame = None
        for package in packages:
            code = SimpleNamespace(co_name="_run_once" if package == "loop" else "run")
            names = {"__name__": f"{package}.module"}
            frame = SimpleNamespace(f_globals=names, f_code=code, f_back=frame)
        return frame

    assert part_of(frames("bot", "loop", "slack_bolt", "bot", "redis", "json")) == "Redis"
    assert part_of(frames("bot", "loop", "bot", "fluent")) == "own code"
    assert part_of(frames("bot", "loop", "asyncio", "aiohttp")) == "Slack"
    assert part_of(frames("bot", "loop", "selectors")) == REST


def test_every_row_of_the_page_says_its_load():
    table = SPEED.read_text("utf-8").partition(MARKS[0])[2].partition(MARKS[1])[0]

    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert [line[0] for line in rows if not line[1].strip()] == []
