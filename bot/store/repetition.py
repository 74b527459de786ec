"""What was started on a video since somebody was asked about it."""

from bot.domain.repetition import Repetition, repetitions
from bot.domain.request import Wish
from bot.store.generations import Generations
from bot.store.writing import LISTED


async def started_since(store: Generations, wish: Wish) -> tuple[Repetition, ...]:
    """What others sent to IACrea since then, the newest first; nothing if nobody was asked.

    Raises:
        StoreAwayError: Redis is away.
    """
    if wish.since is None:
        return ()
    return repetitions(wish, await store.listed(video=wish.video, most=LISTED))
