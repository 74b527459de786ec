"""Progress in the card of each video that is followed."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from bot.domain.follow import Follow, FollowState
from bot.domain.progress import Progress
from bot.domain.request import RequestId
from bot.slack.answering.context import AnsweringContext
from bot.slack.connection.limits import EDIT, EDITS_APART
from bot.slack.following import messages
from bot.slack.telling.posting import edit
from bot.slack.telling.refreshing import NewestStates, Refreshment

MOST_REMEMBERED = 2**20
"""Bytes of what is wanted, and of what was shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows that may change.

    Attributes:
        failed: positions of the sequences that failed.
        elsewhere: credits that were used, and not by the bot.
    """

    progress: Progress
    failed: tuple[int, ...] = ()
    elsewhere: float = 0.0


class FollowNotes(NewestStates[RequestId, Shown]):
    """Holds the newest state of each card until it may be shown."""

    def __init__(self) -> None:
        super().__init__(_size, most=MOST_REMEMBERED)

    def note(self, follow: Follow, progress: Progress) -> None:
        """Notes what to show, in the place of what was noted before."""
        if follow.message is not None:
            # Only what the card shows, as each difference costs an edit.
            failed = tuple(each.position for each in follow.failed)
            self.want(follow.id, Shown(progress, failed, follow.elsewhere))


class FollowUpdates:
    """Shows it, for as long as the video is followed."""

    method = EDIT
    apart = EDITS_APART

    def __init__(self, context: AnsweringContext, notes: FollowNotes) -> None:
        self._context = context
        self._notes = notes

    async def out_of_date(self) -> Collection[str]:
        """Returns the ids of the follows that have moved."""
        return self._notes.wanted()

    async def prepare(self, name: str) -> Refreshment | None:
        """Returns the edit that shows it; None where it has ended meanwhile."""
        follow_id = RequestId(name)
        follow = await self._context.stores.follows.load(follow_id)
        if follow is None or follow.state is not FollowState.FOLLOWING:
            self._notes.forget(follow_id)
            return None
        return Refreshment(partial(self._show, follow))

    async def _show(self, follow: Follow) -> None:
        now = self._notes.take(follow.id)
        if now is None:
            return
        texts = await self._context.languages.in_channel(follow.origin.channel)
        await edit(self._context.slack, follow, messages.card(follow, now.progress, texts))


def _size(shown: Shown) -> int:
    return len(shown.progress.status) + 8 * len(shown.failed)
