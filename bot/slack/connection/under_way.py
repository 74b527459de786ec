"""Owns the tasks that work on deliveries, so that a stop can wait for them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.response import BoltResponse

log = logging.getLogger(__name__)

Listener = Callable[[AsyncArgs], Awaitable[None]]


class _Ack(AsyncAck):
    """Bolt's `ack`, which also tells that it was called."""

    def __init__(self, bolts: AsyncAck) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
        self._bolts = bolts
        self.given = asyncio.Event()

    async def __call__(self, *args: Any, **fields: Any) -> BoltResponse:
        self.response = await self._bolts(*args, **fields)
        self.given.set()
        return self.response


class UnderWay:
    """Owns the tasks that work on deliveries until each is done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Returns how many there are."""
        return len(self._tasks)

    def begin(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Starts a task, and holds on to it until it is done."""
        task = asyncio.create_task(work)
        # The event loop holds tasks only weakly, and could lose one half done.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, within: float) -> None:
        """Waits until everything delivered so far is answered, `within` seconds at the most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)

    def tracked(self, listener: Listener) -> Listener:
        """Wraps a listener so that `drain` waits for it, and that it never raises.

        Bolt gets the acknowledgement at once, and the listener goes on by itself. Without this Bolt
        looks for the acknowledgement every 10 ms, keeps no reference to the tasks it starts, and
        loses the acknowledgement of a listener that raises (slack_bolt 1.30.0,
        `listener/asyncio_runner.py`).
        """

        async def run(args: AsyncArgs) -> None:
            args.ack = acknowledged = _Ack(args.ack)
            task = self.begin(_guarded(listener, args))
            # Also where it ends without one, as when Slack should send it again: Bolt waits for us.
            task.add_done_callback(lambda _: acknowledged.given.set())
            await acknowledged.given.wait()

        run.__name__ = getattr(listener, "__name__", "listener")
        return run


async def _guarded(listener: Listener, args: AsyncArgs) -> None:
    try:
        await listener(args)
    except Exception:
        log.exception("a listener failed")
        # Or Slack would show an error, or deliver again what would fail again. A form it would
        # close without a word: with an error it stays open, with all that was typed.
        if args.ack.response is None and args.body.get("type") != "view_submission":
            await args.ack()
