"""The check before spending: does what is wanted exist, and is anybody to be asked first?"""

from dataclasses import replace

from bot.domain import looking, rooms
from bot.domain.errors import (
    AskFirst,
    NoCredits,
    NoSuchSequence,
    NothingFailed,
    NotReady,
    UnknownEffect,
)
from bot.domain.events import Checked
from bot.domain.request import Generation, Order, Reason, Selection
from bot.domain.take_problems import OneSequence
from bot.domain.video import Sequence, SequenceStatus, Video
from bot.domain.which_sequence import WhichSequence

MOST_CHOICES = 10
"""Sequences that are offered where it is not clear which is meant."""


def generations(order: Order, seen: Checked) -> tuple[Generation, ...]:
    """Returns the sequences to regenerate, as they are now.

    Raises:
        NoCredits: none is left, as IACrea says itself.
        NotReady: the video shows no sequences, or not the ids of those that were named.
        NoSuchSequence: one that was named is not there.
        WhichSequence: several are called that, or none.
        UnknownEffect: what stands behind the name of a sequence is no effect.
        NothingFailed: `failed` was asked for, and none has.
        NotAPicture, BadImage: the image link leads to no picture, or to where none may lie.
        AskFirst: the person has to say yes before this is started.
    """
    video = seen.video
    chosen = _each_once(_chosen(order.selection, video))
    if not all(each.id for _, each in chosen):
        raise NotReady(video=video.id, status=video.status)
    # A request that only watches spends nothing, so there is nothing to ask or to lack.
    if not order.watch:
        if video.credits_left is not None and video.credits_left <= 0:
            raise NoCredits
        if seen.picture is not None:
            looking.refuse(seen.picture)
        _ask_first(chosen, order, seen)
    return tuple(
        Generation(each.id, position, each.status, effect=each.effect, url=each.url, room=each.room)
        for position, each in chosen
    )


def clarified(order: Order, seen: Checked) -> Order:
    """Returns the order for the video and the picture that were seen.

    An id that exists is no name; and of a page that shares a picture, the picture itself is meant.
    """
    by_id = order.instead is not None and seen.video.id != order.instead
    order = replace(order, video=seen.video.id, instead=None)
    order = replace(order, called=None) if by_id else order
    look = seen.picture
    return order if look is None else replace(order, image=look.link, pixels=look.size)


_Numbered = tuple[int, Sequence]


def named_one(selection: Selection) -> None:
    """Checks that one sequence is named, without looking whether the video has it.

    Raises:
        OneSequence: none is, or more than one.
    """
    if selection.failed or len(selection.positions) + len(selection.ids) != 1:
        raise OneSequence


def one_sequence(selection: Selection, video: Video) -> _Numbered:
    """Returns the one sequence that is meant, with its position.

    Raises:
        NotReady: the video shows no sequences.
        OneSequence: none is meant, or it is not clear which.
    """
    named_one(selection)
    try:
        [chosen] = _chosen(selection, video)
    except (NoSuchSequence, WhichSequence, UnknownEffect):
        raise OneSequence(positions=len(video.sequences or ())) from None
    return chosen


def _chosen(selection: Selection, video: Video) -> list[_Numbered]:
    sequences = video.sequences or ()
    if not sequences:
        return _unlisted(selection, video)
    numbered = list(enumerate(sequences, start=1))
    if selection.failed:
        return _failed(numbered, video)
    by_id = {each.id: (n, each) for n, each in numbered}
    chosen = []
    for position in selection.positions:
        if position > len(numbered):
            raise NoSuchSequence(video.id, str(position), len(numbered))
        chosen.append(numbered[position - 1])
    named = [by_id.get(each) or _by_room(each, numbered, video) for each in selection.ids]
    return [*chosen, *named]


