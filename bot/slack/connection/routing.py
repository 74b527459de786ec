"""A route: what Slack delivers under one id, and the listener that answers it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.connection.under_way import Listener


class RouteKind(StrEnum):
    """What Slack delivers, by the name of the method with which Bolt is told who answers it."""

    ACTION = "action"
    COMMAND = "command"
    EVENT = "event"
    OPTIONS = "options"
    SHORTCUT = "shortcut"
    VIEW = "view_submission"
    VIEW_CLOSED = "view_closed"


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers what Slack delivers under an id.

    Attributes:
        kind: of the delivery.
        id: an action_id, a callback_id, a command or the name of an event; None: every other one.
        listener: answers it.
    """

    kind: RouteKind
    id: str | None
    listener: Listener
