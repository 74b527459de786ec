"""Tells whoever waits that something has changed."""

import asyncio


class Notifier:
    """Rings for everybody who listens."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wakes whoever waits."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    def next(self) -> asyncio.Event:
        """What the next ring sets; taken before one looks, no change is missed."""
        return self._event
