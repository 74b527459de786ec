"""Works out from a request what its write tells `save.lua`. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.domain import ledger
from bot.domain.repetition import NEVER_SENT
from bot.domain.request import Request, State
from bot.domain.take import Take, takes
from bot.domain.video import SequenceId, VideoId
from bot.store.lua import Keys
from bot.store.records import KEPT, encode, encode_entry, encode_take

TAKES = "takes"
"""The key that holds every take, by its name."""
TAKES_AT = "takes-at"
"""The key that holds their names by the time at which they were sent."""
CLOCK = "clock"
"""The key that holds the time at which a due time was given last."""
LISTED = 200
"""How many requests each list keeps, the newest ones."""
LEDGER_KEPT = 400 * 24 * 3600
"""Seconds for which a month's ledger is kept, so that it can be compared a year later."""
MOST_TAKES = 20_000
"""Takes that are kept, the newest ones; each is one or two KB with its links, ten at the worst."""
MOST_OF_SEQUENCE = 50
"""Takes of a sequence that are listed, the newest ones; of the others the export tells."""
HELD = 20.0
"""Seconds for which a video is not polled while a request from its line is sent: for longer than a
POST belongs to its process, `regenerate.SEND_LEASE`."""
LONGEST_WAIT = 600.0
"""Seconds from now within which every step and notice is due. What has longer to wait is looked at
in between, so that a clock that was put back unseen cannot leave anything behind."""


def takes_of(video: VideoId, sequence: SequenceId) -> str:
    """Returns the key that lists the takes of a sequence."""
    return f"takes-of:{video}:{sequence}"


class Slots(StrEnum):
    """A sequence has one slot, for the request that regenerates it.

    It is taken with the check; later another request may take it over, where its person agreed.
    """

    TAKE = "take"
    KEEP = "keep"
    FREE = "free"


class Polls(StrEnum):
    """Whether a request waits on its video, and what that makes of the polls of it.

    One from the line does so while it is sent, too, so that the next one in line sees that its
    turn has come. No poll drives the video on meanwhile: if the answer to the POST is lost, what
    the video shows next has to tell whether it landed.
    """

    NONE = "none"  # it does not
    AS_DUE = "as due"
    SOONER = "sooner"  # and they go on where they were held
    HELD = "held"
    RESUMED = "resumed"  # it does not, and they go on for the others


@dataclass(frozen=True, slots=True)
class Places:
    """Where a request stands in the queues.

    Attributes:
        step: seconds until its step is due; None when none is.
        notice: seconds until something is to be told; None when nothing is.
        polls: what becomes of its video's polls.
        slots: what becomes of its sequences' slots.
    """

    step: float | None
    notice: float | None
    polls: Polls
    slots: Slots


def places(request: Request, *, now: float, after: float) -> Places:
    """Returns where the request stands at `now`; its next step is due `after` seconds later."""
    step: float | None = None
    if request.state in {State.ACCEPTED, State.ANNOUNCED, State.SUBMITTING}:
        step = after
    elif request.state in {State.IN_LINE, State.PENDING} and request.deadline is not None:
        step = max(after, request.deadline - now)
    return Places(
        step=None if step is None else min(step, LONGEST_WAIT),
        notice=min(after, LONGEST_WAIT) if request.notice is not None else None,
        polls=_polls(request),
        slots=_slots(request),
    )


def _polls(request: Request) -> Polls:
    waited = request.order.after_render
    if request.state in {State.IN_LINE, State.PENDING}:
        return Polls.SOONER if waited else Polls.AS_DUE
    if request.state in {State.ANNOUNCED, State.SUBMITTING} and waited:
        return Polls.HELD
    return Polls.RESUMED if waited else Polls.NONE


def _slots(request: Request) -> Slots:
    if request.ended:
        return Slots.FREE
    return Slots.TAKE if request.state is State.CHECKED else Slots.KEEP


