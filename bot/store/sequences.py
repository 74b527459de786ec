"""A video's sequences, also while IACrea leaves them out."""

from dataclasses import replace

from bot.domain.video import Sequence, Video
from bot.store.requests import Requests


async def with_sequences(store: Requests, video: Video) -> Video:
    """The video; while it renders IACrea leaves its sequences out, so they are recalled.

    Raises:
        StoreAwayError: Redis is away.
    """
    if video.sequences:
        ids = [each.id for each in video.sequences]
        if all(ids):
            await store.remember(video.id, ids)
        return video
    recalled = await store.recall(video.id)
    return replace(video, sequences=tuple(Sequence(each, status="") for each in recalled))
