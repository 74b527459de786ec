"""The play: who is there, and what they do, step by step."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TypeAlias

from bot.simulator.iacrea import Timings

CHANNEL = "listings"
VIDEO = "lilac-street-12"
EFFECTS = (
    "CAMERA_PUSH_IN",
    "CAMERA_MOVE_RIGHT",
    "CAMERA_CRANE_UP",
    "CAMERA_ORBIT_LEFT",
    "CAMERA_PUSH_OUT",
)
"""Of the video's sequences, before the play."""
CREDITS = 50

TITLE = "the real bot on a simulated Slack and a simulated IACrea"
FAREWELL = "Connect it to your own workspace: the README says how, step by step."


class Person(StrEnum):
    """Who is in the channel."""

    ANNA = auto()
    BEN = auto()


@dataclass(frozen=True, slots=True)
class Narrate:
    """Says what is going on."""

    text: str


@dataclass(frozen=True, slots=True)
class Type:
    """Somebody types a command; `twice`: Slack delivers it two times at once."""

    who: Person
    command: str
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody presses the newest button of that label."""

    who: Person
    label: str


@dataclass(frozen=True, slots=True)
class Fail:
    """The next clip of that sequence, counted from 1, will fail at IACrea."""

    sequence: int


@dataclass(frozen=True, slots=True)
class Pace:
    """IACrea takes so long from now on."""

    timings: Timings


@dataclass(frozen=True, slots=True)
class Until:
    """Waits until a message in the channel says that."""

    words: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Waits until everything asked for was told, in the thread or in private."""


@dataclass(frozen=True, slots=True)
class Kill:
    """Kills the bot, `kill -9`."""


@dataclass(frozen=True, slots=True)
class Start:
    """Starts the bot, and waits until it is connected to Slack."""


Step: TypeAlias = Narrate | Type | Press | Fail | Pace | Until | Answered | Kill | Start

# The bot edits a message every 3 s at most: its pace lets each stage be seen.
_CALM = Timings(queue=0.7, animate=2.8, render=3.6)
_BRISK = Timings(queue=0.0, animate=1.8, render=2.8)

PLAY: tuple[Step, ...] = (
    Start(),
    Pace(_CALM),
    Narrate("Anna wants another camera movement in one sequence of a flat's video."),
    Type(Person.ANNA, f"/regen {VIDEO} 2 push out"),
    Answered(),
    Narrate("Ben mistypes an effect. He alone is told, and nothing is spent."),
    Type(Person.BEN, f"/regen {VIDEO} 4 puhs in"),
    Answered(),
    Pace(_BRISK),
    Narrate("Typed right, his sequence fails at IACrea. One press asks for it again."),
    Fail(4),
    Type(Person.BEN, f"/regen {VIDEO} 4 push in"),
    Answered(),
    Press(Person.BEN, "Retry"),
    Answered(),
    Narrate("Slack delivers Anna's next command twice. To the bot it is one request."),
    Type(Person.ANNA, f"/regen {VIDEO} 1 orbit left", twice=True),
    Until("Animating"),
    Narrate("kill -9: the bot dies while IACrea is at work."),
    Kill(),
    Narrate("A new process finds the request in Redis, finishes it, and tells it once."),
    Start(),
    Answered(),
)
