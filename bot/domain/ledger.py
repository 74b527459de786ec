"""What was spent: one entry for each sequence that was sent to IACrea."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.request import (
    ChannelId,
    Generation,
    GenerationState,
    Request,
    RequestId,
    UserId,
)
from bot.domain.video import SequenceId, VideoId

_NOT_SPENT = frozenset({GenerationState.WAITING, GenerationState.SENDING, GenerationState.REFUSED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One regeneration that was paid for, or may have been.

    Attributes:
        by: who asked for it.
        at: when it was sent, Unix seconds.
        outcome: of that sequence, as far as it is known.
        effect: it was regenerated with, an API name, if that is known.
        credits: what it cost, once IACrea said.
    """

    request: RequestId
    by: UserId
    channel: ChannelId
    video: VideoId
    sequence: SequenceId
    position: int
    at: float
    outcome: GenerationState
    effect: str | None = None
    credits: float | None = None


def entries(request: Request) -> tuple[Entry, ...]:
    """Returns what a request has spent. What is not surely unspent counts as spent."""
    if request.order.watch:  # the request that it goes on watching has them
        return ()
    return tuple(entry(request, each) for each in request.generations if was_spent(each))


def was_spent(generation: Generation) -> bool:
    """Returns whether a sequence was paid for, or may have been."""
    return generation.state not in _NOT_SPENT


def entry(request: Request, generation: Generation) -> Entry:
    """Returns what the ledger says of one of a request's sequences."""
    sent_at, order = generation.sent_at, request.order
    return Entry(
        request=request.id,
        by=request.origin.user,
        channel=request.origin.channel,
        video=order.video,
        sequence=generation.sequence,
        position=generation.position,
        at=request.origin.at if sent_at is None else sent_at,
        outcome=generation.state,
        effect=order.effect or generation.effect,
        credits=generation.credits_used,
    )


def month(at: float) -> str:
    """Returns the month of that moment in UTC, such as `2026-11`."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"
