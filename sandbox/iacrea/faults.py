"""What goes wrong on request: faults that tests queue up, each used by one request."""

import json
from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeAlias

_OK = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What is about to be sent; without a `status` the connection is dropped instead."""

    status: int | None
    text: str = ""
    content_type: str = "application/json"
    retry_after: str | None = None
    effective: bool = False


class Garbage(StrEnum):
    """Ways in which a body can be unreadable."""

    TRUNCATED = "JSON that ends in the middle"
    HTML = "a proxy's page"
    EMPTY = "nothing at all"
    WRONG_TYPES = "the right fields with values of other types"
    NONSENSE = "JSON which is no object"


@dataclass(frozen=True, slots=True)
class Lost:
    """The request takes effect, and the connection is dropped without an answer."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection is dropped before the request takes effect."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An error status.

    Attributes:
        status: 400, 401, 402, 404, 429, 500, 503, or any other.
        retry_after: the `Retry-After` header: seconds or an HTTP date; None leaves it out.
        effective: whether the request takes effect all the same.
    """

    status: int
    retry_after: float | str | None = None
    effective: bool = False


@dataclass(frozen=True, slots=True)
class Garbled:
    """The request takes effect, and the answer to it, status 200, cannot be read.

    An answer that is an error stays one.
    """

    how: Garbage


@dataclass(frozen=True, slots=True)
class Slow:
    """The request takes effect at once and is answered `seconds` later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class UnknownStatus:
    """A GET drives as ever and answers with a video status that no reference names."""

    status: str = "UPSCALING_VIDEO"


Fault: TypeAlias = Lost | Dropped | Answered | Garbled | Slow | UnknownStatus
Queue: TypeAlias = deque[Fault | None]


@dataclass(slots=True)
class Faults:
    """Set by tests, and used up: each request takes the first fault of its queue.

    None in a queue lets one request pass: `faults.gets += [None, Answered(500)]` breaks the second.

    Attributes:
        posts: what the next regenerations meet.
        gets: what the next GETs of a video meet, whichever video it is.
        auto_gets: the same for the GET of auto videos.
        balances: what the next questions for the balance meet.
        stale_gets: so many GETs of videos that were regenerated still answer what was true before
            the newest regeneration, and drive nothing (a read replica that lags behind).
        delay: seconds by which every answer comes later; stays until it is set back to 0.
    """

    posts: Queue = field(default_factory=deque)
    gets: Queue = field(default_factory=deque)
    auto_gets: Queue = field(default_factory=deque)
    balances: Queue = field(default_factory=deque)
    stale_gets: int = 0
    delay: float = 0.0


def instead(fault: Fault | None, explanation: tuple[str, str]) -> Answer | None:
    """Returns the answer of a fault that keeps a request from taking effect; None for others.

    Args:
        fault: what the request meets.
        explanation: content type and body of an error, as the variant has it.
    """
    match fault:
        case Dropped():
            return Answer(None)
        case Answered(effective=False):
            return _error(fault, explanation)
        case _:
            return None


def distorted(answer: Answer, fault: Fault | None, explanation: tuple[str, str]) -> Answer:
    """Returns what the fault makes of the answer to a request that took effect."""
    match fault:
        case Lost():
            return replace(answer, status=None)
        case Answered():
            return replace(_error(fault, explanation), effective=answer.effective)
        case Garbled(how) if answer.status == _OK:
            return _garbled(answer, how)
        case UnknownStatus(status) if answer.status == _OK:
            return replace(answer, text=json.dumps(json.loads(answer.text) | {"status": status}))
        case _:
            return answer


def _error(fault: Answered, explanation: tuple[str, str]) -> Answer:
    content_type, text = explanation
    after = None if fault.retry_after is None else str(fault.retry_after)
    return Answer(fault.status, text, content_type, retry_after=after)


def _garbled(answer: Answer, how: Garbage) -> Answer:
    match how:
        case Garbage.TRUNCATED:
            return replace(answer, text=answer.text[: len(answer.text) // 2])
        case Garbage.HTML:
            page = "<!doctype html><title>502 Bad Gateway</title>"
            return replace(answer, text=page, content_type="text/html")
        case Garbage.EMPTY:
            return replace(answer, text="")
        case Garbage.WRONG_TYPES:
            wrong = {key: _other(value) for key, value in json.loads(answer.text).items()}
            return replace(answer, text=json.dumps(wrong))
        case Garbage.NONSENSE:
            return replace(answer, text=json.dumps([None, 17, "ok"]))


def _other(value: Any) -> Any:
    match value:
        case list():
            return {"0": value}
        case str():
            return [value]
        case _:
            return {"value": value}
