"""Requests, videos and what happens to them: plain ones, plus whatever an example is about."""

from typing import Any

from bot.domain import events
from bot.domain.generation import advance
from bot.domain.moment import Moment
from bot.domain.request import Asked, Pick, Reason, Request, State, Take, TakeState, Wish
from bot.domain.video import Sequence, Video

NOW = 1_700_000_000.0
EVERYTHING = tuple(Reason)
ALL_WELL = ("success",) * 5


def a_wish(*positions: int, **changes: Any) -> Wish:
    """For sequence 2, and agreed to whatever is asked."""
    fields: dict[str, Any] = {"pick": Pick(positions or (2,)), "agreed": EVERYTHING}
    return Wish("video-1", **fields | changes)


def a_take(position: int = 2, state: TakeState = TakeState.WAITING, **changes: Any) -> Take:
    """Successful before, and sent at NOW unless it waits."""
    sent_at = None if state is TakeState.WAITING else NOW
    fields: dict[str, Any] = {"status": "success", "state": state, "sent_at": sent_at}
    return Take(f"sequence-{position}", position, **fields | changes)


def a_request(state: State = State.ACCEPTED, *takes: Take, **changes: Any) -> Request:
    """By U1 in C1; announced, and watched until half an hour from NOW, once it has come so far."""
    announced = state not in {State.ACCEPTED, State.CHECKED}
    fields: dict[str, Any] = {
        "wish": a_wish(*(take.position for take in takes)),
        "sequences": 5 if takes else 0,
        "video_status": "DONE" if takes else "",
        "message": "1700000000.000100" if announced else None,
        "deadline": NOW + 1800 if state is State.PENDING else None,
        "ended_at": NOW + 90 if state in {State.ENDED, State.TOLD} else None,
    }
    asked = Asked("U1", "C1", at=NOW)
    return Request("request-1", asked, **{"state": state, "takes": takes, **fields, **changes})


def a_sequence(position: int, status: str = "success", **changes: Any) -> Sequence:
    return Sequence(f"sequence-{position}", status, **changes)


def a_video(status: str = "DONE", *statuses: str, **changes: Any) -> Video:
    """Its sequences have these statuses; with none given, its answer shows no sequences."""
    shown = tuple(a_sequence(number, each) for number, each in enumerate(statuses, start=1))
    return Video("video-1", status, **{"sequences": shown or None, **changes})


def seen(status: str, *statuses: str, at: float = NOW, **changes: Any) -> events.Seen:
    """A poll that showed `a_video` like that."""
    return events.Seen(a_video(status, *statuses, **changes), at)


def after(request: Request, *happened: events.Event, now: float = NOW) -> Request:
    """The request when all that has happened, in that order and at that time."""
    for event in happened:
        request = advance(request, event, Moment(now, timeout=1800))
    return request


def states(request: Request) -> list[TakeState]:
    """Those of its sequences."""
    return [take.state for take in request.takes]
