"""The log of every request the simulator received, and a way to wait for the next one."""

import asyncio
from dataclasses import dataclass
from typing import Any


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
    """

    time: float
    method: str
    path: str
    body: Any
    status: int | None
    effective: bool


class CallLog:
    """Every call so far, in order."""

    def __init__(self) -> None:
        """Starts empty."""
        self.calls: list[Call] = []
        self._next = asyncio.Event()

    def record(self, call: Call) -> None:
        """Adds a call and wakes whoever waits for one."""
        self.calls.append(call)
        recorded, self._next = self._next, asyncio.Event()
        recorded.set()

    async def next(self) -> None:
        """Waits until one more call is recorded."""
        await self._next.wait()
