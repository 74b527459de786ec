"""Requests, videos and what happens to them: plain ones, plus whatever an example is about."""

from typing import Any

from bot.domain import events
from bot.domain.lifecycle import advance
from bot.domain.request import (
    Generation,
    GenerationState,
    Order,
    Origin,
    Reason,
    Request,
    Selection,
    State,
)
from bot.domain.timing import Timing
from bot.domain.video import Sequence, Video

NOW = 1_700_000_000.0
EVERYTHING = tuple(Reason)
ALL_WELL = ("success",) * 5


def an_order(*positions: int, **changes: Any) -> Order:
    """For sequence 2, and agreed to whatever is asked."""
    fields: dict[str, Any] = {"selection": Selection(positions or (2,)), "agreed": EVERYTHING}
    return Order("video-1", **fields | changes)


def a_generation(
    position: int = 2, state: GenerationState = GenerationState.WAITING, **changes: Any
) -> Generation:
    """Successful before, and sent at NOW unless it waits."""
    sent_at = None if state is GenerationState.WAITING else NOW
    fields: dict[str, Any] = {"status": "success", "state": state, "sent_at": sent_at}
    return Generation(f"sequence-{position}", position, **fields | changes)


def a_request(state: State = State.ACCEPTED, *generations: Generation, **changes: Any) -> Request:
    """By U1 in C1; announced, and watched until half an hour from NOW, once it has come so far."""
    announced = state not in {State.ACCEPTED, State.CHECKED}
    fields: dict[str, Any] = {
        "order": an_order(*(each.position for each in generations)),
        "sequences": 5 if generations else 0,
        "video_status": "DONE" if generations else "",
        "message": "1700000000.000100" if announced else None,
        "deadline": NOW + 1800 if state is State.PENDING else None,
        "ended_at": NOW + 90 if state in {State.ENDED, State.TOLD} else None,
    }
    origin = Origin("U1", "C1", at=NOW)
    return Request(
        "request-1", origin, **{"state": state, "generations": generations, **fields, **changes}
    )


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
        request = advance(request, event, Timing(now, timeout=1800))
    return request


def states(request: Request) -> list[GenerationState]:
    """Those of its sequences."""
    return [each.state for each in request.generations]
