"""What can come of a call to IACrea, told apart by what happened to the credits.

    IACreaError
    ├── NothingSpent         this call spent nothing, surely
    │   ├── NotSent          IACrea could not be reached
    │   ├── Refused          IACrea said no
    │   │   ├── BadRequest   400
    │   │   ├── Unauthorised 401, 403
    │   │   ├── NoCredits    402
    │   │   ├── NotFound     404
    │   │   └── RateLimited  429
    │   └── Unavailable      a question was not answered readably; questions spend nothing
    └── Unanswered           a regeneration was sent, and no readable answer came

Errors carry facts and never the key. `detail` is at most 300 printable characters: IACrea's own
words where it sent any, else what happened to the connection.
"""

from dataclasses import dataclass

from bot.network import Cause


class IACreaError(Exception):
    """A call to IACrea that brought no result."""

    def __str__(self) -> str:
        """Names every fact, also those that were given by keyword."""
        return repr(self)


class NothingSpentError(IACreaError):
    """Whatever went wrong, this call spent no credits."""


@dataclass(eq=False)
class NotSentError(NothingSpentError):
    """IACrea could not be reached, so nothing was sent; trying again is safe.

    Attributes:
        cause: what is to be mended, where that is known.
    """

    detail: str = ""
    cause: Cause | None = None


@dataclass(eq=False)
class RefusedError(NothingSpentError):
    """IACrea said no, with a 4xx."""

    status: int
    detail: str = ""


@dataclass(eq=False)
class BadRequestError(RefusedError):
    """400: the video's or the sequence's id is invalid, or the effect or image is."""


@dataclass(eq=False)
class UnauthorisedError(RefusedError):
    """401 or 403: the key is missing, wrong or not allowed to do this."""


@dataclass(eq=False)
class NoCreditsError(RefusedError):
    """402: the account has not enough credits."""


@dataclass(eq=False)
class NotFoundError(RefusedError):
    """404: no such video, or no such sequence in it."""


@dataclass(eq=False)
class RateLimitedError(RefusedError):
    """429: not accepted now.

    Attributes:
        retry_after: seconds to wait, from 0 to 3,600, if IACrea said so.
    """

    retry_after: float | None = None


@dataclass(eq=False)
class UnavailableError(NothingSpentError):
    """A question (a GET, or the balance) that was not answered readably.

    Attributes:
        status: the HTTP status, if there was one.
    """

    status: int | None = None
    detail: str = ""


@dataclass(eq=False)
class UnansweredError(IACreaError):
    """A regeneration was sent, and no readable answer came: credits may have been spent.

    Attributes:
        status: the HTTP status, if there was one.
    """

    status: int | None = None
    detail: str = ""
