"""Bodies to IACrea, and every reading of its answers. Pure.

Source of all field names: the vendor's reference pages ("Regenerate Sequence API" and those of the
track and credit endpoints). Where they leave a point open, each reading is accepted; what cannot be
read is left out, not guessed.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from bot.domain.video import (
    Receipt,
    Sequence,
    SequenceId,
    SequenceStatus,
    Video,
    VideoId,
    VideoStatus,
)
from bot.iacrea.errors import (
    BadRequestError,
    IACreaError,
    NoCreditsError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    UnansweredError,
    UnauthorisedError,
    UnavailableError,
)

DETAIL_LENGTH = 300
MOST_SEQUENCES = 2000
"""Of a video; each is kept, shown and compared."""
MOST_VALUES = 100_000
"""Of an answer, fields and entries together: each becomes an object in memory. They are counted by
the signs that separate them, so that an answer of nothing else is never read."""
_SEPARATORS = (b",", b"{", b"[")
LONGEST_PAUSE = 3600.0
"""Seconds; a longer `Retry-After` is a mistake that would silence the bot for good."""

# Ids travel in Slack's buttons, whose value holds 2,000 characters; documented ones have 36.
_ID_LENGTH = 200
_WORD_LENGTH = 100
# Slack's limit for an image or a button's URL (docs.slack.dev, Block Kit reference).
_URL_LENGTH = 3000

_REFUSALS: dict[int, type[RefusedError]] = {
    HTTPStatus.BAD_REQUEST: BadRequestError,
    HTTPStatus.UNAUTHORIZED: UnauthorisedError,
    HTTPStatus.PAYMENT_REQUIRED: NoCreditsError,
    HTTPStatus.FORBIDDEN: UnauthorisedError,
    HTTPStatus.NOT_FOUND: NotFoundError,
}
_VIDEO_STATUSES = frozenset(VideoStatus)
_SEQUENCE_STATUSES = frozenset(SequenceStatus)
_HTTP_URL = re.compile(r"https?://[^\s/]")
_FINAL_URL = ("url", "videoUrl", "video_url")
_WORDS = ("message", "error")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came.

    Attributes:
        headers: with names in lower case.
        content: decompressed; perhaps not all of it, if it was too long.
        at: when it came, Unix seconds.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    at: float


def regenerate_body(
    sequence: SequenceId, *, effect: str | None = None, image: str | None = None
) -> dict[str, Any]:
    """Returns the body of a regeneration. What is None is left out, which keeps the original."""
    changes = {"url": image, "effect": effect}
    wanted = {name: value for name, value in changes.items() if value is not None}
    return {"sequenceId": sequence} | ({"sequence": wanted} if wanted else {})


def balance_body(user: str) -> dict[str, Any]:
    """Returns the body of a question for the balance; `user` is the account's id."""
    return {"user_id": user}


def receipt(answer: Answer) -> Receipt:
    """Reads the answer to a regeneration.

    Raises:
        RefusedError: IACrea said no; nothing was spent.
        UnansweredError: it cannot be read, so credits may have been spent.
    """
    body = _decipher(answer, UnansweredError)
    read = Receipt(
        generation=_identifier(body.get("generationId")),
        credits_left=_number(body.get("creditsTotal")),
        credits_used=_number(body.get("creditsUsed")),
    )
    # Any of the three confirms it; an answer with none may be a proxy's, and tells nothing.
    started = body.get("status") == "START_GENERATION"
    if not started and read.generation is None and read.credits_used is None:
        raise UnansweredError(answer.status, _words(body) or "an answer that confirms nothing")
    return read


def video(answer: Answer, asked: VideoId) -> Video:
    """Reads the answer about the video that was `asked` for.

    A status that is not documented is kept as text.

    Raises:
        RefusedError: IACrea said no.
        UnavailableError: it cannot be read.
    """
    body = _decipher(answer, UnavailableError)
    status = _word(body.get("status"))
    if status is None:
        raise UnavailableError(answer.status, _words(body) or "an answer without a status")
    content = body.get("generatedContent")
    if isinstance(content, list) and len(content) > MOST_SEQUENCES:
        raise UnavailableError(answer.status, f"more than {MOST_SEQUENCES} sequences")
    return Video(
        id=asked,
        # The reference itself writes "pending" in one place and PENDING in another.
        status=status.upper() if status.upper() in _VIDEO_STATUSES else status,
        sequences=tuple(map(_sequence, content)) if isinstance(content, list) else None,
        progress=_progress(body.get("progress")),
        url=next(filter(None, (_url(body.get(name)) for name in _FINAL_URL)), None),
        message=_words(body),
        credits_left=_number(body.get("creditsTotal")),
    )


