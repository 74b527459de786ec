"""The log of every request the simulator received, and a way to wait for the next one."""

from dataclasses import dataclass
from typing import Any

from sandbox.notifier import Notifier


@dataclass(frozen=True, slots=True)
class Call:
    """One request, logged once its effect is in place and before it is answered.

    Attributes:
        time: when, in seconds of the simulator's clock.
        method: `GET` or `POST`.
        path: decoded, without the query.
        body: the JSON that was sent; the text itself where that is no JSON; None if empty.
        status: the HTTP status it was answered with; None where the connection was dropped.
        effective: whether it spent credits (POST), or drove the video (GET).
        answer: the body it was answered with.
    """

    time: float
    method: str
    path: str
    body: Any
    status: int | None
    effective: bool
    answer: str = ""


class CallLog:
    """Every call so far, in order; `notifier` rings after each."""

    def __init__(self) -> None:
        """Starts empty."""
        self.calls: list[Call] = []
        self.notifier = Notifier()

    def record(self, call: Call) -> None:
        """Adds a call."""
        self.calls.append(call)
        self.notifier.notify()
