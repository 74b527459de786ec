"""The slash command: what was typed, and what is wanted by it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.domain.effects import Effects
from bot.domain.errors import (
    MissingSequence,
    NotASequence,
    NotAVideo,
    TooLong,
    TooManySequences,
)
from bot.domain.images import image_link
from bot.domain.request import Pick, Wish
from bot.domain.video import SequenceId, VideoId

MOST_CHARACTERS = 2000
"""Enough for two ids, an effect and the longest image link."""

MOST_SEQUENCES = 20
"""Per request; their ids must fit a button's value (2,000 characters, Slack's Block Kit limit)."""

_LINK_SIGN = re.compile("[/:]")
"""No effect's name has one, while every link does, also one that cannot be used."""
_ID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_UUID = re.compile(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_POSITIONS = re.compile(r"\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*,?")
_COMMA = re.compile(r"(?<=\d)\s*,\s*(?=\d)")
_BRACKETS = re.compile(r"<([^<>|\s]+)(\|[^<>]*)?>")
"""`<https://link|label>`, as Slack sends what it has recognised. Source:
docs.slack.dev/interactivity/implementing-slash-commands, «escape»."""


@dataclass(frozen=True, slots=True)
class Help:
    """`help`, or nothing at all: say how the command is used."""


@dataclass(frozen=True, slots=True)
class ListEffects:
    """`effects`: list them in plain words."""


Command = Help | ListEffects | Wish

_WORDS: dict[str, Command] = {"help": Help(), "effects": ListEffects()}


def parse(typed: str, effects: Effects) -> Command:
    """What is wanted by the text behind the slash command.

    Links may come in Slack's angle brackets, and `2, 4` as two words.

    Raises:
        CommandError: one of its subclasses, which says what could not be understood.
    """
    if len(typed) > MOST_CHARACTERS:
        raise TooLong(length=len(typed), most=MOST_CHARACTERS)
    words = _COMMA.sub(",", _BRACKETS.sub(r"\1", typed)).split()
    if not words:
        return Help()
    if len(words) == 1 and words[0].casefold() in _WORDS:
        return _WORDS[words[0].casefold()]
    return _wish(words, effects)


def _wish(words: list[str], effects: Effects) -> Wish:
    video = video_id(words[0])
    if len(words) == 1:
        raise MissingSequence(video=video)
    pick = sequences(words[1])
    rest = words[2:]
    links = [word for word in rest if _LINK_SIGN.search(word)]
    named = " ".join(word for word in rest if not _LINK_SIGN.search(word))
    return Wish(
        video=video,
        pick=pick,
        effect=effects.find(named) if named else None,
        image=image_link(" ".join(links)) if links else None,
    )


def video_id(typed: str) -> VideoId:
    """The video's id, from an id or from any link that contains one.

    Raises:
        NotAVideo: it is neither.
    """
    found = _id_in_link(typed) if "/" in typed else typed
    if found is None or not _ID.fullmatch(found) or found.casefold() in _RESERVED:
        raise NotAVideo(typed=typed)
    return VideoId(found)


_RESERVED = frozenset({"status", "effects", "failed"})
"""The command's own words that have an id's shape."""


def sequences(typed: str) -> Pick:
    """Which sequences are meant by a position, a list or range of them, `failed` or an id.

    Raises:
        NotASequence: it is none of these.
        TooManySequences: more than `MOST_SEQUENCES`.
    """
    if typed.casefold() == "failed":
        return Pick(failed=True)
    if _POSITIONS.fullmatch(typed):
        return Pick(positions=_positions(typed))
    if not _ID.fullmatch(typed):
        raise NotASequence(typed=typed)
    return Pick(ids=(SequenceId(typed),))


def _positions(typed: str) -> tuple[int, ...]:
    wanted: dict[int, None] = {}
    for part in typed.strip(",").split(","):
        first, _, last = part.partition("-")
        start, end = int(first), int(last or first)
        if start < 1 or end < start:
            raise NotASequence(typed=typed)
        if end - start >= MOST_SEQUENCES:
            raise TooManySequences(asked=end - start + 1, most=MOST_SEQUENCES)
        wanted.update(dict.fromkeys(range(start, end + 1)))
    if len(wanted) > MOST_SEQUENCES:
        raise TooManySequences(asked=len(wanted), most=MOST_SEQUENCES)
    return tuple(wanted)


def _id_in_link(link: str) -> str | None:
    """The likeliest id. Ids of other things, such as a user, may stand in the same link."""
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
