"""Fills in what IACrea does not say of a video's sequences: all while it renders, and names."""

from dataclasses import replace

from bot.domain.video import Sequence, Video
from bot.store.requests import Requests
from bot.store.videos import Videos


async def with_names(videos: Videos, video: Video) -> Video:
    """Returns the video with what people call its sequences.

    Raises:
        StoreAwayError: Redis is away.
    """
    names = await videos.sequence_names(video.id) if video.sequences else {}
    if not names:
        return video
    named = (replace(each, called=names.get(each.id)) for each in video.sequences or ())
    return replace(video, sequences=tuple(named))


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
