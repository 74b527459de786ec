"""Rows: what was measured, beside what, and whether that is good enough. Pure."""

import json
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

_HEAD = ("", "load", "measured", "beside", "value", "goal", "")
THIRD = 1 / 3
"""By more than this share of its goal a value may not miss it, or it has fallen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        figure: what was measured.
        load: the share of what the machine can do, and what it comes to.
        measured: the value, with its unit.
        beside: what it is compared with, with its value; empty where it is with nothing.
        value: what the goal is about: a ratio, or the value itself; NaN where nothing was measured.
        goal: such as `<= 1.3`, `>= 8` or `0.99 to 1.01`; empty where nothing is promised.
    """

    figure: str
    load: str
    measured: str
    beside: str
    value: float
    goal: str = ""

    @property
    def named(self) -> str:
        """Returns which figure it is, at which load."""
        return f"{self.figure} ({self.load})" if self.load else self.figure

    @property
    def failed(self) -> bool:
        """Whether nothing was measured."""
        return math.isnan(self.value)

    @property
    def verdict(self) -> str:
        """Returns a mark where there is something to judge."""
        if not self.goal and not self.failed:
            return ""
        return "✓" if self.good else "✗"

    @property
    def good(self) -> bool:
        """Whether the goal is reached."""
        return _within(self.value, self.goal, slack=0.0)

    @property
    def fallen(self) -> bool:
        """Whether it misses its goal by more than a third of it."""
        return not _within(self.value, self.goal, slack=THIRD)


def not_measured(what: str, error: Exception) -> Row:
    """Returns the row of something that failed."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    said = str(error).partition("\n")[0]
    reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return Row(what, "", f"not measured: {reason}", "", math.nan)


def _within(value: float, goal: str, *, slack: float) -> bool:
    if math.isnan(value):
        return False
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
    load: str,
    shown: str,
    what: str,
    goal: str,
) -> Row:
    """A row about the ratio of two medians of rounds that took turns.

    `shown` is the format of either, `what` the second was.
    """
    ours, theirs = statistics.median(measured), statistics.median(beside)
    against = f"{what}: {shown.format(theirs)}"
    return Row(figure, load, shown.format(ours), against, ours / theirs, goal)


def part(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def markdown(rows: Iterable[Row]) -> str:
    """The table, as docs/speed.md carries it."""
    lines = [_HEAD, ("---",) * len(_HEAD)]
    for row in rows:
        goal = row.goal.replace("<=", "≤").replace(">=", "≥").replace(" to ", "–")
        value = _number(row.value)
        lines.append((row.figure, row.load, row.measured, row.beside, value, goal, row.verdict))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(rows: Iterable[Row]) -> str:
    """The same for machines."""
    found = [asdict(row) | {"good": row.good} for row in rows]
    for each in found:
        each["value"] = None if math.isnan(each["value"]) else each["value"]
    return json.dumps(found, indent=1)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    whole = value >= 100 or value == round(value)  # noqa: PLR2004
    return f"{value:,.0f}" if whole else f"{value:.2f}"
