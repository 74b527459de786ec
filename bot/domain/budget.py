"""How many calls may leave within a time, and who goes first."""

from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """Who goes first where several want to call the same method: the lowest number."""

    PROMPT = 0  # somebody waits for it: never held back by the bot itself, only counted
    OUTCOME = 1
    ANNOUNCEMENT = 2
    CLOSING = 3  # the last edit of a card: its outcome, or that its buttons no longer fit
    PROGRESS = 4  # the newest state or none


@dataclass(frozen=True, slots=True)
class Limit:
    """Calls per minute, evenly spread; `burst` of them may come at once after a pause.

    In no minute there are more than both together.
    """

    per_minute: float
    burst: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A wish to call.

    Attributes:
        name: by which it keeps its place in the line when it comes again; without one it has none,
            nor has progress, which is behind everybody.
        calls: how many are made, one after the other.
        apart: seconds between two calls by that name, by whichever replica.
    """

    priority: Priority
    name: str = ""
    calls: int = 1
    apart: float = 0.0
