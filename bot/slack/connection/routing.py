"""Defines a route: an id under which Slack delivers, and the listener that answers."""

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.connection.under_way import Listener


class RouteKind(StrEnum):
    """What Slack delivers, named as Bolt's method that registers a listener for it."""

    ACTION = "action"
    COMMAND = "command"
    EVENT = "event"
    OPTIONS = "options"
    SHORTCUT = "shortcut"
    VIEW = "view_submission"
    VIEW_CLOSED = "view_closed"


@dataclass(frozen=True, slots=True)
class Route:
    """Says which listener answers what Slack delivers under an id.

    Attributes:
        kind: the kind of delivery.
        id: an action_id, a callback_id, a command or an event's name; None for every other one.
        listener: answers it.
    """

    kind: RouteKind
    id: str | None
    listener: Listener
