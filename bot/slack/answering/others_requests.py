"""Decides what somebody is told of a request that another person made."""

from dataclasses import replace

from bot.domain.errors import AlreadyRunning, AskFirst, UserError
from bot.domain.line_problems import AlreadyInLine
from bot.domain.request import Origin, Reason, Request, RequestId, State
from bot.domain.video import VideoId
from bot.slack.answering.access import Access
from bot.store.requests import Requests


class OthersRequests:
    """Points people to others' requests that they may see. May raise StoreAwayError."""

    def __init__(self, store: Requests, access: Access) -> None:
        self._store = store
        self._access = access

    async def pointed_to(self, error: UserError, request: Request) -> UserError:
        """Returns what is wrong with a request, and whose is in its way if that may be told."""
        if isinstance(error, AlreadyRunning):
            return await self._running(error.request, request.origin)
        if isinstance(error, AskFirst):
            rendering = await self._rendering(error, request.origin, request.order.video)
            return await self.repeated(rendering, request.origin)
        return error

    async def repeated(self, error: AskFirst, origin: Origin) -> AskFirst:
        """Returns the question, with who started the same since this person was asked."""
        if not error.repeated:
            return error
        first = await self._running(error.request, origin)
        return replace(
            error, by=first.by, channel=first.channel, message=first.message, thread=first.thread
        )

    async def _running(self, holder: str, origin: Origin) -> AlreadyRunning:
        first = await self._store.load(RequestId(holder))
        waits = first is not None and first.state is State.IN_LINE
        kind = AlreadyInLine if waits else AlreadyRunning
        # Others' requests elsewhere: they learn that there is one, and no more.
        if first is None or not self._access.sees(origin, first):
            return kind(holder, by="", channel="", message=None)
        # Until it is announced, the thread in which it was asked is all there is to link to.
        at, message = first.origin, first.message or first.origin.thread
        return kind(holder, at.user, at.channel, message, at.thread)

    async def _rendering(self, error: AskFirst, origin: Origin, video: VideoId) -> AskFirst:
        if Reason.RENDERING not in error.reasons:
            return error
        waiting = await self._store.waiting(video)
        # Who only watches, or waits for this render, has started nothing that could be cancelled.
        idle = State.IN_LINE
        started = [each for each in waiting if not each.order.watch and each.state is not idle]
        seen = [each.origin.user for each in started if self._access.sees(origin, each)]
        return replace(error, started_by=tuple(dict.fromkeys(seen)))
