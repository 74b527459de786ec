"""A time limit that leaves out the time in which our own event loop stood still."""

import asyncio
from types import TracebackType

LOOK = 0.05
"""Seconds between two looks at the clock; one that comes late counts as if it came in time."""


class FairTimeout:
    """Gives somebody time to answer, and raises TimeoutError once they have had it.

    While the loop stands still, nobody reads what Redis or Slack has answered long ago, and
    `asyncio.timeout` cuts off what waits for it before it is read: people would be refused for an
    outage that there was not.
    """

    def __init__(self, seconds: float) -> None:
        """`seconds`: for whoever is asked."""
        self._left = seconds
        self._timeout = asyncio.timeout(None)
        self._loop = asyncio.get_running_loop()
        self._looked = 0.0
        self._next: asyncio.TimerHandle

    def left(self) -> float:
        """Returns the seconds that remain."""
        return self._left - min(self._loop.time() - self._looked, LOOK)

    async def __aenter__(self) -> "FairTimeout":
        """The time begins."""
        await self._timeout.__aenter__()
        self._looked = self._loop.time()
        self._look_later()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """The answer is there, or TimeoutError takes the place of a cancellation by this limit."""
        self._next.cancel()
        await self._timeout.__aexit__(kind, error, where)

    def _look_later(self) -> None:
        self._next = self._loop.call_later(min(LOOK, self._left), self._look)

    def _look(self) -> None:
        self._left, self._looked = self.left(), self._loop.time()
        if self._left > 0.0:
            self._look_later()
        else:
            self._timeout.reschedule(self._looked)
