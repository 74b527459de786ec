"""The state machine of a request: what each event makes of it. The only place that decides.

accepted → checked → announced → submitting → pending → ended → told (or abandoned)
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain import checking, events
from bot.domain.errors import NoSuchSequence, NoSuchVideo, NothingFailed, UserError
from bot.domain.moment import Moment
from bot.domain.price import price
from bot.domain.request import Request, State, Take, TakeState, Upload, Wish
from bot.domain.video import VideoId, VideoStatus
from bot.domain.watching import STRIKES, look


def advance(request: Request, event: events.Event, moment: Moment) -> Request:
    """The request after the event. One that does not fit its state changes nothing."""
    transition = _TRANSITIONS.get((request.state, type(event)))
    unasked = isinstance(event, _ANSWERS) and request.sending is None
    if transition is None or unasked:
        return request
    return transition(_within_its_time(request, moment), event, moment)


def _within_its_time(request: Request, moment: Moment) -> Request:
    """It is not watched for longer than it should be, although the clock was put back."""
    if request.deadline is None or not moment.lies_ahead(request.deadline - moment.timeout):
        return request
    return replace(request, deadline=moment.now + moment.timeout)


def _checked(request: Request, event: events.Checked, moment: Moment) -> Request:
    video = event.video
    seen = replace(
        request,
        wish=_meant(request.wish, video.id),
        credits_left=video.credits_left,
        video_status=video.status,
        name=event.name,
        tries=0,
    )
    try:
        takes = checking.takes(seen.wish, event)
    except UserError as problem:
        return _end(replace(seen, problem=_by_name(problem, event.name)), moment)
    if request.wish.watch:
        # Sent long ago, so that what is seen from now on is believed at once.
        before = moment.now - moment.grace
        takes = tuple(replace(take, state=TakeState.RUNNING, sent_at=before) for take in takes)
    count = len(video.sequences or ())
    return replace(seen, state=State.CHECKED, takes=takes, sequences=count)


def _meant(wish: Wish, video: VideoId) -> Wish:
    """The wish for the video that IACrea showed; an id that exists is no name."""
    by_id = wish.instead is not None and video != wish.instead
    return replace(wish, video=video, instead=None, called=None if by_id else wish.called)


def _by_name(problem: UserError, name: str | None) -> UserError:
    """What is wrong is said with the name that people gave the video, where they gave it one."""
    if name is not None and isinstance(problem, NoSuchSequence | NothingFailed):
        return replace(problem, video=name)
    return problem


def _rejected(request: Request, event: events.Rejected, moment: Moment) -> Request:
    return _end(replace(request, problem=event.problem), moment)


def _retrying(request: Request, _: events.Retrying, __: Moment) -> Request:
    return replace(request, tries=request.tries + 1)


def _posting(request: Request, event: events.Posting, moment: Moment) -> Request:
    repeated = request.repeated or event.repeated
    return replace(request, posting=True, posting_at=moment.now, repeated=repeated)


def _not_posted(request: Request, _: events.NotPosted, __: Moment) -> Request:
    return replace(request, posting=False)


def _announced(request: Request, event: events.Announced, moment: Moment) -> Request:
    asked = replace(request.asked, response_url=None)  # from here on the thread is the place
    message = event.message
    announced = replace(
        request, asked=asked, state=State.ANNOUNCED, message=message, posting=False, tries=0
    )
    return _settled(announced, moment)


def _sending(request: Request, _: events.Sending, moment: Moment) -> Request:
    waiting = next((take for take in request.takes if take.state is TakeState.WAITING), None)
    if request.sending is not None or waiting is None:
        return request
    sending = replace(waiting, state=TakeState.SENDING, sent_at=moment.now)
    takes = tuple(sending if take is waiting else take for take in request.takes)
    return replace(request, state=State.SUBMITTING, takes=takes)


def _submitted(request: Request, event: events.Submitted, moment: Moment) -> Request:
    receipt = event.receipt
    before = request.credits_left if event.left is None else event.left
    left = request.credits_left if receipt.credits_left is None else receipt.credits_left
    return _sent(
        replace(request, credits_left=left, tries=0),
        moment,
        state=TakeState.RUNNING,
        sent_at=moment.now,
        generation=receipt.generation,
        credits_used=price(before, receipt.credits_left, receipt.credits_used),
    )


def _not_accepted(
    request: Request, _: events.Throttled | events.NotSent, moment: Moment
) -> Request:
    waiting = _sent(request, moment, state=TakeState.WAITING, sent_at=None)
    return replace(waiting, tries=waiting.tries + 1)


def _lost(request: Request, _: events.Lost, moment: Moment) -> Request:
    return _sent(request, moment, state=TakeState.LOST)


def _refused(request: Request, event: events.Refused, moment: Moment) -> Request:
    """What was refused once is not tried on the request's other sequences."""
    takes = tuple(
        replace(take, state=TakeState.REFUSED)
        if take.state in {TakeState.SENDING, TakeState.WAITING}
        else take
        for take in request.takes
    )
    return _settled(replace(request, takes=takes, problem=event.problem), moment)


