"""What was started since somebody was asked, of which they knew nothing when they said yes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

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
    news = (each for each in others if each.id != order.over and not each.order.watch)
    return _of(((each.id, each.generations) for each in news), partial(_sent, since))


def wanted(order: Order, repeated: Iterable[Repetition]) -> tuple[Repetition, ...]:
    """Returns those with sequences that are wanted, as far as that shows without the video."""
    those = ((each.request, each.generations) for each in repeated)
    return _of(those, partial(_is_wanted, order))


def _of(
    found: Iterable[tuple[RequestId, tuple[Generation, ...]]], counts: Callable[[Generation], bool]
) -> tuple[Repetition, ...]:
    """Returns what is left where only the sequences that count are kept."""
    kept = (Repetition(request, tuple(filter(counts, each))) for request, each in found)
    return tuple(each for each in kept if each.generations)


def _sent(since: float, generation: Generation) -> bool:
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
