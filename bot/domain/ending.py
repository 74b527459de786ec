"""How a request ends, whatever ended it."""

from dataclasses import replace

from bot.domain.request import Generation, GenerationState, Request, State
from bot.domain.timing import Timing


def end(request: Request, timing: Timing) -> Request:
    """Returns the request with its outcome decided; it is to be told."""
    return replace(request, state=State.ENDED, ended_at=timing.now, posting=False, tries=0)


def ended_as(generation: Generation, state: GenerationState) -> Generation:
    """Returns the sequence as ended like that, unless it has ended already."""
    return generation if generation.ended else replace(generation, state=state)
