"""Shows progress in the announcement of each request that runs."""

from collections.abc import Collection
from functools import partial

from bot.domain.progress import Progress
from bot.domain.request import Request, RequestId, State
from bot.slack.connection.limits import EDIT, EDITS_APART
from bot.slack.telling import messages
from bot.slack.telling.context import TellingContext
from bot.slack.telling.posting import edit
from bot.slack.telling.refreshing import NewestStates, Refreshment
from bot.store.estimates import Estimates

MOST_REMEMBERED = 4 * 2**20
"""Bytes for what is to be shown, and again for what was shown, which spares edits without a change.
They hold some 10,000 requests; beyond that, the oldest progress is not shown, or shown again."""


class ProgressNotes(NewestStates[RequestId, Progress]):
    """Holds the newest progress of each running request until it may be shown."""

    def __init__(self) -> None:
        super().__init__(_size, most=MOST_REMEMBERED)

    def note(self, request: Request, progress: Progress) -> None:
        """Notes what to show, in the place of what was noted before."""
        if request.message is not None:
            self.want(request.id, progress)


class ProgressUpdates:
    """Shows the newest progress of requests that still run."""

    method = EDIT
    apart = EDITS_APART

    def __init__(self, context: TellingContext, estimates: Estimates, notes: ProgressNotes) -> None:
        self._context = context
        self._estimates = estimates
        self._notes = notes

    async def out_of_date(self) -> Collection[str]:
        """Returns the ids of the requests that have moved."""
        return self._notes.wanted()

    async def prepare(self, name: str) -> Refreshment | None:
        """Returns the edit that shows it; None if the request has ended meanwhile."""
        request_id = RequestId(name)
        request = await self._context.store.load(request_id)
        if request is None or request.state not in {State.PENDING, State.IN_LINE}:
            self._notes.forget(request_id)
            return None
        return Refreshment(partial(self._show, request))

    async def _show(self, request: Request) -> None:
        progress = self._notes.take(request.id)
        if progress is None:
            return
        usual = (await self._estimates.current()).seconds
        now, texts = self._context.store.now(), self._context.languages.channel
        if request.state is State.IN_LINE:
            card = messages.in_line(request, progress, texts)
        else:
            card = messages.running(request, progress, usual, now, texts)
        await edit(self._context.slack, request, card)


def _size(progress: Progress) -> int:
    return len(progress.status)
