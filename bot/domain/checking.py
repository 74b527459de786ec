"""The check before spending: does what is wanted exist, and is anybody to be asked first?"""

from bot.domain.command import MOST_SEQUENCES
from bot.domain.errors import (
    AskFirst,
    NoCredits,
    NoSuchSequence,
    NothingFailed,
    NotReady,
    TooManySequences,
)
from bot.domain.events import Checked
from bot.domain.request import Pick, Reason, Take, Wish
from bot.domain.video import Sequence, SequenceStatus, Video


def takes(wish: Wish, seen: Checked) -> tuple[Take, ...]:
    """The sequences to regenerate, as they are now.

    Raises:
        NoCredits: none is left, as IACrea says itself.
        NotReady: the video shows no sequences, or not the ids of those that were named.
        NoSuchSequence: one that was named is not there.
        NothingFailed: `failed` was asked for, and none has.
        TooManySequences: more than `MOST_SEQUENCES` have failed.
        AskFirst: the person has to say yes before this is started.
    """
    video = seen.video
    if not video.sequences:
        raise NotReady(video=video.id, status=video.status)
    chosen = _each_once(_chosen(wish.pick, video, video.sequences))
    if not all(each.id for _, each in chosen):
        raise NotReady(video=video.id, status=video.status)
    if len(chosen) > MOST_SEQUENCES:
        raise TooManySequences(asked=len(chosen), most=MOST_SEQUENCES)
    if not wish.watch:
        if video.credits_left is not None and video.credits_left <= 0:
            raise NoCredits
        _ask_first(chosen, wish, seen)
    return tuple(
        Take(each.id, position, each.status, effect=each.effect, url=each.url)
        for position, each in chosen
    )


_Numbered = tuple[int, Sequence]


def _chosen(pick: Pick, video: Video, sequences: tuple[Sequence, ...]) -> list[_Numbered]:
    numbered = list(enumerate(sequences, start=1))
    if pick.failed:
        if not any(each.status for each in sequences):
            raise NotReady(video=video.id, status=video.status)
        failed = [(n, each) for n, each in numbered if each.status == SequenceStatus.ERROR]
        if not failed:
            raise NothingFailed(video=video.id)
        return failed
    by_id = {each.id: (n, each) for n, each in numbered}
    chosen = []
    for position in pick.positions:
        if position > len(numbered):
            raise NoSuchSequence(video.id, str(position), len(numbered))
        chosen.append(numbered[position - 1])
    for wanted in pick.ids:
        if wanted not in by_id:
            raise NoSuchSequence(video.id, wanted, len(numbered))
        chosen.append(by_id[wanted])
    return chosen


def _each_once(chosen: list[_Numbered]) -> list[_Numbered]:
    """A sequence that was named twice, or is listed twice, is paid for once."""
    first: dict[str, _Numbered] = {}
    for position, each in chosen:
        first.setdefault(each.id, (position, each))
    return list(first.values())


def _ask_first(chosen: list[_Numbered], wish: Wish, seen: Checked) -> None:
    video = seen.video
    renamed = wish.called is not None and seen.meant not in {None, video.id}
    pending = tuple(n for n, each in chosen if each.status == SequenceStatus.PENDING)
    found = {
        Reason.RENAMED: renamed,
        Reason.SEVERAL: len(chosen) > 1,
        Reason.RENDERING: video.rendering,
        Reason.PENDING: bool(pending),
    }
    reasons = tuple(reason.value for reason, applies in found.items() if applies)
    if not set(reasons) <= set(wish.agreed):
        positions = tuple(position for position, _ in chosen)
        raise AskFirst(
            reasons,
            positions,
            pending,
            video.progress,
            name=wish.called or "" if renamed else "",
            was=seen.meant or "" if renamed else "",
            video=video.id if renamed else "",
        )
