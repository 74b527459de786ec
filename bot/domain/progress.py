"""How far a running request is, from what the last poll saw."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.video import SequenceStatus, Video, VideoStatus


class Stage(StrEnum):
    """What IACrea is doing, in the order in which it does it."""

    QUEUED = "queued"
    ANIMATING = "animating"
    RENDERING = "rendering"
    UNKNOWN = "unknown"  # a status that is not documented
    SILENT = "silent"  # IACrea has not answered for a while


@dataclass(frozen=True, slots=True)
class Progress:
    """One moment of a running request.

    Attributes:
        done: sequences that are ready.
        of: sequences the video has; 0 when IACrea did not say.
        rendered: share of the final render, from 0 to 1.
        status: IACrea's own word, shown where the stage is unknown.
        ahead: how many wait for the render before this request, where it waits as well.
    """

    stage: Stage
    done: int = 0
    of: int = 0
    rendered: float = 0.0
    status: str = ""
    ahead: int = 0

    @property
    def share(self) -> float:
        """A guess for the bar, from 0 to 1: animating takes the first two thirds."""
        match self.stage:
            case Stage.RENDERING:
                return _ANIMATED + (1 - _ANIMATED) * self.rendered
            case Stage.ANIMATING:
                return _QUEUED + (_ANIMATED - _QUEUED) * self.done / max(self.of, 1)
            case _:
                return _QUEUED


_QUEUED = 0.1
_ANIMATED = 0.7

_STAGES: dict[str, Stage] = {
    VideoStatus.PENDING: Stage.QUEUED,
    VideoStatus.GENERATING: Stage.ANIMATING,
    VideoStatus.START_RENDERING: Stage.RENDERING,
    VideoStatus.RENDERING: Stage.RENDERING,
    # Read right after the POST, the settled states are still those from before it.
    VideoStatus.DONE: Stage.QUEUED,
    VideoStatus.FAILED: Stage.QUEUED,
}


def progress(video: Video) -> Progress:
    """Returns how far the video is, as this answer tells it."""
    sequences = video.sequences or ()
    return Progress(
        stage=_STAGES.get(video.status, Stage.UNKNOWN),
        done=sum(each.status == SequenceStatus.SUCCESS for each in sequences),
        of=len(sequences),
        rendered=min(max(video.progress or 0.0, 0.0), 1.0),
        status=video.status,
    )
