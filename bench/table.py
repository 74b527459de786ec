"""Rows: what was measured, beside what, and whether that is good enough. Pure."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

_HEAD = ("", "measured", "beside", "value", "goal", "")
THIRD = 1 / 3
"""By more than this share of its goal a value may not miss it, or it has fallen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        figure: what was measured.
        measured: the value, with its unit.
        beside: what it is compared with, with its value; empty where it is with nothing.
        value: what the goal is about: a ratio, or the value itself.
        goal: such as `<= 1.3`, `>= 8` or `0.99 to 1.01`; empty where nothing is promised.
    """

    figure: str
    measured: str
    beside: str
    value: float
    goal: str = ""

    @property
    def good(self) -> bool:
        """Whether the goal is reached."""
        return _within(self.value, self.goal, slack=0.0)

    @property
    def fallen(self) -> bool:
        """Whether it misses its goal by more than a third of it."""
        return not _within(self.value, self.goal, slack=THIRD)


def _within(value: float, goal: str, *, slack: float) -> bool:
    match goal.split():
        case ["<=", most]:
            return value <= float(most) * (1 + slack)
        case [">=", least]:
            return value >= float(least) * (1 - slack)
        case [least, "to", most]:
            return float(least) * (1 - slack) <= value <= float(most) * (1 + slack)
        case _:
            return True


def compared(
    figure: str,
    measured: Sequence[float],
    beside: Sequence[float],
    *,
    unit: str,
    what: str,
    goal: str,
    digits: int = 1,
) -> Row:
    """A row about the ratio of two medians of rounds that took turns; `what` the second was."""
    ours, theirs = statistics.median(measured), statistics.median(beside)
    shown = [f"{each:,.{digits}f} {unit}" for each in (ours, theirs)]
    return Row(figure, shown[0], f"{what}: {shown[1]}", ours / theirs, goal)


def part(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def markdown(rows: Iterable[Row]) -> str:
    """The table, as docs/speed.md carries it."""
    lines = [_HEAD, ("---",) * len(_HEAD)]
    for row in rows:
        goal = row.goal.replace("<=", "≤").replace(">=", "≥").replace(" to ", "–")
        verdict = ("✓" if row.good else "✗") if row.goal else ""
        lines.append((row.figure, row.measured, row.beside, _number(row.value), goal, verdict))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(rows: Iterable[Row]) -> str:
    """The same for machines."""
    return json.dumps([asdict(row) | {"good": row.good} for row in rows], indent=1)


def _number(value: float) -> str:
    whole = value >= 100 or value == round(value)  # noqa: PLR2004
    return f"{value:,.0f}" if whole else f"{value:.2f}"
