"""What was spent: one entry for each sequence that was sent to IACrea."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.request import ChannelId, Request, RequestId, TakeState, UserId
from bot.domain.video import SequenceId, VideoId

_NOT_SPENT = frozenset({TakeState.WAITING, TakeState.SENDING, TakeState.REFUSED})


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
    outcome: TakeState
    effect: str | None = None
    credits: float | None = None


def entries(request: Request) -> tuple[Entry, ...]:
    """What a request has spent. What is not surely unspent counts as spent."""
    if request.wish.watch:  # the request that it goes on watching has them
        return ()
    return tuple(
        Entry(
            request=request.id,
            by=request.asked.by,
            channel=request.asked.channel,
            video=request.wish.video,
            sequence=take.sequence,
            position=take.position,
            at=request.asked.at if take.sent_at is None else take.sent_at,
            outcome=take.state,
            effect=request.wish.effect or take.effect,
            credits=take.credits_used,
        )
        for take in request.takes
        if take.state not in _NOT_SPENT
    )


def month(at: float) -> str:
    """The month of that moment in UTC, such as `2026-11`."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"
