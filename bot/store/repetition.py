"""Finds what was started on a video since somebody was asked about it."""

from bot.domain.repetition import Repetition, repetitions
from bot.domain.request import Order
from bot.store.requests import Requests
from bot.store.writing import LISTED


async def started_since(store: Requests, order: Order) -> tuple[Repetition, ...]:
    """Returns what others sent to IACrea since then, the newest first; nothing if nobody was asked.

    Raises:
        StoreAwayError: Redis is away.
    """
    if order.since is None:
        return ()
    return repetitions(order, await store.newest(video=order.video, most=LISTED))
