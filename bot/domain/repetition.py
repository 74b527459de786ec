"""What was started since somebody was asked, of which they knew nothing when they said yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.request import Generation, GenerationState, Order, Request, RequestId
from bot.domain.video import SequenceStatus

NEVER_SENT = frozenset({GenerationState.WAITING, GenerationState.REFUSED})
"""Of these nothing was spent."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """A request, and those of its sequences that were sent to IACrea since."""

    request: RequestId
    generations: tuple[Generation, ...]


def repetitions(order: Order, others: Iterable[Request]) -> tuple[Repetition, ...]:
    """Returns what other requests on that video have sent since the person was asked.

    The one that they agreed to go over is known to them.
    """
    since = order.since
    if since is None:
        return ()
    found = [
        Repetition(
            each.id,
            tuple(generation for generation in each.generations if _sent(generation, since)),
        )
        for each in others
        if each.id != order.over and not each.order.watch
    ]
    return tuple(each for each in found if each.generations)


def wanted(order: Order, repeated: Iterable[Repetition]) -> tuple[Repetition, ...]:
    """Returns those with sequences that are wanted, as far as that shows without the video."""
    found = [
        Repetition(
            each.request,
            tuple(generation for generation in each.generations if _is_wanted(order, generation)),
        )
        for each in repeated
    ]
    return tuple(each for each in found if each.generations)


def _sent(generation: Generation, since: float) -> bool:
    return (
        generation.state not in NEVER_SENT
        and generation.sent_at is not None
        and generation.sent_at > since
    )


def _is_wanted(order: Order, generation: Generation) -> bool:
    selection = order.selection
    failed = selection.failed and generation.status == SequenceStatus.ERROR
    return (
        failed or generation.position in selection.positions or generation.sequence in selection.ids
    )
