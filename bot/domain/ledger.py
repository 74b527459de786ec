"""What was spent: one entry for each sequence that was sent to IACrea."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.request import ChannelId, GenerationState, Request, RequestId, UserId
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
    return tuple(
        Entry(
            request=request.id,
            by=request.origin.user,
            channel=request.origin.channel,
            video=request.order.video,
            sequence=each.sequence,
            position=each.position,
            at=request.origin.at if each.sent_at is None else each.sent_at,
            outcome=each.state,
            effect=request.order.effect or each.effect,
            credits=each.credits_used,
        )
        for each in request.generations
        if each.state not in _NOT_SPENT
    )


def month(at: float) -> str:
    """Returns the month of that moment in UTC, such as `2026-11`."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"
