"""What the failures of a call to Slack mean for whether it happened."""

from collections.abc import Mapping
from typing import Any


class SlackError(Exception):
    """A call to Slack that did not succeed."""


class SlackRefusedError(SlackError):
    """Slack said no; nothing happened.

    Attributes:
        reason: its error's name.
        answer: all that it answered, with what it found where.
    """

    def __init__(self, reason: str, answer: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer or {}


class SlackBusyError(SlackError):
    """Slack wants fewer calls, or would soon; nothing happened.

    Attributes:
        retry_after: seconds after which to try again.
        of: which of the bot's own budgets has no room; empty where Slack has said so.
    """

    def __init__(self, retry_after: float, of: str = "") -> None:
        super().__init__(f"for {retry_after:g} s")
        self.retry_after = retry_after
        self.of = of


class SlackUnavailableError(SlackError):
    """Slack refuses everything of this workspace for a while; nothing happened.

    `reason` is its error's name.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SlackUnauthorisedError(SlackError):
    """Slack does not take the bot's token, now or any more; nothing happened."""


class SlackUnreachedError(SlackError):
    """The call was surely not sent."""


class SlackUnclearError(SlackError):
    """Slack was in trouble over the call: it may have happened."""


class SlackLostError(SlackUnclearError):
    """The call was sent, and its answer was lost on the way: it has happened, most likely."""
