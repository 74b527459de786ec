"""Keeps shared storyboards current while their video is worked on, and at the end."""

import logging
from collections.abc import Collection
from functools import partial

from bot.cache import Cache
from bot.domain.errors import UserError
from bot.domain.storyboard import Storyboard
from bot.domain.video import Video, VideoId
from bot.slack.answering.languages import Languages
from bot.slack.answering.video_reader import MOST_REMEMBERED, VideoReader, size_of
from bot.slack.connection.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.slack.connection.limits import EDIT, EDITS_APART
from bot.slack.connection.web_api import WebApi
from bot.slack.storyboard.messages import shared
from bot.slack.telling.refreshing import Refreshment
from bot.store.shared_storyboards import SharedStoryboard, SharedStoryboards
from bot.store.stores import Stores

log = logging.getLogger(__name__)

GONE = frozenset(
    {
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "not_in_channel",
    }
)
"""Errors after which a message can never be edited again (docs.slack.dev, chat.update)."""


class StoryboardEdits:
    """Edits the storyboards that were shared."""

    def __init__(
        self, slack: WebApi, store: SharedStoryboards, reader: VideoReader, languages: Languages
    ) -> None:
        self._slack = slack
        self._store = store
        self._reader = reader
        self._languages = languages
        self._shown: Cache[SharedStoryboard, Storyboard] = Cache(_size, most=MOST_REMEMBERED)

    async def of(self, video: VideoId) -> list[SharedStoryboard]:
        """Returns where that video's storyboard was shared."""
        return await self._store.shared(video)

    async def refresh(self, video: VideoId) -> None:
        """Reads the video once more, and shows it as it is wherever its storyboard was shared.

        Raises:
            SlackBusyError: Slack takes no edit now.
        """
        storyboards = await self.of(video)
        if not storyboards:
            return
        try:
            current = await self._reader.of_either_kind(video)
        except UserError as error:
            log.info("storyboards not refreshed: %r", error, extra={"video": video})
            return
        for storyboard in storyboards:
            await self._edit(storyboard, current)

    async def show(self, seen: Video, storyboards: list[SharedStoryboard]) -> None:
        """Shows what a poll saw, unless it is shown already.

        Raises:
            SlackBusyError: Slack takes no edit now.
        """
        try:
            current = await self._reader.around(seen)
        except UserError:
            return  # no sequences are known now, so what is shown says more
        for storyboard in storyboards:
            if self._shown.get(storyboard) != current:
                await self._edit(storyboard, current)

    async def _edit(self, storyboard: SharedStoryboard, current: Storyboard) -> None:
        place = {"channel": storyboard.channel, "ts": storyboard.ts}
        video, texts = current.video.id, await self._languages.in_channel(storyboard.channel)
        try:
            # Admitted, as callers take a turn for all storyboards of a video together.
            await self._slack.say(EDIT, place, shared(current, texts), admitted=True)
        except SlackBusyError:
            raise  # the caller comes back when Slack has room
        except SlackRefusedError as refused:
            log.info("storyboard not edited: %s", refused, extra={"video": video})
            if refused.reason in GONE:
                await self._store.drop(video, storyboard)
        except SlackError as error:
            log.info("storyboard not edited: %r", error, extra={"video": video})
        else:
            self._shown[storyboard] = current


def _size(storyboard: Storyboard) -> int:
    return _seen_size(storyboard.video)


def _seen_size(video: Video) -> int:
    return size_of(video.sequences or ())


class StoryboardNotes:
    """Holds the newest answer about each video until its storyboards may be edited."""

    def __init__(self, reader: VideoReader) -> None:
        self._reader = reader
        self.wanted: Cache[VideoId, Video] = Cache(_seen_size, most=MOST_REMEMBERED)

    def note(self, seen: Video) -> None:
        """Notes an answer, in the place of an older one that was not shown yet."""
        self._reader.note(seen)
        self.wanted[seen.id] = seen


class StoryboardUpdates:
    """Shows those answers as long as a request waits on their video."""

    method = EDIT
    apart = EDITS_APART

    def __init__(self, stores: Stores, notes: StoryboardNotes, edits: StoryboardEdits) -> None:
        self._stores = stores
        self._notes = notes
        self._edits = edits

    async def out_of_date(self) -> Collection[str]:
        """Returns the ids of the videos with a new answer."""
        return tuple(self._notes.wanted)

    async def prepare(self, name: str) -> Refreshment | None:
        """Returns the edits that show a video; None if it is shared nowhere, or has ended."""
        video = VideoId(name)
        storyboards = await self._edits.of(video)
        # At the end `StoryboardEdits.refresh` reads anew; an answer from before would undo that.
        if not storyboards or not await self._awaited(video):
            self._notes.wanted.forget(video)
            return None
        return Refreshment(partial(self._show, video, storyboards), len(storyboards))

    async def _awaited(self, video: VideoId) -> bool:
        waiting = await self._stores.requests.waiting(video)
        return bool(waiting or await self._stores.follows.of(video))

    async def _show(self, video: VideoId, storyboards: list[SharedStoryboard]) -> None:
        seen = self._notes.wanted.get(video)
        self._notes.wanted.forget(video)  # before the edit, so that a newer one is not forgotten
        if seen is not None:
            await self._edits.show(seen, storyboards)
