"""What each event makes of a follow. Pure; the only place that decides.

accepted → checked → following → ended → told
"""

from dataclasses import dataclass, replace

from bot.domain.follow import END, Failing, Follow, FollowEnd, FollowState
from bot.domain.request import MessageTs, UserId
from bot.domain.timing import Timing
from bot.domain.video import Sequence, SequenceId, SequenceStatus, Video, VideoStatus
from bot.domain.watching import BELIEVED_AFTER

ENDS = {VideoStatus.DONE.value: FollowEnd.DONE, VideoStatus.FAILED.value: FollowEnd.FAILED}
"""The states in which a video goes no further, and what a follow makes of each."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a poll saw, and what else is known of the video.

    Attributes:
        at: when the poll began, Unix seconds.
        here: sequences whose requests are told in the follow's own thread.
        busy: a request of the bot's has not ended yet, so neither has the video.
        ours: a request of the bot's may have used credits since the poll before.
    """

    video: Video
    at: float
    here: frozenset[SequenceId] = frozenset()
    busy: bool = False
    ours: bool = False


def checked(follow: Follow, video: Video, name: str | None, timing: Timing) -> Follow:
    """Returns it once IACrea showed a video that is not done; one that had a card goes on there."""
    seen = replace(
        follow,
        video=video.id,
        instead=None,
        state=FollowState.CHECKED,
        name=name,
        automatic=video.automatic,
        misses=0,
        sequences=len(video.sequences or ()),
        left=video.credits_left,
        left_at=timing.now,
    )
    return seen if seen.message is None else _begun(seen, timing)


def unanswered(follow: Follow) -> Follow:
    """Returns it where IACrea did not answer, so that it is checked again."""
    return replace(follow, misses=follow.misses + 1)


def refused(follow: Follow) -> Follow:
    """Returns it where there is nothing to follow; its person was told why."""
    return replace(follow, state=FollowState.TOLD, posting="")


def about_to_post(follow: Follow, part: str, timing: Timing, *, repeated: bool = False) -> Follow:
    """Returns it just before something of it is posted."""
    repeated = follow.repeated or repeated
    return replace(follow, posting=part, posting_at=timing.now, repeated=repeated)


def not_posted(follow: Follow) -> Follow:
    """Returns it once Slack has said for sure that nothing was posted."""
    return replace(follow, posting="")


def carded(follow: Follow, card: MessageTs, timing: Timing) -> Follow:
    """Returns it once its card stands."""
    if follow.state is not FollowState.CHECKED:
        return follow
    return _begun(replace(follow, message=card, posting=""), timing)


def said(follow: Follow, part: str) -> Follow:
    """Returns it once that reply stands, or was told otherwise."""
    told = replace(follow, posting="", said=follow.said + 1)
    if part == END:
        return replace(told, end_told=True)
    failing = (replace(each, told=each.told or each.sequence == part) for each in told.failing)
    return replace(told, failing=tuple(each for each in failing if not (each.told and each.over)))


def seen(follow: Follow, sighting: Sighting, timing: Timing) -> Follow:
    """Returns it after a poll."""
    if follow.state is not FollowState.FOLLOWING:
        return follow
    video = sighting.video
    moved = replace(
        follow,
        failing=_failing(follow, sighting),
        sequences=len(video.sequences or ()) or follow.sequences,
        misses=0,
    )
    end = ENDS.get(video.status)
    # An error that has not stood for long enough may yet have to be told before the end.
    if end is not None and not sighting.busy and all(map(_settled, moved.failing)):
        moved = _ended(replace(moved, video_url=video.url), end, timing)
    return _weighed(moved, follow, sighting)


def gone(follow: Follow, timing: Timing) -> Follow:
    """Returns it after a 404, which may be a glitch; as many in a row as for an error are not."""
    if follow.state is not FollowState.FOLLOWING:
        return follow
    missed = replace(follow, misses=follow.misses + 1)
    return missed if missed.misses < BELIEVED_AFTER else _ended(missed, FollowEnd.GONE, timing)


def expired(follow: Follow, timing: Timing) -> Follow:
    """Returns it once its deadline may have passed; one that lies too far ahead is moved."""
    if follow.state is not FollowState.FOLLOWING or follow.deadline is None:
        return follow
    if timing.lies_ahead(follow.deadline - timing.timeout):  # the clock was put back since
        return replace(follow, deadline=timing.now + timing.timeout)
    return follow if timing.now < follow.deadline else _ended(follow, FollowEnd.EXPIRED, timing)


