"""Asks people whose request Slack had given up whether to start it all the same."""

import asyncio
from dataclasses import replace

from bot.domain.errors import AskFirst
from bot.domain.estimate import Estimate
from bot.domain.repetition import wanted
from bot.domain.request import Reason, Request
from bot.slack.answering import privately
from bot.slack.answering.access import Access
from bot.slack.answering.languages import Languages
from bot.slack.answering.late_question import question
from bot.slack.answering.others_requests import OthersRequests
from bot.slack.connection.web_api import WebApi
from bot.store.errors import StoreAwayError
from bot.store.repetition import started_since
from bot.store.stores import Stores

_LOOK = 1.0
"""Seconds to look for what was started since. Not more: a yes is checked again anyway."""


class LateDeliveries:
    """Answers deliveries that came when Slack had given them up."""

    def __init__(self, slack: WebApi, languages: Languages, stores: Stores, access: Access) -> None:
        self._slack = slack
        self._languages = languages
        self._store = stores.requests
        self._estimates = stores.estimates
        self._others = OthersRequests(stores.requests, access)

    async def ask(self, request: Request) -> None:
        """Asks in private, and says what was started since: people who see an error ask again."""
        texts = await self._languages.of(request.origin.user)
        try:
            async with asyncio.timeout(_LOOK):
                asked, repeated, estimate = await self._looked(request)
        except (StoreAwayError, TimeoutError):
            asked, repeated, estimate = request, None, Estimate()
        await privately.answer(
            self._slack, request.origin, question(asked, texts, repeated, estimate)
        )

    async def _looked(self, request: Request) -> tuple[Request, AskFirst | None, Estimate]:
        """Returns the request as its person knows it now, what was started since, and its cost."""
        now, order = self._store.now(), request.order
        meant = replace(order, video=order.instead or order.video)
        found = wanted(order, await started_since(self._store, meant))
        if not found:
            return request, None, Estimate()
        started = len({generation.sequence for each in found for generation in each.generations})
        again = AskFirst((Reason.REPEATED.value,), (), repeated=started, request=found[0].request)
        told = await self._others.repeated(again, request.origin)
        estimate = Estimate(cost=(await self._estimates.current()).cost)
        # The question tells of these, so a yes to it knows of all that was started until now.
        return replace(request, order=replace(order, since=now)), told, estimate
