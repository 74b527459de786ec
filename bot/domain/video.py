"""A video and its sequences, as IACrea's track endpoint shows them at one moment."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

VideoId = NewType("VideoId", str)
SequenceId = NewType("SequenceId", str)


class VideoStatus(StrEnum):
    """The documented states; IACrea may answer with others, which are kept as text.

    Source: GET /api/video-editor/generate/video/{id}. `FAILED` is documented for IACrea's photo
    services alone; it is read as an end all the same, and nobody is told to expect it.
    """

    PENDING = "PENDING"
    GENERATING = "GENERATING_VIDEO"
    START_RENDERING = "START_RENDERING_VIDEO"
    RENDERING = "RENDERING_VIDEO"
    DONE = "DONE"
    FAILED = "FAILED"


ENDED = frozenset({VideoStatus.DONE, VideoStatus.FAILED})
"""The states in which a video goes no further."""


class SequenceStatus(StrEnum):
    """The documented states of one entry of `generatedContent`."""

    PENDING = "pending"
    SUCCESS = "success"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One animated picture of a video.

    Attributes:
        id: what the regenerate endpoint calls `sequenceId`.
        status: a `SequenceStatus`, or whatever else IACrea answered; empty where it is not known.
        effect: the API name of the camera movement, if known.
        url: the source image or the generated clip; IACrea leaves open which.
        category: what it shows, such as `KITCHEN`; told of auto videos.
        text: the words that an auto video shows with it.
        called: what people call it.
        format: its shape, such as `16:9`.
    """

    id: SequenceId
    status: str
    effect: str | None = None
    url: str | None = None
    category: str | None = None
    text: str | None = None
    called: str | None = None
    format: str | None = None

    @property
    def room(self) -> str | None:
        """What it is called: a name that somebody gave it, else its category."""
        return self.called or self.category


@dataclass(frozen=True, slots=True)
class Video:
    """What one poll saw.

    Attributes:
        status: a `VideoStatus`, or whatever else IACrea answered.
        sequences: in storyboard order; None when the answer left `generatedContent` out.
        progress: of the final render, from 0 to 1, if it was given.
        url: the finished video, once there is one.
        message: IACrea's own words, if it sent any.
        credits_left: what remains on the account, if it was given.
        automatic: only the GET for automatic videos knows it; IACrea documents regenerating for the
            other kind alone.
    """

    id: VideoId
    status: str
    sequences: tuple[Sequence, ...] | None = None
    progress: float | None = None
    url: str | None = None
    message: str | None = None
    credits_left: float | None = None
    automatic: bool = False

    @property
    def rendering(self) -> bool:
        """Whether a final render is in progress, which a regeneration would cancel."""
        return self.status in {VideoStatus.START_RENDERING, VideoStatus.RENDERING}

    @property
    def ended(self) -> bool:
        """Whether it goes no further."""
        return self.status in ENDED

    def sequence(self, wanted: SequenceId) -> Sequence | None:
        """Returns the sequence of that id, or None if this answer does not show it."""
        return next((each for each in self.sequences or () if each.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Receipt:
    """IACrea's answer to an accepted regeneration.

    Attributes:
        generation: the id of the new generation.
        credits_left: what remains on the account (IACrea's `creditsTotal`).
        credits_used: by this regeneration, or on the account so far, which IACrea leaves open;
            `domain.price` tells what it cost.
    """

    generation: str | None = None
    credits_left: float | None = None
    credits_used: float | None = None
