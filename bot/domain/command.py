"""The slash command: what was typed, and what is wanted by it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.domain.effects import Effects
from bot.domain.errors import (
    BadName,
    NotASequence,
    NotAVideo,
    TooLong,
    TooManySequences,
)
from bot.domain.images import image_link
from bot.domain.names import OWN_WORDS, folded, video_name
from bot.domain.request import Order, Selection
from bot.domain.video import SequenceId, VideoId

MOST_CHARACTERS = 2000
"""Enough for two ids, an effect and the longest image link."""

MOST_SEQUENCES = 20
"""That are named one by one in a request. `failed` means all of them, however many."""

_LINK_SIGN = re.compile("[/:]")
"""No effect's name has one, while every link does, also one that cannot be used."""
_ID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_UUID = re.compile(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_REQUEST = re.compile(r"[0-9a-f]{20}")
"""A request's id, as the bot makes them."""
_POSITIONS = re.compile(r"\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*,?")
_COMMA = re.compile(r"(?<=\d)\s*,\s*(?=\d)")
_BRACKETS = re.compile(r"<([^<>|\s]+)(\|[^<>]*)?>")
"""`<https://link|label>`, as Slack sends what it has recognised. Source:
docs.slack.dev/interactivity/implementing-slash-commands, «escape»."""


@dataclass(frozen=True, slots=True)
class VideoRef:
    """What was typed for a video.

    Attributes:
        typed: as it was typed.
        id: the id it holds, where it has the shape of one or is a link.
        name: what to look up among the names that videos were given.
        last: the video most recently worked on in the channel.
    """

    typed: str
    id: VideoId | None = None
    name: str | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """The video that is meant, as far as that is known without asking IACrea.

    Attributes:
        called: the name by which it is meant, as it was typed.
        instead: the video of that name; `video` is what was typed, should IACrea know such an id.
    """

    video: VideoId
    called: str | None = None
    instead: VideoId | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """`help`: say how the command is used."""


@dataclass(frozen=True, slots=True)
class ListEffects:
    """`effects`: list them in plain words."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Nothing at all: open the form."""


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """`status`: what is running in this channel, and what it cost."""


@dataclass(frozen=True, slots=True)
class ShowStoryboard:
    """A video alone: show its sequences."""

    video: VideoRef


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """`show <request>`: bring the card of a request back; a video means its newest request."""

    request: str
    video: VideoRef | None


@dataclass(frozen=True, slots=True)
class NameVideo:
    """`name <video> <name>`: give a video a name."""

    video: VideoRef
    name: str


@dataclass(frozen=True, slots=True)
class Regenerate:
    """A video and which of its sequences."""

    video: VideoRef
    selection: Selection
    effect: str | None = None
    image: str | None = None

    def order(self, meant: Meant) -> Order:
        """What is wanted, once it is known which video may be meant."""
        return Order(
            meant.video,
            self.selection,
            self.effect,
            self.image,
            called=meant.called,
            instead=meant.instead,
        )


Command = (
    Help
    | ListEffects
    | OpenForm
    | ShowStatus
    | ShowStoryboard
    | ShowRequest
    | NameVideo
    | Regenerate
)

_ALONE: dict[str, Command] = {"help": Help(), "effects": ListEffects(), "status": ShowStatus()}


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
        return OpenForm()
    first = words[0].casefold()
    if len(words) == 1:
        return _ALONE.get(first) or ShowStoryboard(video_ref(words[0]))
    if first == "name":
        return _naming(words)
    if first == "show":
        return _showing(words[1])
    return _regenerate(words, effects)


def _naming(words: list[str]) -> NameVideo:
    video = video_ref(words[1])
    return NameVideo(video, video_name(" ".join(words[2:])))


def _showing(typed: str) -> ShowRequest:
    if _REQUEST.fullmatch(typed):
        return ShowRequest(typed, None)
    return ShowRequest(typed, video_ref(typed))


def _regenerate(words: list[str], effects: Effects) -> Regenerate:
    video = video_ref(words[0])
    selection = sequences(words[1])
    rest = words[2:]
    links = [word for word in rest if _LINK_SIGN.search(word)]
    named = " ".join(word for word in rest if not _LINK_SIGN.search(word))
    return Regenerate(
        video=video,
        selection=selection,
        effect=effects.find(named) if named else None,
        image=image_link(" ".join(links)) if links else None,
    )


def video_ref(typed: str) -> VideoRef:
    """The video that is meant by an id, by any link that contains one, by a name or by `last`.

    Raises:
        NotAVideo: it can be none of these.
    """
    if typed.casefold() == "last":
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
    """The video's id, from an id or from any link that contains one.

    Raises:
        NotAVideo: it is neither.
    """
    link = "/" in typed and len(typed) <= MOST_CHARACTERS
    found = _id_in_link(typed) if link else typed
    if found is None or not _ID.fullmatch(found) or found.casefold() in OWN_WORDS:
        raise NotAVideo(typed=typed)
    return VideoId(found)


def sequences(typed: str) -> Selection:
    """Which sequences are meant by a position, a list or range of them, `failed` or an id.

    Raises:
        NotASequence: it is none of these.
        TooManySequences: more than `MOST_SEQUENCES`.
    """
    if typed.casefold() == "failed":
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
