"""Fills in a video's sequences while IACrea leaves them out."""

from dataclasses import replace

from bot.domain.video import Sequence, Video
from bot.store.requests import Requests


async def with_sequences(store: Requests, video: Video) -> Video:
    """Returns the video with its sequences; IACrea leaves them out while it renders.

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
