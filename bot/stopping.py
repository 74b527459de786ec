"""What people may put an end to: watching a generation, and waiting for a render."""

from bot.domain import events
from bot.domain.errors import NoLongerRunning, NotRunningYet
from bot.domain.line_problems import CancelledInLine, NoLongerInLine
from bot.domain.request import Request, RequestId, State, UserId
from bot.store.errors import OvertakenError
from bot.store.requests import Requests
from bot.transitions import Transitions


class Stopping:
    """Ends requests because somebody says so; whether they may is for whoever calls it."""

    def __init__(self, store: Requests, timeout: float) -> None:
        """`timeout` is the seconds after which the bot stops watching a generation."""
        self._store = store
        self._transitions = Transitions(store, timeout)

    async def watching(self, request_id: RequestId, by: UserId) -> None:
        """Ends the watching of a request that runs; what was spent on it stays spent.

        Raises:
            NoLongerRunning, NotRunningYet: there is nothing to watch any more, or not yet.
        """
        request = await self._running(request_id)
        if request.state is not State.PENDING:
            raise NotRunningYet
        try:
            await self._transitions.apply(request, events.Stopped(by))
        except OvertakenError:
            # It has just moved on, perhaps to its end: what it is by now decides.
            await self.watching(request_id, by)

    async def waiting(self, request_id: RequestId, by: UserId) -> None:
        """Ends the waiting of a request for a render; nothing was spent on it.

        Raises:
            NoLongerRunning, NotRunningYet: it has ended, or does not wait yet.
            NoLongerInLine: it is on its way to IACrea.
        """
        request = await self._running(request_id)
        if request.state in {State.ACCEPTED, State.CHECKED}:
            raise NotRunningYet
        # Announced once more, its turn has come, but nothing of it has left yet.
        if not (request.order.after_render and request.state in {State.IN_LINE, State.ANNOUNCED}):
            raise NoLongerInLine
        try:
            await self._transitions.apply(request, events.Rejected(CancelledInLine(by)))
        except OvertakenError:
            await self.waiting(request_id, by)

    async def _running(self, request_id: RequestId) -> Request:
        request = await self._store.load(request_id)
        if request is None or request.ended:
            raise NoLongerRunning
        return request