def stopped(follow: Follow, by: UserId | None, timing: Timing) -> Follow:
    """Returns it once somebody has told the bot to stop; the card alone says so."""
    if follow.state is not FollowState.FOLLOWING:
        return follow
    # What is being posted may stand already; what is not believed yet is no failure by a stop.
    posted = follow.posting
    failing = (replace(each, told=each.told or each.sequence == posted) for each in follow.failing)
    quiet_now = replace(follow, stopped_by=by, end_told=True, posting="", failing=tuple(failing))
    return _ended(quiet_now, FollowEnd.STOPPED, timing)


def closed(follow: Follow) -> Follow:
    """Returns it once its card says how it ended."""
    return replace(follow, state=FollowState.TOLD, posting="")


def falls(follow: Follow, video: Video) -> bool:
    """Returns whether the account has lost credits since the poll before."""
    before, left = follow.left, video.credits_left
    return before is not None and left is not None and left < before


def quiet(follow: Follow) -> bool:
    """Returns whether the same answer once more would change nothing."""
    return all(map(_settled, follow.failing)) and not follow.misses


def _begun(follow: Follow, timing: Timing) -> Follow:
    return replace(follow, state=FollowState.FOLLOWING, deadline=timing.now + timing.timeout)


def _ended(follow: Follow, end: FollowEnd, timing: Timing) -> Follow:
    return replace(follow, state=FollowState.ENDED, end=end, ended_at=timing.now)


def _weighed(moved: Follow, before: Follow, sighting: Sighting) -> Follow:
    """Compares the balance with that of the poll before; what requests explain is not counted."""
    left = sighting.video.credits_left
    # Rounded, or what floats leave over would be told as credits.
    lost = round((before.left or 0.0) - (left or 0.0), 6) if falls(before, sighting.video) else 0.0
    if left is not None and left != before.left:
        moved = replace(moved, left=left)
    if lost and not sighting.ours:
        moved = replace(moved, elsewhere=round(moved.elsewhere + lost, 6))
    return moved if moved == before else replace(moved, left_at=sighting.at)


def _settled(failing: Failing) -> bool:
    return failing.told or failing.believed


def _failing(follow: Follow, sighting: Sighting) -> tuple[Failing, ...]:
    """Returns what stands in error now."""
    sequences = sighting.video.sequences
    if sequences is None:
        return _unseen(follow, sighting)
    before = {each.sequence: each for each in follow.failing}
    found = [
        _again(before.get(each.id), position, each, sighting)
        for position, each in enumerate(sequences, start=1)
        if each.id and each.status == SequenceStatus.ERROR
    ]
    now = {each.sequence for each in found}
    rest = [replace(each, over=True) for each in follow.failing if each.sequence not in now]
    return (*found, *(each for each in rest if each.due))


def _unseen(follow: Follow, sighting: Sighting) -> tuple[Failing, ...]:
    """Returns the same where an answer shows no sequences, which tells nothing.

    While a video renders it never does, and none of them changes: what failed goes on standing.
    """
    if not sighting.video.rendering:
        return follow.failing
    return tuple(
        _stands(each, sighting) if each.polls and not each.over else each for each in follow.failing
    )


def _stands(failing: Failing, sighting: Sighting) -> Failing:
    """Returns it after one more poll; a request that is told in the same thread tells it."""
    # Counted no further, so that polls which change nothing write nothing.
    found = replace(failing, polls=min(failing.polls + 1, BELIEVED_AFTER))
    joined = found.sequence in sighting.here and found.believed
    return replace(found, told=found.told or joined)


def _again(before: Failing | None, position: int, now: Sequence, sighting: Sighting) -> Failing:
    """Returns the error of a sequence as it stands now. Source: contract, «What a user sees», 9."""
    same = before is not None and _made_of(before) == _made_of(now)
    found = Failing(now.id, position, now.effect, now.url, now.room)
    # What is still to be told stays, or a newer error would have it told by nobody.
    if before is not None and (same or before.due):
        found = replace(before, position=position, over=False)
    if sighting.video.status != VideoStatus.PENDING:
        return _stands(found, sighting)
    return found if found.due else replace(found, polls=0)  # the server restarts it by itself


def _made_of(each: Failing | Sequence) -> tuple[str | None, str]:
    """Returns its effect and its picture; what is signed anew for each poll is left out."""
    return each.effect, (each.url or "").partition("?")[0]
