"""What was started since somebody was asked, of which they knew nothing when they said yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.request import Request, RequestId, Take, TakeState, Wish
from bot.domain.video import SequenceStatus

NEVER_SENT = frozenset({TakeState.WAITING, TakeState.REFUSED})
"""Of these nothing was spent."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """A request, and those of its sequences that were sent to IACrea since."""

    request: RequestId
    takes: tuple[Take, ...]


def repetitions(wish: Wish, others: Iterable[Request]) -> tuple[Repetition, ...]:
    """What was sent of the other requests on that video since the person was asked.

    The one that they agreed to go over is known to them.
    """
    since = wish.since
    if since is None:
        return ()
    found = [
        Repetition(each.id, tuple(take for take in each.takes if _sent(take, since)))
        for each in others
        if each.id != wish.over and not each.wish.watch
    ]
    return tuple(each for each in found if each.takes)


def wanted(wish: Wish, repeated: Iterable[Repetition]) -> tuple[Repetition, ...]:
    """Those with what is wanted, as far as that can be told before anybody looks at the video."""
    found = [
        Repetition(each.request, tuple(take for take in each.takes if _is_wanted(wish, take)))
        for each in repeated
    ]
    return tuple(each for each in found if each.takes)


def _sent(take: Take, since: float) -> bool:
    return take.state not in NEVER_SENT and take.sent_at is not None and take.sent_at > since


def _is_wanted(wish: Wish, take: Take) -> bool:
    pick = wish.pick
    failed = pick.failed and take.status == SequenceStatus.ERROR
    return failed or take.position in pick.positions or take.sequence in pick.ids