def _by_room(typed: str, numbered: list[_Numbered], video: Video) -> _Numbered:
    """Returns the one sequence that is called that."""
    found = rooms.called(typed, numbered)
    if len(found) == 1:
        return found[0]
    head = "" if found else rooms.leading(typed, numbered)
    if head:
        raise UnknownEffect(typed=typed.removeprefix(head).strip(), nearest=None)
    if not found and any(map(str.isdigit, typed)):  # so are ids, and no words
        raise NoSuchSequence(video.id, typed, len(numbered))
    offered = [(n, each) for n, each in found or numbered if each.id][:MOST_CHOICES]
    raise WhichSequence(
        asked=typed,
        several=bool(found),
        ids=tuple(each.id for _, each in offered),
        positions=tuple(n for n, _ in offered),
        rooms=tuple(each.room or "" for _, each in offered),
    )


def _failed(numbered: list[_Numbered], video: Video) -> list[_Numbered]:
    if not any(each.status for _, each in numbered):
        raise NotReady(video=video.id, status=video.status)
    failed = [(n, each) for n, each in numbered if each.status == SequenceStatus.ERROR]
    if not failed:
        raise NothingFailed(video=video.id)
    return failed


def _unlisted(selection: Selection, video: Video) -> list[_Numbered]:
    """Takes ids on trust while the video renders and shows no sequences; IACrea judges them."""
    ids = bool(selection.ids) and not any(" " in each for each in selection.ids)
    if not video.rendering or not ids or selection.positions:
        raise NotReady(video=video.id, status=video.status)
    return [(0, Sequence(each, status="")) for each in selection.ids]


def _each_once(chosen: list[_Numbered]) -> list[_Numbered]:
    """Drops repetitions, so that a sequence named or listed twice is paid for once."""
    first: dict[str, _Numbered] = {}
    for position, each in chosen:
        first.setdefault(each.id, (position, each))
    return list(first.values())


def _ask_first(chosen: list[_Numbered], order: Order, seen: Checked) -> None:
    video = seen.video
    ids = {each.id for _, each in chosen}
    again = [r for r in seen.since if any(each.sequence in ids for each in r.generations)]
    known = {generation.sequence for each in again for generation in each.generations} & ids
    renamed = order.called is not None and seen.meant not in {None, video.id}
    pending = tuple(n for n, each in chosen if each.status == SequenceStatus.PENDING)
    shapes = [each.format for _, each in chosen]
    doubts = looking.doubts(seen.picture, shapes)
    found = {
        **doubts,
        Reason.RENAMED: renamed,
        Reason.SEVERAL: len(chosen) > 1,
        Reason.RENDERING: video.rendering,
        Reason.PENDING: bool(pending),
        Reason.REPEATED: bool(again),
    }
    reasons = tuple(reason.value for reason, applies in found.items() if applies)
    # The question names all of them again, so that one yes covers everything there is to ask.
    if not set(reasons) <= _agreed(order, len(chosen), seen):
        positions = tuple(position for position, _ in chosen)
        question = AskFirst(
            reasons,
            positions,
            pending,
            video.progress,
            name=order.called or "" if renamed else "",
            was=seen.meant or "" if renamed else "",
            video=video.id if renamed else "",
            repeated=len(known),
            request=again[0].request if again else "",
        )
        raise looking.with_picture(question, seen.picture, shapes)


def _agreed(order: Order, count: int, seen: Checked) -> set[str]:
    """Returns what the person has said yes to, as far as they knew of it.

    If more sequences have failed since, they did not; nor if something was started on the video
    since: the render in progress is another one then.
    """
    # They were asked before that was started, so no yes of theirs covers it.
    unknown = {Reason.REPEATED}
    if order.selection.failed and count > (order.most or 0):
        unknown.add(Reason.SEVERAL)
    if seen.since:
        unknown.add(Reason.RENDERING)
    waits = {Reason.RENDERING} if order.after_render else set()  # for whichever render it is
    return set(order.agreed) - unknown | waits
