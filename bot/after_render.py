"""Gives turns to requests that wait for a render; `domain.line` has the rules."""

import contextlib

from bot.checks import Checks
from bot.domain import events, line
from bot.domain.backoff import backoff
from bot.domain.line_problems import StartedMeanwhile
from bot.domain.request import Request, State
from bot.domain.video import Video
from bot.store.errors import OvertakenError
from bot.store.requests import Requests
from bot.transitions import Transitions


class Line:
    """Gives turns, and checks again whose turn has come."""

    def __init__(self, store: Requests, transitions: Transitions) -> None:
        self._store = store
        self._transitions = transitions

    async def give_turn(self, waiting: list[Request], seen: Video) -> list[Request]:
        """Gives the next one its turn, as a poll saw the video; returns those that wait on it."""
        first = line.next_up(waiting, seen)
        if first is None:
            return waiting
        with contextlib.suppress(OvertakenError):  # cancelled, or another replica was faster
            moved = await self._transitions.apply(first, events.TurnCame())
            return [moved if each is first else each for each in waiting]
        # We do not know what became of it, so this poll shows nobody how far it is.
        return [each for each in waiting if each is not first]

    async def checked(self, request: Request, checks: Checks) -> Request | None:
        """Returns a request whose turn has come as it may be sent; None where it may not be.

        What becomes of it then is written down: it has ended, waits on, or is looked at again soon.
        """
        late = self._transitions.decide(request, events.TimedOut())
        if late.ended:  # the bot was away, and nobody expects it any more
            await self._transitions.write(request, late)
            return None
        # Long may have gone by since the first check, and others may regenerate without waiting.
        event = await checks.look(request)
        if isinstance(event, events.Retrying):
            wait = backoff(request.tries + request.throttled, first=1.0, most=10.0)
            # It keeps its turn: while it stands as announced, nobody behind it is given one.
            await self._transitions.apply(request, event, after=wait)
            return None
        checked = self._transitions.decide(request, event)
        if checked.state is State.ANNOUNCED and await self._lost_its_place(checked):
            checked = self._transitions.decide(request, events.Rejected(StartedMeanwhile()))
        if checked.state is State.ANNOUNCED:
            return checked
        await self._transitions.write(request, checked)
        return None

    async def _lost_its_place(self, request: Request) -> bool:
        """Returns whether somebody regenerates the same without waiting, having been asked."""
        sequences = [each.sequence for each in request.generations]
        holder = await self._store.holder(request.order.video, sequences)
        if holder is None or holder in {request.id, request.order.over}:
            return False
        other = await self._store.load(holder)
        # Whoever stands in line behind it wants the same once more, after it.
        return other is not None and not other.ended and other.state is not State.IN_LINE
