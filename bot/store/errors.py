"""Defines what can go wrong with what is kept in Redis. Pure."""

from bot.domain.request import RequestId


class StoreError(Exception):
    """Something cannot be read or written; the text says what, for the log."""


class StoreAwayError(StoreError):
    """Redis did not answer, or refused.

    We do not know whether a write happened; the versions of records tell later.

    Attributes:
        reason: a word such as `OOM`, the same for everything that fails for that reason.
    """

    def __init__(self, said: str, reason: str = "") -> None:
        """`said` is a sentence for the log, and the reason as well if no other one is given."""
        super().__init__(said)
        self.reason = reason or said


class OvertakenError(StoreError):
    """Somebody else moved the request on since it was read; there is nothing left to do."""


class SequenceTakenError(StoreError):
    """Another running request holds one of the sequences."""

    def __init__(self, holder: RequestId) -> None:
        """`holder` is that request."""
        super().__init__(f"held by {holder}")
        self.holder = holder


class UnreadableRecordError(StoreError):
    """A record that this release cannot read; its text is not repeated, it may hold a secret."""


class FollowedError(StoreError):
    """The video is followed in that channel already."""

    def __init__(self, holder: RequestId) -> None:
        """`holder` is the follow that is there."""
        super().__init__(f"followed by {holder}")
        self.holder = holder


class TooManyFollowsError(StoreError):
    """As many videos are followed as may be at a time."""
