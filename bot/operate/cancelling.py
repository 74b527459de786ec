"""`cancel`: ends a request on behalf of the operator, without ever losing what was spent."""

import asyncio

from bot.config import Config
from bot.domain import events
from bot.domain.errors import Cancelled
from bot.domain.request import Request, RequestId, State
from bot.operate import following
from bot.operate.errors import OperateError
from bot.operate.stores import stores_of
from bot.store.errors import OvertakenError
from bot.store.requests import Requests
from bot.transitions import Transitions

PATIENCE = 20.0
"""Seconds for a POST or a message on its way to be answered: longer than either may take."""
PAUSE = 0.25


async def cancel(config: Config, request_id: str) -> str:
    """Ends a request or a follow, and returns what became of it; the bot tells its people.

    Raises:
        OperateError: it has ended, there is none, or what is on its way does not come to an end.
    """
    async with stores_of(config) as stores:
        if await following.stop(stores, RequestId(request_id)) is not None:
            return f"{request_id} is not followed any more; its card says so."
        transitions = Transitions(stores.requests, config.generation_timeout)
        ended = await cancelled(stores.requests, transitions, RequestId(request_id))
    if ended.message is None:
        return f"{request_id} is cancelled: nothing was spent, and its person is told in private."
    if ended.sent_at is not None:
        return f"{request_id} is not watched any more; what was sent to IACrea stays paid for."
    return f"{request_id} is cancelled: nothing was spent, and its thread is told."


async def cancelled(store: Requests, transitions: Transitions, request_id: RequestId) -> Request:
    """Ends a request, and returns it.

    Raises:
        OperateError: it has ended, there is none, or what is on its way does not come to an end.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                request = await store.load(request_id)
                event = _event(request, request_id)
                if request is not None and event is not None:
                    try:
                        request = await transitions.apply(request, event)
                    except OvertakenError:
                        continue  # the bot has changed it meanwhile, so look at it anew
                    if request.ended:
                        return request
                await asyncio.sleep(PAUSE)
    except TimeoutError:
        raise OperateError(
            f"{request_id} waits for an answer of Slack's or IACrea's; try again in a minute"
        ) from None


def _event(request: Request | None, request_id: RequestId) -> events.Event | None:
    """Returns what ends the request in its state; None while something of it is on its way."""
    if request is None:
        raise OperateError(f"there is no request {request_id}; `regen-bot list` shows them")
    if request.ended:
        raise OperateError(f"{request_id} has ended already ({request.outcome})")
    if request.state is State.PENDING:
        return events.Stopped(None)
    # What is being sent may be paid for already, so its answer decides.
    if request.state is State.SUBMITTING:
        return events.Refused(Cancelled()) if request.sending is None else None
    # While its announcement is on its way, nobody knows whether there is a thread to tell.
    return events.Rejected(Cancelled()) if not request.posting else None
