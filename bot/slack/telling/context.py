"""Bundles what every part of telling works with."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.errors import UserError
from bot.domain.request import Request
from bot.slack.answering.access import Access
from bot.slack.answering.languages import Languages
from bot.slack.connection.web_api import WebApi
from bot.store.requests import Requests
from bot.transitions import Transitions


class OpenForms(Protocol):
    """Forms that stay open until the image in them was looked at."""

    async def tell(self, request: Request, problem: UserError) -> bool:
        """Returns whether the problem was said in the form in which they asked.

        Raises:
            SlackError: not now, or nobody knows.
        """

    async def started(self, request: Request) -> None:
        """Says in it that the request has started. It never raises SlackError."""


@dataclass(frozen=True, slots=True)
class TellingContext:
    """Holds what every part of telling works with."""

    slack: WebApi
    store: Requests
    transitions: Transitions
    languages: Languages
    access: Access
    forms: OpenForms

    def reload(self, request: Request) -> Awaitable[Request]:
        """Returns the request as it is written down now."""
        return _reloaded(self.store, request)


async def _reloaded(store: Requests, request: Request) -> Request:
    return await store.load(request.id) or request