def balance(answer: Answer) -> float:
    """Reads the credits of the account, of either purse, from the answer to a question for them.

    Raises:
        RefusedError: IACrea said no.
        UnavailableError: it cannot be read.
    """
    body = _decipher(answer, UnavailableError)
    total = _number(body.get("total"))
    if total is None:
        raise UnavailableError(answer.status, _words(body) or "an answer without a total")
    return total


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Reads how many seconds `Retry-After` asks to wait: 0 to LONGEST_PAUSE, None if unreadable.

    It holds seconds or a date (RFC 9110, 10.2.3). A date counts from the server's own `Date`, as
    its clock may differ from ours, which showed `now` (Unix seconds).
    """
    value = headers.get("retry-after", "")
    seconds = _number(value)
    if seconds is None:
        until, sent = _timestamp(value), _timestamp(headers.get("date", ""))
        if until is None:
            return None
        seconds = until - (now if sent is None else sent)
    return min(max(seconds, 0.0), LONGEST_PAUSE)


def printable(text: str) -> str:
    """Returns the text on one line, without control characters, cut to DETAIL_LENGTH."""
    # Cut first, too: what cannot be shown is not worth walking through.
    head = text[: 10 * DETAIL_LENGTH]
    if not head.isprintable():
        head = "".join(character if character.isprintable() else " " for character in head)
    return " ".join(head.split())[:DETAIL_LENGTH]


def _decipher(
    answer: Answer, unreadable: Callable[[int | None, str], IACreaError]
) -> dict[str, Any]:
    """Returns the JSON object of an answer, if it is one of success."""
    body = _json(answer.content)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise _error(answer, body, unreadable)
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise unreadable(answer.status, "a redirect, which is not followed")
    if not isinstance(body, dict):
        raise unreadable(answer.status, _explanation(answer.content, body) or "not a JSON object")
    return body


def _error(
    answer: Answer, body: Any, unreadable: Callable[[int | None, str], IACreaError]
) -> IACreaError:
    detail = _explanation(answer.content, body)
    status = answer.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimitedError(status, detail, retry_after(answer.headers, answer.at))
    # 408 comes from gateways too, which may have passed the request on.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return unreadable(status, detail)
    return _REFUSALS.get(status, RefusedError)(status, detail)


def _explanation(content: bytes, body: Any) -> str:
    """Returns IACrea's own words: `message`, `error` or plain text, but no proxy's HTML page."""
    if isinstance(body, dict):
        return _words(body) or ""
    text = body if isinstance(body, str) else content[: 4 * DETAIL_LENGTH].decode(errors="replace")
    return "" if text.lstrip().startswith("<") else printable(text)


def _words(body: dict[str, Any]) -> str | None:
    for name in _WORDS:
        value = body.get(name)
        inner = value.get("message") if isinstance(value, dict) else value
        if isinstance(inner, str) and printable(inner):
            return printable(inner)
    return None


def _json(content: bytes) -> Any:
    if sum(map(content.count, _SEPARATORS)) > MOST_VALUES:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _sequence(entry: Any) -> Sequence:
    """Reads one entry. An unreadable one keeps its place, since people count by position."""
    fields = entry if isinstance(entry, dict) else {}
    status = _word(fields.get("status")) or ""
    return Sequence(
        id=SequenceId(_identifier(fields.get("id")) or ""),
        status=status.lower() if status.lower() in _SEQUENCE_STATUSES else status,
        effect=_word(fields.get("effect")),
        url=_url(fields.get("url")),
        category=_word(fields.get("category")),
        text=_sentence(fields.get("text")),
        format=_word(fields.get("format")),
    )


def _progress(value: Any) -> float | None:
    """Reads progress as 0 to 1. The reference leaves open whether IACrea counts to 1 or to 100."""
    number = _number(value)
    if number is None:
        return None
    return min(max(number if number <= 1 else number / 100, 0.0), 1.0)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _identifier(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**_WORD_LENGTH else ""
    if not isinstance(value, str) or not 0 < len(value) <= _ID_LENGTH:
        return None
    return value if value.isprintable() else None


def _word(value: Any) -> str | None:
    return (printable(value)[:_WORD_LENGTH] or None) if isinstance(value, str) else None


def _sentence(value: Any) -> str | None:
    return (printable(value) or None) if isinstance(value, str) else None


def _url(value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > _URL_LENGTH or not value.isprintable():
        return None
    return value if _HTTP_URL.match(value) and " " not in value else None


def _timestamp(value: str) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
