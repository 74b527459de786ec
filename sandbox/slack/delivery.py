"""What is delivered to the app, and what came of it; values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sandbox.slack.records import JSON

ACK_SECONDS = 3.0
"""Slack waits this long for an acknowledgement: interactivity/implementing-slash-commands."""

OPERATION_TIMEOUT = "operation_timeout"
DISPATCH_FAILED = "dispatch_failed"
INVALID_OPTIONS = "invalid_options"
"""Not Slack's: a person only sees that an external select has nothing to offer."""


class Kind(StrEnum):
    """The kinds of payload, by the `type` of their Socket Mode envelope."""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


@dataclass(frozen=True, slots=True)
class Payload:
    """Something that Slack tells the app.

    Attributes:
        kind: how it is delivered: as a command, an interaction or an event.
        body: the JSON itself.
        accepts_response: whether the acknowledgement may carry an answer.
    """

    kind: Kind
    body: JSON
    accepts_response: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which try this is; only events are tried again, and then they say why."""

    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered.

    Attributes:
        status: of its HTTP response; 200 for an envelope that was acknowledged; None where
            nothing came.
        body: what the acknowledgement carried.
        error: `operation_timeout` or `dispatch_failed`, as the user is told; `invalid_options`
            where an external select can show nothing of the answer.
        retry: whether Slack may try an event again.
    """

    status: int | None = None
    body: JSON | None = None
    error: str | None = None
    retry: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """A person's action, as it reached the app.

    Attributes:
        latency: seconds until the acknowledgement, or until it was given up.
        repeats: the further deliveries that `faults.deliver_twice` made of the same action.
    """

    sent: Payload
    answer: Answer
    latency: float
    repeats: tuple["Delivery", ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged it in time."""
        return self.answer.error is None

    @property
    def ack(self) -> JSON | None:
        """What the acknowledgement carried."""
        return self.answer.body

    @property
    def status(self) -> int | None:
        """The HTTP status; 200 for an acknowledged envelope, None where nothing came."""
        return self.answer.status

    @property
    def error(self) -> str | None:
        """What the person is told where it failed."""
        return self.answer.error

    @property
    def payload(self) -> dict[str, Any]:
        """What the app got."""
        return self.sent.body
