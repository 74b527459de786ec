"""The benchmark judges by what was measured, and docs/speed.md carries what it wrote."""

from pathlib import Path

import pytest

from bench.__main__ import MARKS, write
from bench.table import Row, compared, markdown, part

SPEED = Path(__file__).parents[1] / "docs" / "speed.md"


def row(value: float, goal: str) -> Row:
    return Row("a figure", "shown", "", value, goal)


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
    found = compared("polls", [10, 30, 20], [40, 10, 50], unit="/s", what="loop", goal=">= 0.4")

    assert found == Row("polls", "20.0 /s", "loop: 40.0 /s", 0.5, ">= 0.4")


def test_a_percentile_is_one_of_the_values():
    assert part(range(100), 0.5) == 50
    assert part(range(100), 0.99) == 99
    assert part([7], 0.99) == 7


def test_the_table_has_a_verdict_where_there_is_a_goal():
    table = markdown([row(1.234, "<= 1.3"), row(2, "<= 1.3"), row(2392.1, "")])

    assert [line.split(" | ")[3:] for line in table.splitlines()[2:]] == [
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
    assert table.count("✓") > 20
