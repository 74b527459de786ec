"""Tells whoever waits that something has changed."""

import asyncio


class Notifier:
    """Wakes everybody who waits for the next change."""

    def __init__(self) -> None:
        """Starts with nobody waiting."""
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wakes whoever waits."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    def next(self) -> asyncio.Event:
        """Returns what the next change sets.

        Take it before looking at the state, and no change is missed.
        """
        return self._event
