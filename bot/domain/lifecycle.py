"""The state machine of a request: what each event makes of it. The only place that decides.

accepted → checked → announced → submitting → pending → ended → told (or abandoned)

`domain.line` has the way of those that wait for a render between checked and announced.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain import checking, events, line
from bot.domain.ending import end, ended_as
from bot.domain.errors import NoSuchSequence, NoSuchVideo, NothingFailed, UserError
from bot.domain.notice import Upload
from bot.domain.price import price
from bot.domain.request import GenerationState, Outcome, Request, State
from bot.domain.timing import Timing
from bot.domain.video import VideoStatus
from bot.domain.watching import BELIEVED_AFTER, after_poll


def advance(request: Request, event: events.Event, timing: Timing) -> Request:
    """Returns the request after the event. An event that does not fit its state changes nothing."""
    transition = _TRANSITIONS.get((request.state, type(event)))
    # An answer to a POST of which this record knows nothing, as it was given up or taken back.
    unasked = isinstance(event, _ANSWERS) and request.sending is None
    if transition is None or unasked:
        return request
    return transition(_within_its_time(request, timing), event, timing)


def _within_its_time(request: Request, timing: Timing) -> Request:
    """Moves the deadline where the clock was put back, so that nothing is watched for longer."""
    if request.deadline is None or not timing.lies_ahead(request.deadline - timing.timeout):
        return request
    return replace(request, deadline=timing.now + timing.timeout)


def _checked(request: Request, event: events.Checked, timing: Timing) -> Request:
    video = event.video
    seen = replace(
        request,
        order=checking.clarified(request.order, event),
        credits_left=video.credits_left,
        video_status=video.status,
        name=event.name,
        tries=0,
        throttled=0,
    )
    try:
        generations = checking.generations(seen.order, event)
    except UserError as problem:
        return end(replace(seen, problem=_by_name(problem, event.name)), timing)
    if request.order.watch:
        # Sent long ago, so that what is seen from now on is believed at once.
        before = timing.now - timing.grace
        generations = tuple(
            replace(each, state=GenerationState.RUNNING, sent_at=before) for each in generations
        )
    count = len(video.sequences or ())
    return replace(seen, state=State.CHECKED, generations=generations, sequences=count)


def _by_name(problem: UserError, name: str | None) -> UserError:
    """Names the video in a problem as people named it, where they did."""
    if name is not None and isinstance(problem, NoSuchSequence | NothingFailed):
        return replace(problem, video=name)
    return problem


def _rejected(request: Request, event: events.Rejected, timing: Timing) -> Request:
    return end(replace(request, problem=event.problem), timing)


def _retrying(request: Request, event: events.Retrying, _: Timing) -> Request:
    if event.throttled:
        return replace(request, throttled=request.throttled + 1)
    return replace(request, tries=request.tries + 1)


def _posting(request: Request, event: events.Posting, timing: Timing) -> Request:
    repeated = request.repeated or event.repeated
    return replace(request, posting=True, posting_at=timing.now, repeated=repeated)


def _not_posted(request: Request, _: events.NotPosted, __: Timing) -> Request:
    return replace(request, posting=False)


def _announced(request: Request, event: events.Announced, timing: Timing) -> Request:
    origin = replace(request.origin, response_url=None)  # from here on the thread is the place
    message = event.message
    announced = replace(
        request, origin=origin, state=State.ANNOUNCED, message=message, posting=False, tries=0
    )
    if request.order.after_render:
        return line.joined(announced, timing)
    return _settled(announced, timing)


def _sending(request: Request, _: events.Sending, timing: Timing) -> Request:
    waiting = next(
        (each for each in request.generations if each.state is GenerationState.WAITING), None
    )
    # One POST at a time, or nobody could tell which of them an answer is to.
    if request.sending is not None or waiting is None:
        return request
    sending = replace(waiting, state=GenerationState.SENDING, sent_at=timing.now)
    generations = tuple(sending if each is waiting else each for each in request.generations)
    return replace(request, state=State.SUBMITTING, generations=generations)


def _submitted(request: Request, event: events.Submitted, timing: Timing) -> Request:
    receipt = event.receipt
    before = request.credits_left if event.left is None else event.left
    left = request.credits_left if receipt.credits_left is None else receipt.credits_left
    return _sent(
        replace(request, credits_left=left, tries=0, throttled=0),
        timing,
        state=GenerationState.RUNNING,
        sent_at=timing.now,
        generation_id=receipt.generation,
        credits_used=price(before, receipt.credits_left, receipt.credits_used),
    )


def _not_accepted(
    request: Request, event: events.Throttled | events.NotSent, timing: Timing
) -> Request:
    waiting = _sent(request, timing, state=GenerationState.WAITING, sent_at=None)
    again = events.Retrying(throttled=isinstance(event, events.Throttled))
    waiting = _retrying(waiting, again, timing)
    return line.back_in_hand(waiting) if request.order.after_render else waiting


def _lost(request: Request, _: events.Lost, timing: Timing) -> Request:
    return _sent(request, timing, state=GenerationState.LOST)


def _refused(request: Request, event: events.Refused, timing: Timing) -> Request:
    """Refuses all that is not sent yet: what was refused once is not tried on other sequences."""
    generations = tuple(
        replace(each, state=GenerationState.REFUSED)
        if each.state in {GenerationState.SENDING, GenerationState.WAITING}
        else each
        for each in request.generations
    )
    return _settled(replace(request, generations=generations, problem=event.problem), timing)


def _seen(request: Request, event: events.Seen, timing: Timing) -> Request:
    video = event.video
    generations = tuple(
        after_poll(each, event, request.video_status, timing) for each in request.generations
    )
    url = video.url if video.status == VideoStatus.DONE else None
    left = request.credits_left if video.credits_left is None else video.credits_left
    seen = replace(request, generations=generations, video_url=url, credits_left=left, tries=0)
    return _settled(seen, timing)


def _gone(request: Request, _: events.Gone, timing: Timing) -> Request:
    """Counts a 404, which may be a glitch; as many in a row as for an error are believed."""
    tries = request.tries + 1
    if tries < BELIEVED_AFTER:
        return replace(request, tries=tries)
    problem = NoSuchVideo(video=request.order.video)
    generations = tuple(ended_as(each, GenerationState.FAILED) for each in request.generations)
    return _settled(replace(request, generations=generations, problem=problem), timing)


def _timed_out(request: Request, _: events.TimedOut, timing: Timing) -> Request:
    if request.deadline is None or timing.now < request.deadline:
        return request
    generations = tuple(
        ended_as(
            each,
            GenerationState.NOT_STARTED
            if each.state is GenerationState.LOST
            else GenerationState.EXPIRED,
        )
        for each in request.generations
    )
    return _settled(replace(request, generations=generations), timing)


def _stopped(request: Request, event: events.Stopped, timing: Timing) -> Request:
    generations = tuple(ended_as(each, GenerationState.STOPPED) for each in request.generations)
    return _settled(replace(request, generations=generations, stopped_by=event.by), timing)


def _superseded(request: Request, event: events.Superseded, _: Timing) -> Request:
    return replace(request, superseded_by=event.by, faded=False)


def _faded(request: Request, _: events.Faded, __: Timing) -> Request:
    return replace(request, faded=True)


def _uploaded(request: Request, event: events.Uploaded, _: Timing) -> Request:
    if request.upload is not Upload.WANTED:
        return request
    return replace(request, upload=Upload.SHARING, file=event.file)


def _upload_ended(request: Request, event: events.UploadEnded, _: Timing) -> Request:
    return replace(request, upload=Upload.NONE, file_link=event.link)


def _told(request: Request, event: events.Told, _: Timing) -> Request:
    if request.reply is not None:
        return request
    told = replace(request, reply=event.reply, posting=False)
    if request.message is None:
        return replace(told, state=State.TOLD)
    return told


def _reply_lost(request: Request, _: events.ReplyLost, __: Timing) -> Request:
    return replace(request, reply_lost=True, posting=False)


def _told_privately(request: Request, _: events.ToldPrivately, __: Timing) -> Request:
    return replace(request, told_privately=True)


def _abandoned(request: Request, _: events.Abandoned, __: Timing) -> Request:
    return replace(request, state=State.ABANDONED, posting=False)


def _closed(request: Request, event: events.Closed, _: Timing) -> Request:
    upload = Upload.WANTED if event.upload and _has_video(request) else request.upload
    return replace(request, state=State.TOLD, posting=False, upload=upload)


def _has_video(request: Request) -> bool:
    done = request.outcome is Outcome.DONE and request.video_url is not None
    return done and request.reply is not None


def _sent(request: Request, timing: Timing, **changes: Any) -> Request:
    generations = tuple(
        replace(each, **changes) if each.state is GenerationState.SENDING else each
        for each in request.generations
    )
    return _settled(replace(request, generations=generations), timing)


def _settled(request: Request, timing: Timing) -> Request:
    """Moves on a request once none of its sequences is waiting, or all have ended."""
    if all(each.ended for each in request.generations):
        return end(request, timing)
    if request.state is State.PENDING:
        return request
    if any(
        each.state in {GenerationState.WAITING, GenerationState.SENDING}
        for each in request.generations
    ):
        return request
    return replace(request, state=State.PENDING, deadline=timing.now + timing.timeout, tries=0)


_UNSENT = (State.ACCEPTED, State.CHECKED, State.IN_LINE, State.ANNOUNCED)
_SAYING = (State.CHECKED, State.ENDED)
_ANSWERS = (events.Submitted, events.Throttled, events.NotSent, events.Lost)
"""What can come of a POST: each means the one that is being sent."""

Transition = Callable[[Request, Any, Timing], Request]

_TRANSITIONS: dict[tuple[State, type[events.Event]], Transition] = {
    (State.ACCEPTED, events.Checked): _checked,
    **{(state, events.Rejected): _rejected for state in _UNSENT},
    **{(state, events.Retrying): _retrying for state in (State.ACCEPTED, State.ANNOUNCED)},
    **{(state, events.Posting): _posting for state in _SAYING},
    **{(state, events.NotPosted): _not_posted for state in _SAYING},
    (State.CHECKED, events.Announced): _announced,
    (State.ANNOUNCED, events.Sending): _sending,
    (State.SUBMITTING, events.Sending): _sending,
    (State.SUBMITTING, events.Submitted): _submitted,
    (State.SUBMITTING, events.Throttled): _not_accepted,
    (State.SUBMITTING, events.NotSent): _not_accepted,
    (State.SUBMITTING, events.Lost): _lost,
    (State.SUBMITTING, events.Refused): _refused,
    (State.PENDING, events.Seen): _seen,
    (State.PENDING, events.Gone): _gone,
    (State.PENDING, events.TimedOut): _timed_out,
    (State.PENDING, events.Stopped): _stopped,
    (State.ENDED, events.Told): _told,
    (State.ENDED, events.ReplyLost): _reply_lost,
    (State.ENDED, events.ToldPrivately): _told_privately,
    (State.ENDED, events.Abandoned): _abandoned,
    (State.ENDED, events.Closed): _closed,
    (State.TOLD, events.Uploaded): _uploaded,
    (State.TOLD, events.UploadEnded): _upload_ended,
    **{(state, events.Superseded): _superseded for state in (State.ENDED, State.TOLD)},
    (State.TOLD, events.Faded): _faded,
    **line.TRANSITIONS,
}
