"""Knows what `/readyz` looks at."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.fair_timeout import FairTimeout
from bot.store.errors import StoreAwayError
from bot.store.requests import Requests

WRITE_LIMIT = 1.0
"""Seconds for Redis to take a write, as many as a request has."""


@dataclass(slots=True)
class Health:
    """What `/readyz` looks at.

    Attributes:
        connected: whether Slack can deliver at this moment; None in HTTP mode.
        trouble: returns why the last call did not reach Slack; empty if it did.
    """

    store: Requests
    connected: Callable[[], bool] | None = None
    trouble: Callable[[], str] = str
    serving: bool = False
    stopping: bool = False

    async def __call__(self) -> str | None:
        """Returns why the bot is not ready; None if it is."""
        if self.stopping:
            return "stopping"
        try:
            async with FairTimeout(WRITE_LIMIT):
                # By a write: a Redis that is full, or a replica, answers and takes no request.
                await self.store.replicas.probe()
        except StoreAwayError as error:
            return str(error)
        except TimeoutError:
            return "Redis does not answer"
        if not self.serving or (self.connected is not None and not self.connected()):
            trouble = self.trouble()
            return f"Slack is not connected: {trouble}" if trouble else "Slack is not connected"
        return None
