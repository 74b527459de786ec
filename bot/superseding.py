"""Makes older requests on the same sequences say that a newer one has taken their place."""

import contextlib

from bot.domain import events
from bot.domain.request import Request
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
    sequences = [each.sequence for each in request.generations]
    for older_id in await store.cards(request.order.video, sequences):
        older = None if older_id == request.id else await store.load(older_id)
        if older is not None and older.ended:
            with contextlib.suppress(OvertakenError):
                await transitions.apply(older, events.Superseded(request.id))
    # Last: until here the older cards can still be found, if we are killed in between.
    await store.own_cards(request)
