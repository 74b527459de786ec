"""Bundles what every part of telling works with."""

from dataclasses import dataclass

from bot.domain.request import Request
from bot.slack.answering.access import Access
from bot.slack.answering.languages import Languages
from bot.slack.connection.web_api import WebApi
from bot.store.requests import Requests
from bot.transitions import Transitions


@dataclass(frozen=True, slots=True)
class TellingContext:
    """Holds what every part of telling works with."""

    slack: WebApi
    store: Requests
    transitions: Transitions
    languages: Languages
    access: Access

    async def reload(self, request: Request) -> Request:
        """Returns the request as it is written down now."""
        return await self.store.load(request.id) or request
