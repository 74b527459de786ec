"""A video, its sequences and the steps from PENDING to DONE, each taken only when driven."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class VideoStatus(StrEnum):
    """What GET may answer as `status` (IACrea's reference, «Track Video API»).

    FAILED is not among them: it is documented for the photo services alone, as is the sentence that
    what failed is refunded. A bot has to end there all the same, and refunds are simulated nowhere.
    """

    PENDING = "PENDING"
    GENERATING_VIDEO = "GENERATING_VIDEO"
    START_RENDERING_VIDEO = "START_RENDERING_VIDEO"
    RENDERING_VIDEO = "RENDERING_VIDEO"
    DONE = "DONE"
    FAILED = "FAILED"


class SequenceStatus(StrEnum):
    """What an entry of `generatedContent` may have as `status` (iacrea-api.md)."""

    PENDING = "pending"
    SUCCESS = "success"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Timings:
    """How many seconds each step takes; fractions and 0 are allowed.

    Attributes:
        queue: from a regeneration (or a failed clip that restarts) to the start of its clip.
        animate: one clip; clips of one video are made side by side.
        stagger: by how much each further clip of one video takes longer than the one before.
        render: the final video.
    """

    queue: float = 0.5
    animate: float = 4.0
    stagger: float = 0.0
    render: float = 3.0


@dataclass(frozen=True, slots=True)
class ClipFailure:
    """One clip that comes out wrong.

    Attributes:
        transient: the server restarts the clip by itself, the video being PENDING meanwhile.
        ends: where the video settles if the clip stays wrong: DONE, FAILED or GENERATING_VIDEO.
    """

    transient: bool
    ends: VideoStatus


@dataclass(slots=True)
class Sequence:
    """One entry of `generatedContent`; `image` and `effect` are those of its newest generation.

    `category` and `text` are told of auto videos (docs.iacrea.com, «Auto Video API»); their values
    are not documented. Its place in the list is not a scene of the film: `order` of a created video
    begins at 0 with the intro, and only `video` sequences are animated («Generate Video API»).
    """

    id: str
    image: str
    effect: str
    status: SequenceStatus
    clip: str
    format: str = "16:9"
    ready_at: float | None = None
    restarting: bool = False
    category: str | None = None
    text: str | None = None
    original: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Keeps what the video was created with, which one reading of the docs reuses."""
        self.original = (self.image, self.effect)


@dataclass(slots=True)
class Video:
    """One video of the account, with what happened to it.

    Attributes:
        since: when its current step began, in seconds of the account's clock.
        renders: final renders that were finished; part of `final_url`.
        renders_cancelled: final renders that a regeneration cut off.
        credits_used: what its regenerations cost so far.
        ends: where it settles once every clip is made.
        rendered_clips: of each finished render, the clips that it shows, in order.
        auto: whether it was made by `POST …/video/auto`, whose videos have a GET of their own.
    """

    id: str
    assets_url: str
    sequences: list[Sequence]
    status: VideoStatus
    since: float
    renders: int = 0
    renders_cancelled: int = 0
    credits_used: int = 0
    ends: VideoStatus = VideoStatus.DONE
    rendered_clips: list[tuple[str, ...]] = field(default_factory=list)
    auto: bool = False

    @property
    def final_url(self) -> str:
        """The rendered video; another one after each render."""
        return f"{self.assets_url}/{self.id}/video-{self.renders}.mp4"

    @property
    def restarting(self) -> bool:
        """Whether a failed clip waits to be made again by the server itself."""
        return any(sequence.restarting for sequence in self.sequences)

    def sequence(self, sequence_id: str) -> Sequence | None:
        """Returns the sequence of that id, or None if it is not one of this video's."""
        return next((found for found in self.sequences if found.id == sequence_id), None)

    def progress(self, now: float, timings: Timings) -> float:
        """Returns how far the final render is, from 0 to 1."""
        if self.status is not VideoStatus.RENDERING_VIDEO:
            return 0.0
        return min(1.0, (now - self.since) / timings.render) if timings.render > 0 else 1.0

    def enter(self, status: VideoStatus, now: float) -> None:
        """Goes to `status`, whose time counts from `now`."""
        self.status, self.since = status, now

    def reset(self, now: float) -> None:
        """Does what a regeneration does to its video: back to PENDING, a running render cut off."""
        rendering = {VideoStatus.START_RENDERING_VIDEO, VideoStatus.RENDERING_VIDEO}
        self.renders_cancelled += self.status in rendering
        self.ends = VideoStatus.DONE
        self.enter(VideoStatus.PENDING, now)

    def drive(
        self, now: float, timings: Timings, failure: Callable[["Sequence"], ClipFailure | None]
    ) -> None:
        """Takes at most one step, if the current one has lasted long enough.

        Args:
            now: seconds of the account's clock.
            timings: how long each step lasts.
            failure: asked once for each clip that is ready: what goes wrong with it, if anything.
        """
        elapsed = now - self.since
        match self.status:
            case VideoStatus.PENDING if elapsed >= timings.queue:
                self.animate(now, timings)
            case VideoStatus.GENERATING_VIDEO:
                self._collect_clips(now, failure)
            case VideoStatus.START_RENDERING_VIDEO:
                # The render began with this status, so its time goes on counting.
                self.status = VideoStatus.RENDERING_VIDEO
            case VideoStatus.RENDERING_VIDEO if elapsed >= timings.render:
                self.finish()
                self.enter(VideoStatus.DONE, now)
            case _:
                pass

    def finish(self) -> None:
        """Makes one more final render, of the clips that there are."""
        made = SequenceStatus.SUCCESS
        self.renders += 1
        self.rendered_clips.append(
            tuple(each.clip for each in self.sequences if each.status is made)
        )

    def animate(self, now: float, timings: Timings) -> None:
        """Starts every clip that waits; those already in work keep their time."""
        waiting = [
            sequence
            for sequence in self.sequences
            if sequence.restarting
            or (sequence.status is SequenceStatus.PENDING and sequence.ready_at is None)
        ]
        for place, sequence in enumerate(waiting):
            sequence.status = SequenceStatus.PENDING
            sequence.restarting = False
            sequence.ready_at = now + timings.animate + place * timings.stagger
        self.enter(VideoStatus.GENERATING_VIDEO, now)

    def _collect_clips(
        self, now: float, failure: Callable[["Sequence"], ClipFailure | None]
    ) -> None:
        for sequence in self.sequences:
            if sequence.ready_at is not None and now >= sequence.ready_at:
                sequence.ready_at = None
                self._settle(sequence, failure(sequence))
        # IACrea makes a failed clip again by itself, and says PENDING until it has begun.
        if self.restarting:
            self.enter(VideoStatus.PENDING, now)
        elif all(sequence.status is not SequenceStatus.PENDING for sequence in self.sequences):
            self._go_on(now)

    def _settle(self, sequence: Sequence, failure: ClipFailure | None) -> None:
        sequence.status = SequenceStatus.SUCCESS if failure is None else SequenceStatus.ERROR
        if failure is None:
            return
        sequence.restarting = failure.transient
        if not failure.transient:
            self.ends = failure.ends

    def _go_on(self, now: float) -> None:
        if self.ends is VideoStatus.DONE:
            self.enter(VideoStatus.START_RENDERING_VIDEO, now)
        elif self.ends is not self.status:  # it may settle in GENERATING_VIDEO, for ever
            self.enter(self.ends, now)
