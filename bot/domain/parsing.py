"""Reads the slash command: what is wanted by what was typed."""

import contextlib
import re
from collections.abc import Iterator
from typing import assert_never
from urllib.parse import parse_qs, unquote, urlsplit

from bot.domain.command import (
    FAILED,
    LAST,
    LEFT_OUT,
    MOST_SEQUENCES,
    OWN_WORDS,
    WORDS,
    Again,
    Command,
    FollowVideo,
    Help,
    ListEffects,
    NameVideo,
    OpenForm,
    Regenerate,
    ShowRequest,
    ShowStatus,
    ShowStoryboard,
    ShowTakes,
    VideoRef,
    Word,
)
from bot.domain.effects import Effects
from bot.domain.errors import (
    BadName,
    CommandError,
    NotASequence,
    NotAVideo,
    TooLong,
    TooManySequences,
    UnknownEffect,
)
from bot.domain.images import image_link
from bot.domain.names import folded, video_name
from bot.domain.request import Selection
from bot.domain.rooms import is_known
from bot.domain.tidying import tidied
from bot.domain.video import SequenceId, VideoId

MOST_CHARACTERS = 2000
"""Enough for two ids, an effect and the longest image link."""

_MOST_ROOM_WORDS = 12
"""Words of what a sequence is called, with an effect behind them."""
_LINK_SIGN = re.compile("[/:]")
"""No effect's name has one, while every link does, also one that cannot be used."""
_ID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_UUID = re.compile(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_REQUEST = re.compile(r"[0-9a-f]{20}")
"""A request's id, as the bot makes them."""
_POSITIONS = re.compile(r"\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*,?")
_ALONE: dict[Word, Command] = {
    Word.AGAIN: Again(),
    Word.HELP: Help(),
    Word.EFFECTS: ListEffects(),
    Word.STATUS: ShowStatus(),
}
"""What is wanted by a word that stands alone."""
_BRACKETS = re.compile(r"<([^<>|\s]+)(\|[^<>]*)?>")
"""`<https://link|label>`, as Slack sends what it has recognised. Source:
docs.slack.dev/interactivity/implementing-slash-commands, «escape»."""


def parse(typed: str, effects: Effects, *, in_thread: bool = False) -> Command:
    """Reads the text behind the slash command.

    Links may come in Slack's angle brackets, and words as editors write them: see `tidying`. What
    is said `in_thread` may leave the video out.

    Raises:
        CommandError: one of its subclasses, which says what could not be understood.
    """
    if len(typed) > MOST_CHARACTERS:
        raise TooLong(length=len(typed), most=MOST_CHARACTERS)
    words = _BRACKETS.sub(r"\1", tidied(typed)).split()
    if not words:
        return OpenForm()
    word = WORDS.get(words[0].casefold())
    # With too much or too little behind it, it is read on, and explained as a word of ours.
    if word is not None and bool(word.behind) == bool(words[1:]):
        return _own(word, words[1:], in_thread=in_thread)
    if in_thread and (shortened := _without_video(words, effects)) is not None:
        return shortened
    if len(words) == 1:
        return ShowStoryboard(video_ref(words[0]))
    return _regenerate(words, effects)


def _without_video(words: list[str], effects: Effects) -> Command | None:
    """What is wanted of the video that a thread is about; None where one is named."""
    if len(words) == 1 and words[0].casefold() == Word.SHOW:
        return ShowRequest("", LEFT_OUT)
    if len(words) == 1 and words[0].casefold() == Word.WATCH:
        return FollowVideo(LEFT_OUT)
    if begins_with_sequences(words[0]):
        return _of(LEFT_OUT, words, effects)
    # Whatever is wrong with it as a room, it may be right as a video.
    with contextlib.suppress(CommandError):
        of_a_room = _of(LEFT_OUT, words, effects)
        if of_a_room.selection.ids and all(map(is_known, of_a_room.selection.ids)):
            return of_a_room
    return None


def begins_with_sequences(word: str) -> bool:
    """Whether sequences are named by it, and not a video."""
    return word.casefold() == FAILED or _POSITIONS.fullmatch(word) is not None


def _own(word: Word, behind: list[str], *, in_thread: bool) -> Command:
    match word:
        case Word.AGAIN | Word.HELP | Word.EFFECTS | Word.STATUS:
            return _ALONE[word]
        case Word.NAME:
            return NameVideo(video_ref(behind[0]), video_name(" ".join(behind[1:])))
        case Word.SHOW:
            typed = behind[0]
            return ShowRequest(typed, None if _REQUEST.fullmatch(typed) else video_ref(typed))
        case Word.WATCH:
            return FollowVideo(video_ref(behind[0]))
        case Word.TAKES:
            return _takes(behind, in_thread=in_thread)
        case _:
            assert_never(word)


def _takes(words: list[str], *, in_thread: bool) -> ShowTakes:
    """Reads a video and what stands for its sequence; whether that is one is judged later."""
    if in_thread and (begins_with_sequences(words[0]) or is_known(" ".join(words))):
        return ShowTakes(LEFT_OUT, _named(words))
    return ShowTakes(video_ref(words[0]), _named(words[1:]))


def _named(words: list[str]) -> Selection:
    """Reads sequences in one word, or what one is called in several; no words are none.

    Raises:
        NotASequence: it is neither.
        TooManySequences: more than `MOST_SEQUENCES`.
    """
    called = " ".join(words)
    if not words:
        return Selection()
    if called[0].isalpha() and called.casefold() != FAILED and not _LINK_SIGN.search(called):
        return Selection(ids=(SequenceId(called),))
    return sequences(called)


def _regenerate(words: list[str], effects: Effects) -> Regenerate:
    return _of(video_ref(words[0]), words[1:], effects)


def _of(video: VideoRef, words: list[str], effects: Effects) -> Regenerate:
    links = [word for word in words[1:] if _LINK_SIGN.search(word)]
    others = [words[0], *(word for word in words[1:] if not _LINK_SIGN.search(word))]
    selection, effect = _room(others, effects) or _plainly(others, effects)
    return Regenerate(video, selection, effect, image_link(" ".join(links)) if links else None)


def _plainly(words: list[str], effects: Effects) -> tuple[Selection, str | None]:
    """Reads sequences in one word, and the effect in the others."""
    selection, named = sequences(words[0]), " ".join(words[1:])
    return selection, effects.find(named) if named else None


def _room(words: list[str], effects: Effects) -> tuple[Selection, str | None] | None:
    """Reads what a sequence is called, in words, and an effect; None where it is no such words.

    The longest end that is an effect is the effect. Whether a sequence is called by what stands
    before it is known once its video was read.

    Raises:
        NotASequence: all of it is an effect.
        UnknownEffect: something close to an effect stands at the end.
    """
    first, count = words[0], len(words)
    if not first[0].isalpha() or first.casefold() == FAILED or count > _MOST_ROOM_WORDS:
        return None
    if _LINK_SIGN.search(first) or any(map(str.isdigit, first)):
        return None
    ends = [" ".join(words[start:]) for start in range(count)]
    start = next((at for at, end in enumerate(ends) if effects.called([end])), count)
    if start == 0:
        raise NotASequence(typed=first)
    if start == count:
        _no_slip(ends[1:], effects)
    called = SequenceId(" ".join(words[:start]))
    return Selection(ids=(called,)), effects.called(ends[start : start + 1])


def _no_slip(ends: list[str], effects: Effects) -> None:
    for end in ends:
        near = effects.close(end)
        if near is not None:
            raise UnknownEffect(typed=end, nearest=near)


def video_ref(typed: str) -> VideoRef:
    """Returns the video meant by an id, by any link that contains one, by a name or by `last`.

    Raises:
        NotAVideo: it can be none of these.
    """
    if typed.casefold() == LAST:
        return VideoRef(typed, last=True)
    if "/" in typed or _UUID.fullmatch(typed):
        return VideoRef(typed, id=video_id(typed))
    try:
        name: str | None = folded(video_name(typed))
    except BadName:
        return VideoRef(typed, id=video_id(typed))
    shaped = _ID.fullmatch(typed) and typed.casefold() not in OWN_WORDS
    return VideoRef(typed, id=VideoId(typed) if shaped else None, name=name)


def video_id(typed: str) -> VideoId:
    """Returns the video's id, from an id or from any link that contains one.

    Raises:
        NotAVideo: it is neither.
    """
    link = "/" in typed and len(typed) <= MOST_CHARACTERS
    found = _id_in_link(typed) if link else typed
    if found is None or not _ID.fullmatch(found) or found.casefold() in OWN_WORDS:
        raise NotAVideo(typed=typed)
    return VideoId(found)


def sequences(typed: str) -> Selection:
    """Returns which sequences are meant by a position, a list or range, `failed` or an id.

    Raises:
        NotASequence: it is none of these.
        TooManySequences: more than `MOST_SEQUENCES`.
    """
    if typed.casefold() == FAILED:
        return Selection(failed=True)
    if _POSITIONS.fullmatch(typed):
        return Selection(positions=_positions(typed))
    if not _ID.fullmatch(typed):
        raise NotASequence(typed=typed)
    return Selection(ids=(SequenceId(typed),))


def _positions(typed: str) -> tuple[int, ...]:
    wanted: dict[int, None] = {}
    for part in typed.strip(",").split(","):
        first, _, last = part.partition("-")
        start, end = int(first), int(last or first)
        if start < 1 or end < start:
            raise NotASequence(typed=typed)
        wanted.update(dict.fromkeys(range(start, end + 1)))
    if len(wanted) > MOST_SEQUENCES:
        some = tuple(wanted)[:MOST_SEQUENCES]
        raise TooManySequences(asked=len(wanted), most=MOST_SEQUENCES, first=some)
    return tuple(wanted)


def _id_in_link(link: str) -> str | None:
    """Returns the likeliest id. Ids of other things, such as a user, may stand in the same link."""
    try:
        return next(filter(_ID.fullmatch, _likely_ids(link.replace("&amp;", "&"))), None)
    except ValueError:
        return None


def _likely_ids(link: str) -> Iterator[str]:
    parts = urlsplit(link)
    route, _, route_query = parts.fragment.partition("?")  # single-page apps: /#/video/…?…
    query = parse_qs(f"{parts.query}&{route_query}")
    for name in ("videoId", "video_id", "video"):
        yield from query.get(name, ())
    yield from _UUID.findall(link)
    yield from query.get("id", ())
    segments = [unquote(each) for each in reversed(f"{parts.path}/{route}".split("/"))]
    yield from (each for each in segments if re.search(r"\d", each))
    yield from segments
