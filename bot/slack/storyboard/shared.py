"""Storyboards that a channel sees: current while the video is worked on, and at the end."""

import asyncio
import logging
import time

from bot.cache import Cache
from bot.domain.errors import UserError
from bot.domain.storyboard import Storyboard
from bot.domain.video import Video, VideoId
from bot.slack.answering.languages import Languages
from bot.slack.answering.video_reader import MOST_REMEMBERED, VideoReader, size_of
from bot.slack.connection.web_api import SlackBusyError, SlackError, SlackRefusedError, WebApi
from bot.slack.storyboard.messages import shared
from bot.slack.telling.progress import BETWEEN, EDITS, SHORTEST, TICK
from bot.store.boards import SharedStoryboard, SharedStoryboards
from bot.store.errors import StoreAwayError
from bot.store.requests import Requests

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
"""Errors after which a message will not be edited any more (docs.slack.dev, chat.update)."""


class StoryboardEdits:
    """Edits the storyboards that were shared."""

    def __init__(
        self, slack: WebApi, boards: SharedStoryboards, reader: VideoReader, languages: Languages
    ) -> None:
        self._slack = slack
        self._boards = boards
        self._reader = reader
        self._languages = languages
        self._shown: Cache[SharedStoryboard, Storyboard] = Cache(_size, most=MOST_REMEMBERED)

    async def of(self, video: VideoId) -> list[SharedStoryboard]:
        """Where that video's storyboard stands."""
        return await self._boards.shared(video)

    async def refresh(self, video: VideoId) -> None:
        """Reads the video once more and shows it as it is, wherever its storyboard stands.

        Raises:
            SlackBusyError: not now.
        """
        boards = await self.of(video)
        if not boards:
            return
        try:
            current = await self._reader.at(video)
        except UserError as error:
            log.info("storyboards not refreshed: %r", error, extra={"video": video})
            return
        for board in boards:
            await self._edit(board, current)

    async def show(self, seen: Video, boards: list[SharedStoryboard]) -> None:
        """Shows what a poll saw; what stands there already is left alone.

        Raises:
            SlackBusyError: not now.
        """
        try:
            current = await self._reader.around(seen)
        except UserError:
            return  # no sequences yet: what stands there says more
        for board in boards:
            if self._shown.get(board) != current:
                await self._edit(board, current)

    async def _edit(self, board: SharedStoryboard, current: Storyboard) -> None:
        place = {"channel": board.channel, "ts": board.ts}
        video, texts = current.video.id, await self._languages.in_channel(board.channel)
        try:
            await self._slack.say("chat.update", place, shared(current, texts))
        except SlackBusyError:
            raise
        except SlackRefusedError as refused:
            log.info("storyboard not edited: %s", refused, extra={"video": video})
            if refused.reason in GONE:
                await self._boards.drop(video, board)
        except SlackError as error:
            log.info("storyboard not edited: %r", error, extra={"video": video})
        else:
            self._shown[board] = current


def _size(board: Storyboard) -> int:
    return _seen_size(board.video)


def _seen_size(video: Video) -> int:
    return size_of(video.sequences or ())


class StoryboardUpdates:
    """Holds the newest answer about each video until its storyboards may be edited."""

    def __init__(self, store: Requests, reader: VideoReader) -> None:
        self._store = store
        self._reader = reader
        self._wanted: Cache[VideoId, Video] = Cache(_seen_size, most=MOST_REMEMBERED)
        self._not_before: dict[VideoId, float] = {}
        self._paused_until = 0.0

    def note(self, seen: Video) -> None:
        """Takes the place of what was to be shown before."""
        self._reader.note(seen)
        self._wanted[seen.id] = seen

    async def run(self, edits: StoryboardEdits) -> None:
        """Edits what may be edited, until cancelled."""
        while True:
            await asyncio.sleep(TICK)
            try:
                await self._round(edits)
            except SlackBusyError as busy:
                self._paused_until = time.monotonic() + busy.retry_after
            except StoreAwayError:
                log.debug("no storyboard is edited while Redis is away")

    async def _round(self, edits: StoryboardEdits) -> None:
        now = time.monotonic()
        if now < self._paused_until:
            return
        due = [each for each in self._wanted if self._not_before.get(each, 0.0) <= now]
        for video in due:
            boards = await edits.of(video)
            wait = await self._until_edit(video, len(boards)) if boards else 0.0
            if wait > 0:
                self._not_before[video] = now + wait
                continue
            self._not_before.pop(video, None)
            seen = self._wanted.get(video)
            self._wanted.forget(video)
            # What was seen before the end is out of date; then `BoardEdits.refresh` has the word.
            if seen is not None and boards and await self._store.waiting(video):
                await edits.show(seen, boards)

    async def _until_edit(self, video: VideoId, boards: int) -> float:
        """Seconds until all of a video's boards may be edited; they share Slack's budget too."""
        wait = await self._store.take_turn(EDITS, BETWEEN * boards)
        return wait or await self._store.take_turn(f"board:{video}", SHORTEST * boards)
