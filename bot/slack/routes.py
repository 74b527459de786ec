"""Tells Bolt who answers what. Each surface names its own ids, in `routes()`."""

import re
from collections.abc import Iterable
from typing import Protocol

from slack_bolt.async_app import AsyncApp

from bot.slack.connection.routing import Route
from bot.slack.connection.under_way import UnderWay

_ANY = re.compile("")


class Surface(Protocol):
    """Stands for something that people see and act on: the command, the form, a Home tab."""

    def routes(self) -> tuple[Route, ...]:
        """Returns a route for each id that Slack may send from there."""


def register(app: AsyncApp, under_way: UnderWay, surfaces: Iterable[Surface]) -> None:
    """Registers every listener, each in `under_way`'s care.

    Bolt takes the first one that fits, so those that take every other id come last.
    """
    routes = [route for surface in surfaces for route in surface.routes()]
    for route in sorted(routes, key=lambda each: each.id is None):
        listen_to = getattr(app, route.kind)
        listen_to(_ANY if route.id is None else route.id)(under_way.tracked(route.listener))
