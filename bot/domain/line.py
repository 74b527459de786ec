"""The line of requests that wait for a render instead of cancelling it.

A regeneration resets its video and cancels a final render in progress (IACrea's page on
regenerating). Whoever answers that question with *After the render* has `Order.after_render` in
their order, and their request takes another way from its announcement to its POST:

    announced in the channel → in line → its turn (announced) → submitting
                                  ↑____________|  it renders again

It waits only with its message in the channel, and holds its sequences' slots meanwhile. The polls
of its video move it on: there is one for all who wait, and without polls IACrea renders nothing.

It is the turn of the first one in line once nothing else of ours is under way on the video and the
render is over. So each waits for the render that the one before it has begun, and none cancels
another's. A request whose turn has come stays among those that wait on the video until it ends:
whoever looks sees it, and gives nobody else a turn, whichever replica that is. Before its POST the
video is looked at once more, as others may regenerate without waiting.

Waiting ends at `Timing.timeout`, counted from the announcement. Nothing was spent until then.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.domain import checking, events
from bot.domain.ending import end
from bot.domain.errors import AskFirst, NoSuchVideo, UserError
from bot.domain.line_problems import StartedMeanwhile, WaitedInVain
from bot.domain.request import GenerationState, Order, Reason, Request, Selection, State
from bot.domain.timing import Timing
from bot.domain.video import ENDED, SequenceStatus, Video, VideoStatus
from bot.domain.watching import BELIEVED_AFTER

_UNDER_WAY = frozenset({State.ANNOUNCED, State.SUBMITTING, State.PENDING})


def over(video: Video) -> bool:
    """Returns whether no render is in progress, and none follows by itself.

    A video that is being animated renders next, so it is waited for as well. One whose sequences
    have all come out, and one of them in error, stands still until somebody regenerates.
    """
    return video.ended or _stands_still(video)


def next_up(waiting: Sequence[Request], video: Video) -> Request | None:
    """Returns the request whose turn it is among all that wait on the video, if it is any's."""
    queue = _queue(waiting)
    if not queue or any(_spends(each) for each in waiting):
        return None
    first = queue[0]
    stood = video.ended or first.stood >= BELIEVED_AFTER
    return first if over(video) and stood else None


def ahead_of(request: Request, waiting: Sequence[Request]) -> int:
    """Returns how many stand in line before the request."""
    return sum(_came(each) < _came(request) for each in _queue(waiting))


def began(request: Request) -> float:
    """Returns when it began, Unix seconds: when it was sent, where it waited; else when asked."""
    waited = request.sent_at if request.order.after_render else None
    return request.origin.at if waited is None else waited


def waits(request: Request) -> bool:
    """Returns whether a request stands in line, or will once it is announced."""
    if request.state is State.IN_LINE:
        return True
    announcing = request.state is State.CHECKED and request.order.after_render
    return announcing and request.video_status not in ENDED


def joined(request: Request, timing: Timing) -> Request:
    """Returns the request in line, from when on it is waited for."""
    return replace(request, state=State.IN_LINE, deadline=timing.now + timing.timeout)


def _queue(waiting: Sequence[Request]) -> list[Request]:
    return sorted((each for each in waiting if each.state is State.IN_LINE), key=_came)


def _came(request: Request) -> tuple[float, str]:
    return request.origin.at, request.id


def _spends(request: Request) -> bool:
    return request.state in _UNDER_WAY and not request.order.watch


def _stands_still(video: Video) -> bool:
    """Returns whether a clip failed and nothing is at work; PENDING, the server restarts it."""
    status = {each.status for each in video.sequences or ()}
    at_work = video.rendering or video.status == VideoStatus.PENDING
    return not at_work and SequenceStatus.ERROR in status and SequenceStatus.PENDING not in status


def _seen(request: Request, event: events.Seen, _: Timing) -> Request:
    """Counts the polls for which the video stands still: an error is not believed at once."""
    stood = min(request.stood + 1, BELIEVED_AFTER) if _stands_still(event.video) else 0
    return replace(request, stood=stood, tries=0)


def _gone(request: Request, _: events.Gone, timing: Timing) -> Request:
    tries = request.tries + 1  # not `stood`: a 404 tells nothing of how far the video is
    if tries < BELIEVED_AFTER:
        return replace(request, tries=tries)
    return end(replace(request, problem=NoSuchVideo(video=request.order.video)), timing)


def _turn(request: Request, _: events.TurnCame, __: Timing) -> Request:
    return replace(request, state=State.ANNOUNCED, tries=0, stood=0)


def _timed_out(request: Request, _: events.TimedOut, timing: Timing) -> Request:
    if request.deadline is None or timing.now < request.deadline:
        return request
    return end(replace(request, problem=WaitedInVain(round(timing.timeout / 60))), timing)


def _checked(request: Request, event: events.Checked, timing: Timing) -> Request:
    """Checks those very sequences again, and takes them as they are now, before they are sent."""
    if not request.order.after_render:
        return request
    video = event.video
    if not over(video):
        return replace(request, state=State.IN_LINE, tries=0)
    seen = replace(request, credits_left=video.credits_left, video_status=video.status)
    try:
        generations = checking.generations(_those(request), event)
    except AskFirst:  # all else was agreed to, so it is that somebody has had the same made since
        return end(replace(seen, problem=StartedMeanwhile()), timing)
    except UserError as problem:
        return end(replace(seen, problem=problem), timing)
    return replace(seen, generations=generations, sequences=len(video.sequences or ()))


def _those(request: Request) -> Order:
    """Returns the order for what was checked before, with a yes to all that was asked then."""
    ids = tuple(each.sequence for each in request.generations)
    agreed = tuple(reason.value for reason in Reason)
    return replace(request.order, selection=Selection(ids=ids), agreed=agreed)


def back_in_hand(request: Request) -> Request:
    """Returns a request of which nothing was accepted yet as one to be checked again first."""
    unsent = all(each.state is GenerationState.WAITING for each in request.generations)
    return replace(request, state=State.ANNOUNCED) if unsent else request


TRANSITIONS: dict[tuple[State, type[events.Event]], Callable[[Request, Any, Timing], Request]] = {
    (State.IN_LINE, events.Seen): _seen,
    (State.IN_LINE, events.Gone): _gone,
    (State.IN_LINE, events.TurnCame): _turn,
    **{(state, events.TimedOut): _timed_out for state in (State.IN_LINE, State.ANNOUNCED)},
    (State.ANNOUNCED, events.Checked): _checked,
}
