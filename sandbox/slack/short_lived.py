"""What Slack hands out for a while: trigger ids, response URLs and Socket Mode tickets."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.slack.errors import SlackError
from sandbox.slack.identity import TEAM_ID
from sandbox.slack.records import Message

TRIGGER_SECONDS = 3.0
"""How long a trigger id lives: interactivity/handling-user-interaction on docs.slack.dev."""

RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5
"""A response URL works 5 times within 30 minutes: the same page."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Trigger:
    """The right to open one view; `view` names the modal it was earned in, if any."""

    user: str
    view: str | None
    expires: float


class Triggers:
    """Trigger ids, each good for one view."""

    def __init__(self, clock: Clock) -> None:
        """Takes the clock by which ids lapse, in Unix seconds."""
        self._clock = clock
        self._issued: dict[str, Trigger] = {}
        self._exchanged: set[str] = set()
        self._serial = itertools.count(1)

    def issue(self, user: str, *, view: str | None = None) -> str:
        """Returns a new trigger id, in Slack's form and unlike that of any other workspace."""
        trigger_id = (
            f"{secrets.randbelow(10**13):013d}.{next(self._serial)}.{secrets.token_hex(16)}"
        )
        self._issued[trigger_id] = Trigger(user, view, self._clock() + TRIGGER_SECONDS)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Uses a trigger id up.

        Raises:
            SlackError: it is unknown, used or too old.
        """
        if trigger_id in self._exchanged:
            raise SlackError("exchanged_trigger_id")
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if self._clock() > trigger.expires:
            raise SlackError("expired_trigger_id")
        # Marked and not forgotten: a second use has an error of its own.
        self._exchanged.add(trigger_id)
        return trigger


@dataclass(frozen=True, slots=True)
class ResponseUrl:
    """The right to answer one person in one channel; `source` is the message acted upon."""

    user: str
    channel: str
    source: Message | None
    expires: float


class ResponseUrls:
    """Response URLs, known by the path they have on this server."""

    def __init__(self, clock: Clock) -> None:
        """Takes the clock by which URLs lapse, in Unix seconds."""
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}
        self._uses: dict[str, int] = {}

    def issue(self, user: str, channel: str, source: Message | None = None, kind: str = "") -> str:
        """Returns a new path.

        The paths of commands, actions and modals (`app`) differ as they do at Slack.
        """
        kind = kind or ("commands" if source is None else "actions")
        path = f"/{kind}/{TEAM_ID}/{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        self._issued[path] = ResponseUrl(
            user, channel, source, self._clock() + RESPONSE_URL_SECONDS
        )
        return path

    def look_up(self, path: str) -> ResponseUrl:
        """Tells what a path allows.

        Raises:
            SlackError: it is unknown, lapsed, or was used five times.
        """
        response_url = self._issued.get(path)
        if response_url is None:
            raise SlackError("no_service")
        if self._clock() > response_url.expires:
            raise SlackError("expired_url")
        if self._uses.get(path, 0) >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        return response_url

    def count_use(self, path: str) -> None:
        """Counts an answer that was accepted."""
        self._uses[path] = self._uses.get(path, 0) + 1


class Tickets:
    """One-time tickets for Socket Mode connections."""

    def __init__(self) -> None:
        """Starts with no ticket."""
        self._unused: set[str] = set()

    def issue(self) -> str:
        """Returns a new ticket."""
        ticket = secrets.token_hex(16)
        self._unused.add(ticket)
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Whether the ticket was good; it no longer is."""
        known = ticket in self._unused
        self._unused.discard(ticket)
        return known