@dataclass(frozen=True, slots=True)
class Write:
    """One write of a request.

    Attributes:
        read_at: the version that it was read at, 0 if it is new; or the whole record as it was.
        jitter: seconds until the first poll of its video.
        limit: sequences that one person may start within an hour, if there is a limit.
        refuse_after: Unix time in seconds after which Redis does not write it any more.
        kept: seconds until it is forgotten, once it has ended.
        workspace: the address of the workspace in which its people are told, if that is known.
    """

    request: Request
    places: Places
    read_at: int | str
    jitter: float
    limit: int | None = None
    refuse_after: float | None = None
    kept: int = KEPT
    workspace: str | None = None

    def keys(self, prefix: str) -> Keys:
        """Returns `keys` of `save.lua`, but for the queues, which are the same for all."""
        origin, video = self.request.origin, self.request.order.video
        months = [ledger.month(entry.at) for entry in ledger.entries(self.request)]
        lists = ("", f"-in:{origin.channel}", f"-by:{origin.user}", f"-on:{video}")
        running = [f"{video}:{each.sequence}" for each in self.request.generations]
        return {
            "record": f"{prefix}request:{self.request.id}",
            "steps": f"{prefix}steps",
            "notices": f"{prefix}notices",
            "polls": f"{prefix}polls",
            "waiting": f"{prefix}waiting:{video}",
            "following": f"{prefix}following:{video}",
            "lists": [f"{prefix}requests{each}" for each in lists],
            "hour": f"{prefix}hour:{origin.user}",
            "clock": f"{prefix}{CLOCK}",
            "slots": [f"{prefix}running:{each}" for each in running],
            "ledgers": [f"{prefix}ledger:{each}" for each in months],
            "sums": [f"{prefix}spent:{each}" for each in months],
            "takes": f"{prefix}{TAKES}",
            "takes_at": f"{prefix}{TAKES_AT}",
            "takes_of": [
                f"{prefix}{takes_of(video, each.entry.sequence)}" for each in self._takes()
            ],
        }

    def given(self) -> dict[str, Any]:
        """Returns `given` of `save.lua`."""
        request, at = self.request, self.places
        return {
            "id": request.id,
            "text": encode(request),
            "read_at": str(self.read_at),
            # Never before it was told, however long Slack is away.
            "expires": self.kept if request.state in {State.TOLD, State.ABANDONED} else None,
            "step": at.step,
            "notice": at.notice,
            "video": request.order.video,
            "polls": at.polls,
            "first_poll": HELD if at.polls is Polls.HELD else self.jitter,
            "state": request.state,
            "slot": at.slots,
            "over": request.order.over or None,
            "refuse_after": self.refuse_after,
            "asked_at": request.origin.at if request.generations else None,  # not before the check
            "most_listed": LISTED,
            "listed_for": KEPT,
            **self._hour(),
            "limit": self.limit,
            "entries": self._entries(),
            "user": request.origin.user,
            "entries_kept": LEDGER_KEPT,
            "ended": [
                {"name": each.name, "text": encode_take(each), "at": each.entry.at}
                for each in self._takes()
            ],
            "most_takes": MOST_TAKES,
            "most_of_sequence": MOST_OF_SEQUENCE,
        }

    def _hour(self) -> dict[str, list[str] | None]:
        """Returns what becomes of its sequences among those that count towards the hourly limit.

        They count from the check on, or from when they are sent where they waited for a render.
        """
        counts = self.limit is not None and not self.request.order.watch
        waits = self.request.order.after_render
        count = release = None
        if counts and self.request.state is (State.SUBMITTING if waits else State.CHECKED):
            count = [self._member(each.sequence) for each in self.request.generations]
        elif counts and (self.request.ended or (waits and self.request.state is State.ANNOUNCED)):
            # They make room for others; one that goes back in line counts anew when it is sent.
            unsent = [each for each in self.request.generations if each.state in NEVER_SENT]
            release = [self._member(each.sequence) for each in unsent]
        return {"count": count, "release": release}

    def _entries(self) -> list[dict[str, Any]]:
        return [
            {"field": self._member(entry.sequence), "text": encode_entry(entry)}
            | ({} if entry.credits is None else {"credits": entry.credits})
            for entry in ledger.entries(self.request)
        ]

    def _takes(self) -> list[Take]:
        return [replace(each, workspace=self.workspace) for each in takes(self.request)]

    def _member(self, sequence: str) -> str:
        return f"{self.request.id}:{sequence}"
