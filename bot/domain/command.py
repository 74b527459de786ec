"""The slash command: its words, and what can be wanted by it. `parsing` reads what was typed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.domain.request import Order, Selection
from bot.domain.video import VideoId

MOST_SEQUENCES = 20
"""That are named one by one in a request. `failed` means all of them, however many."""


class Word(StrEnum):
    """A word that a command begins with where it is about no video.

    Attributes:
        behind: what is typed behind it, as the help shows it; empty where it stands alone.
    """

    behind: str

    def __new__(cls, spelled: str, behind: str = "") -> Self:
        """Takes its spelling, and what is typed behind it."""
        word = str.__new__(cls, spelled)
        word._value_ = spelled
        word.behind = behind
        return word

    AGAIN = "again"
    NAME = "name", "<video> lilac-street"
    SHOW = "show", "<video>"
    WATCH = "watch", "<video>"
    TAKES = "takes", "<video> 2"
    STATUS = "status"
    EFFECTS = "effects"
    HELP = "help"


LAST = "last"
"""Instead of a video: the one most recently worked on in the channel."""
FAILED = "failed"
"""Instead of sequences: all that failed."""

WORDS: dict[str, Word] = {word.value: word for word in Word}
"""The command's words, by how they are typed."""
OWN_WORDS = frozenset({*WORDS, LAST, FAILED})
"""What the command understands by itself, so that no video can be called that."""


@dataclass(frozen=True, slots=True)
class VideoRef:
    """What was typed for a video.

    Attributes:
        typed: as it was typed.
        id: the id it holds, where it has the shape of one or is a link.
        name: what to look up among the names that videos were given.
        last: the video most recently worked on in the channel.
        left_out: none was typed: the one that the thread is about is meant.
    """

    typed: str
    id: VideoId | None = None
    name: str | None = None
    last: bool = False
    left_out: bool = False


LEFT_OUT = VideoRef("", left_out=True)
"""Instead of a video, in a thread that is about one."""


@dataclass(frozen=True, slots=True)
class MeantVideo:
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
class Again:
    """`again`: the newest request of the thread once more."""


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
class FollowVideo:
    """`watch <video>`: follow a video until it is done; nothing is spent."""

    video: VideoRef


@dataclass(frozen=True, slots=True)
class ShowTakes:
    """`takes <video> <sequence>`: show what was made of one sequence before."""

    video: VideoRef
    selection: Selection

    @property
    def typed(self) -> str:
        """The sequence, as it is typed."""
        return " ".join([*map(str, self.selection.positions), *self.selection.ids]) or "2"


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

    def order(self, meant: MeantVideo) -> Order:
        """Returns what is wanted, once it is known which video may be meant."""
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
    | Again
    | ShowStatus
    | ShowStoryboard
    | ShowRequest
    | FollowVideo
    | ShowTakes
    | NameVideo
    | Regenerate
)
