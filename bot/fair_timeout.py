"""Limits time, without the time in which our own event loop stood still."""

import asyncio
from types import TracebackType

LOOK = 0.05
"""Seconds between two looks at the clock. A look that comes late counts as if it were in time."""


class FairTimeout:
    """Gives somebody time to answer, and raises TimeoutError once they have had it.

    While the loop stands still, nobody reads what Redis or Slack answered long ago. After that
    `asyncio.timeout` fires before the answer is read, so that people would be refused for an outage
    that never was.
    """

    def __init__(self, seconds: float) -> None:
        """`seconds` is how long whoever is asked may take."""
        self._left = seconds
        self._timeout = asyncio.timeout(None)
        self._loop = asyncio.get_running_loop()
        self._looked = 0.0
        self._next: asyncio.TimerHandle

    def left(self) -> float:
        """Returns the seconds that remain."""
        return self._left - min(self._loop.time() - self._looked, LOOK)

    async def __aenter__(self) -> "FairTimeout":
        """Starts the time."""
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
        """Stops it; raises TimeoutError in the place of this limit's own cancellation."""
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