def _seen(request: Request, event: events.Seen, moment: Moment) -> Request:
    video = event.video
    takes = tuple(look(take, event, request.video_status, moment) for take in request.takes)
    url = video.url if video.status == VideoStatus.DONE else None
    left = request.credits_left if video.credits_left is None else video.credits_left
    seen = replace(request, takes=takes, video_url=url, credits_left=left, tries=0)
    return _settled(seen, moment)


def _gone(request: Request, _: events.Gone, moment: Moment) -> Request:
    """One 404 may be a glitch; as many in a row as for an error are believed."""
    tries = request.tries + 1
    if tries < STRIKES:
        return replace(request, tries=tries)
    problem = NoSuchVideo(video=request.wish.video)
    takes = tuple(_ended_as(take, TakeState.FAILED) for take in request.takes)
    return _settled(replace(request, takes=takes, problem=problem), moment)


def _timed_out(request: Request, _: events.TimedOut, moment: Moment) -> Request:
    if request.deadline is None or moment.now < request.deadline:
        return request
    takes = tuple(
        _ended_as(
            take,
            TakeState.NOT_STARTED if take.state is TakeState.LOST else TakeState.EXPIRED,
        )
        for take in request.takes
    )
    return _settled(replace(request, takes=takes), moment)


def _stopped(request: Request, event: events.Stopped, moment: Moment) -> Request:
    takes = tuple(_ended_as(take, TakeState.STOPPED) for take in request.takes)
    return _settled(replace(request, takes=takes, stopped_by=event.by), moment)


def _superseded(request: Request, event: events.Superseded, _: Moment) -> Request:
    return replace(request, superseded_by=event.by, faded=False)


def _faded(request: Request, _: events.Faded, __: Moment) -> Request:
    return replace(request, faded=True)


def _upload_wanted(request: Request, _: events.UploadWanted, __: Moment) -> Request:
    return replace(request, upload=Upload.WANTED)


def _uploaded(request: Request, event: events.Uploaded, _: Moment) -> Request:
    if request.upload is not Upload.WANTED:
        return request
    return replace(request, upload=Upload.SHARING, file=event.file)


def _upload_ended(request: Request, _: events.UploadEnded, __: Moment) -> Request:
    return replace(request, upload=Upload.NONE)


def _told(request: Request, event: events.Told, _: Moment) -> Request:
    if request.reply is not None:
        return request
    told = replace(request, reply=event.reply, posting=False)
    if request.message is None:
        return replace(told, state=State.TOLD)
    return told


def _reply_lost(request: Request, _: events.ReplyLost, __: Moment) -> Request:
    return replace(request, reply_lost=True, posting=False)


def _told_privately(request: Request, _: events.ToldPrivately, __: Moment) -> Request:
    return replace(request, told_privately=True)


def _abandoned(request: Request, _: events.Abandoned, __: Moment) -> Request:
    return replace(request, state=State.ABANDONED, posting=False)


def _closed(request: Request, _: events.Closed, __: Moment) -> Request:
    return replace(request, state=State.TOLD, posting=False)


def _sent(request: Request, moment: Moment, **changes: Any) -> Request:
    takes = tuple(
        replace(take, **changes) if take.state is TakeState.SENDING else take
        for take in request.takes
    )
    return _settled(replace(request, takes=takes), moment)


def _settled(request: Request, moment: Moment) -> Request:
    """Moves on a request once none of its sequences is waiting, or all have ended."""
    if all(take.ended for take in request.takes):
        return _end(request, moment)
    if request.state is State.PENDING:
        return request
    if any(take.state in {TakeState.WAITING, TakeState.SENDING} for take in request.takes):
        return request
    return replace(request, state=State.PENDING, deadline=moment.now + moment.timeout, tries=0)


def _end(request: Request, moment: Moment) -> Request:
    return replace(request, state=State.ENDED, ended_at=moment.now, posting=False, tries=0)


def _ended_as(take: Take, state: TakeState) -> Take:
    return take if take.ended else replace(take, state=state)


_UNSENT = (State.ACCEPTED, State.CHECKED, State.ANNOUNCED)
_SAYING = (State.CHECKED, State.ENDED)
_ANSWERS = (events.Submitted, events.Throttled, events.NotSent, events.Lost)
"""What can come of a POST: each means the one that is being sent."""

Transition = Callable[[Request, Any, Moment], Request]

_TRANSITIONS: dict[tuple[State, type[events.Event]], Transition] = {
    (State.ACCEPTED, events.Checked): _checked,
    **{(state, events.Rejected): _rejected for state in _UNSENT},
    (State.ACCEPTED, events.Retrying): _retrying,
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
    (State.ENDED, events.UploadWanted): _upload_wanted,
    (State.TOLD, events.Uploaded): _uploaded,
    (State.TOLD, events.UploadEnded): _upload_ended,
    **{(state, events.Superseded): _superseded for state in (State.ENDED, State.TOLD)},
    (State.TOLD, events.Faded): _faded,
}
