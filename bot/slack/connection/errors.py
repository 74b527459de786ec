"""Tells failed calls to Slack apart by whether they may have happened all the same."""

from collections.abc import Mapping
from typing import Any


class SlackError(Exception):
    """A call to Slack did not succeed."""


class SlackRefusedError(SlackError):
    """Slack said no; nothing happened.

    Attributes:
        reason: the name of Slack's error.
        answer: Slack's whole answer, which says where it found what.
    """

    def __init__(self, reason: str, answer: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer or {}


class SlackBusyError(SlackError):
    """Slack asks for fewer calls, or our own budget is used up; nothing happened.

    Attributes:
        retry_after: seconds after which to try again.
        of: which of our budgets is used up; empty if Slack itself said so.
    """

    def __init__(self, retry_after: float, of: str = "") -> None:
        super().__init__(f"for {retry_after:g} s")
        self.retry_after = retry_after
        self.of = of


class SlackUnavailableError(SlackError):
    """Slack refuses every call of this workspace for a while; nothing happened.

    `reason` is the name of Slack's error.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SlackUnauthorisedError(SlackError):
    """Slack does not accept the bot's token, for now or for good; nothing happened."""


class SlackUnreachedError(SlackError):
    """The call was surely not sent."""


class SlackUnclearError(SlackError):
    """Slack had an error of its own during the call, which may have happened."""


class SlackLostError(SlackUnclearError):
    """The call was sent and its answer was lost, so that it has happened most likely."""
