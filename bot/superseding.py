"""Makes older requests on the same sequences say that a newer one has taken their place."""

import contextlib

from bot.domain import events
from bot.domain.request import Request, RequestId
from bot.store.errors import OvertakenError
from bot.store.requests import Requests
from bot.transitions import Transitions


async def supersede(request: Request, store: Requests, transitions: Transitions) -> None:
    """Makes the older cards of its sequences say so. Doing it again changes nothing.

    Raises:
        StoreAwayError: Redis is away.
    """
    if request.order.watch:  # it renders nothing that would replace what they show
        return
    others = await _cards(request, store)
    for older in others:
        await _fade(older, request.id, store, transitions)
    # Last: until here the older cards can still be found, if we are killed in between.
    await store.own_cards(request)
    for older in others:
        # Whose card was about to be closed before may not have found out by itself.
        await _fade(older, request.id, store, transitions)


async def superseded_by(request: Request, store: Requests) -> RequestId | None:
    """Returns the newer request that took over one of its sequences while it ran, if one did.

    Raises:
        StoreAwayError: Redis is away.
    """
    # What was not sent has not taken the place of an older one, which has that of its card.
    if request.order.watch or request.sent_at is None:
        return None
    return next(iter(await _cards(request, store)), None)


async def _cards(request: Request, store: Requests) -> list[RequestId]:
    sequences = [each.sequence for each in request.generations]
    found = await store.cards(request.order.video, sequences)
    return [each for each in found if each != request.id]


async def _fade(
    older_id: RequestId, newer: RequestId, store: Requests, transitions: Transitions
) -> None:
    """Makes an older card say so, unless it is yet to be posted: then that finds out by itself.

    Whoever posts it could not write down that it stands, had we written to it meanwhile.
    """
    while (older := await store.load(older_id)) is not None:
        if older.reply is None or older.superseded_by == newer:
            return
        with contextlib.suppress(OvertakenError):
            await transitions.apply(older, events.Superseded(newer))
            return
