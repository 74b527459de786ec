"""What a write of a request tells `save.lua`: all of it follows from the request. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain import ledger
from bot.domain.repetition import NEVER_SENT
from bot.domain.request import Request, State
from bot.store.records import KEPT, encode, encode_entry

CLOCK = "clock"
"""The key of the time at which a due time was given last."""
LISTED = 200
"""Requests in each list, the newest ones."""
LEDGER_KEPT = 400 * 24 * 3600
"""Seconds for which a month's ledger is kept: a year later it can still be compared."""
LONGEST_WAIT = 600.0
"""Seconds from now within which every step and notice is due. What has longer to wait is looked at
in between, so that not even a clock that was put back unseen leaves anything behind."""


class Slots(StrEnum):
    """A sequence has one slot, for the request that regenerates it.

    It is taken with the check; later another request may take it over, where its person agreed.
    """

    TAKE = "take"
    KEEP = "keep"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a request stands in the sets.

    Attributes:
        step: seconds until its step is due; None when none is.
        notice: seconds until something is to be told; None when nothing is.
        polled: whether it waits on its video.
        slots: what becomes of its sequences' slots.
    """

    step: float | None
    notice: float | None
    polled: bool
    slots: Slots


def places(request: Request, *, now: float, after: float) -> Places:
    """Where the request stands at `now`, its next step being due `after` seconds from then."""
    step: float | None = None
    if request.state in {State.ACCEPTED, State.ANNOUNCED, State.SUBMITTING}:
        step = after
    elif request.state is State.PENDING and request.deadline is not None:
        step = max(after, request.deadline - now)
    return Places(
        step=None if step is None else min(step, LONGEST_WAIT),
        notice=min(after, LONGEST_WAIT) if request.notice is not None else None,
        polled=request.state is State.PENDING,
        slots=_slots(request),
    )


def _slots(request: Request) -> Slots:
    if request.ended:
        return Slots.FREE
    return Slots.TAKE if request.state is State.CHECKED else Slots.KEEP


@dataclass(frozen=True, slots=True)
class Write:
    """One write of a request.

    Attributes:
        read_at: the version it was read at, 0 if it is new; or the whole record as it was.
        jitter: seconds until the first poll of its video.
        limit: sequences that one person may start within an hour, if there is a limit.
        refuse_after: Unix time in seconds after which it is not to be written.
        kept: seconds until it is forgotten, once it has ended.
    """

    request: Request
    places: Places
    read_at: int | str
    jitter: float
    limit: int | None = None
    refuse_after: float | None = None
    kept: int = KEPT

    def key_names(self) -> list[str]:
        """KEYS of `save.lua`, without the prefix."""
        origin, video = self.request.origin, self.request.order.video
        months = (ledger.month(entry.at) for entry in ledger.entries(self.request))
        return [
            f"request:{self.request.id}",
            "steps",
            "notices",
            "polls",
            f"waiting:{video}",
            "requests",
            f"requests-in:{origin.channel}",
            f"requests-by:{origin.user}",
            f"requests-on:{video}",
            f"hour:{origin.user}",
            CLOCK,
            *(f"running:{video}:{each.sequence}" for each in self.request.generations),
            *(key for month in months for key in (f"ledger:{month}", f"spent:{month}")),
        ]

    def arguments(self) -> list[Any]:
        """ARGV of `save.lua`."""
        request, order, at = self.request, self.request.order, self.places
        hour, counted = self._hour()
        return [
            request.id,
            self.read_at,
            encode(request),
            self.kept if request.state in {State.TOLD, State.ABANDONED} else "",
            _or_blank(at.step),
            _or_blank(at.notice),
            order.video,
            self.jitter if at.polled else "",
            at.slots,
            order.over or "",
            _or_blank(self.refuse_after),
            request.origin.at if request.generations else "",  # none before the check
            LISTED,
            KEPT,
            hour,
            _or_blank(self.limit),
            request.origin.user,
            LEDGER_KEPT,
            len(request.generations),
            len(counted),
            *counted,
            *self._entries(),
        ]

    def _hour(self) -> tuple[str, list[str]]:
        """What becomes of its sequences among those that count towards the limit."""
        if self.limit is None or self.request.order.watch:
            return "", []
        if self.request.state is State.CHECKED:
            return "count", [self._member(each.sequence) for each in self.request.generations]
        if self.request.ended:
            unsent = [each for each in self.request.generations if each.state in NEVER_SENT]
            return "release", [self._member(each.sequence) for each in unsent]
        return "", []

    def _entries(self) -> list[Any]:
        return [
            part
            for entry in ledger.entries(self.request)
            for part in (
                self._member(entry.sequence),
                encode_entry(entry),
                _or_blank(entry.credits),
            )
        ]

    def _member(self, sequence: str) -> str:
        return f"{self.request.id}:{sequence}"


def _or_blank(number: float | None) -> float | str:
    return "" if number is None else number
