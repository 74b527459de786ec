"""The account: its videos, its credits, and which clips will fail. It changes only when called."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sandbox.iacrea.video import (
    ClipFailure,
    Sequence,
    SequenceStatus,
    Timings,
    Video,
    VideoStatus,
)

# The camera movements that the reference names.
EFFECTS = (
    "CAMERA_PUSH_IN",
    "CAMERA_PUSH_OUT",
    "CAMERA_MOVE_RIGHT",
    "CAMERA_CRANE_UP",
    "CAMERA_ORBIT_LEFT",
)

# What the sequences of a video in that state usually look like; elsewhere they are a success.
_USUAL = {
    VideoStatus.PENDING: SequenceStatus.PENDING,
    VideoStatus.GENERATING_VIDEO: SequenceStatus.PENDING,
    VideoStatus.FAILED: SequenceStatus.ERROR,
}


class UnknownIdError(LookupError):
    """The account has no such video, or the video no such sequence."""


class CreditsExhaustedError(Exception):
    """Fewer credits remain than one regeneration costs."""


@dataclass(frozen=True, slots=True)
class Generation:
    """What a regeneration started; `used_so_far` are the credits of all regenerations."""

    id: str
    credits_used: int
    credits_left: int
    used_so_far: int = 0


@dataclass(frozen=True, slots=True)
class Clip:
    """What a clip was made of: the address of a picture, and an effect."""

    image: str
    effect: str


@dataclass(slots=True)
class _PlannedFailure:
    """Clips that are still to fail: of any video, of one, or of one sequence of it."""

    video: str | None
    sequence: str | None
    times: int
    failure: ClipFailure


class Account:
    """A pure state machine: no I/O, and no time but that of its clock.

    Nothing advances by itself: `poll` drives a video, one step at a time, as the API's GET does.

    Attributes:
        credits: what regenerations spend, told as `creditsTotal`.
        photo_credits: another purse, which `/api/account/credit` may count: a newer copy of its
            page ties the key to the subscription for photos («Home Staging»).
        assets_url: where the pictures, clips and videos of those to come are said to lie.
        picture: what the names of their pictures end with.
        moving: what the names of their clips end with.
        clips: every clip that was ever asked for, by its address.
        restart_cost: credits that a clip costs which IACrea makes again by itself; whether that is
            paid for, the reference leaves open.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        timings: Timings,
        credits_left: int,
        cost: int,
        assets_url: str,
        reuses: Literal["latest", "first"] = "latest",
    ) -> None:
        """Opens an account without videos.

        Args:
            clock: seconds; only differences count.
            timings: how long each step lasts.
            credits_left: credits at the start.
            cost: credits per regeneration.
            assets_url: where pictures, clips and final videos are said to lie.
            reuses: which image and effect a regeneration takes that names none.
        """
        self.videos: dict[str, Video] = {}
        self.credits = credits_left
        self.photo_credits = 120
        self.used_so_far = 0
        self.cost = cost
        self.timings = timings
        self._clock = clock
        self.assets_url = assets_url.rstrip("/")
        self.picture = "jpg"
        self.moving = "mp4"
        self.clips: dict[str, Clip] = {}
        self.restart_cost = 0
        self._reuses = reuses
        self._plans: list[_PlannedFailure] = []

    def add_video(
        self,
        sequences: int | Iterable[str] = 5,
        *,
        id: str | None = None,  # noqa: A002  the API's own name for it
        state: str = VideoStatus.DONE,
        effects: Iterable[str] = EFFECTS,
        rooms: Iterable[str] = (),
    ) -> Video:
        """Adds a video as if it had been made and brought to `state` earlier.

        Args:
            sequences: how many, or the status of each (`["success", "error", "pending"]`).
            id: the video's id; a new UUID by default.
            state: any documented video status.
            effects: given to the sequences in turn.
            rooms: what each of them shows (`category`), which makes it an auto video; others have
                none.

        Raises:
            ValueError: `state` or a sequence's status is not a documented one.
        """
        status, video_id, now = VideoStatus(state), id or str(uuid.uuid4()), self._clock()
        if isinstance(sequences, int):
            sequences = [_USUAL.get(status, SequenceStatus.SUCCESS)] * sequences
        names = list(effects)
        made = [
            self._sequence(video_id, place, SequenceStatus(each), names[place % len(names)])
            for place, each in enumerate(sequences)
        ]
        shown = tuple(rooms)
        for sequence, room in zip(made, shown, strict=False):
            sequence.category, sequence.text = room, f"Look at the {room.casefold()}"
        video = Video(video_id, self.assets_url, made, status, now, auto=bool(shown))
        if status is VideoStatus.DONE:
            video.finish()
        if status is VideoStatus.PENDING:
            # Documented: an error while PENDING is one that the server restarts by itself.
            for sequence in made:
                sequence.restarting = sequence.status is SequenceStatus.ERROR
        elif status is VideoStatus.GENERATING_VIDEO:
            video.animate(now, self.timings)
        self.videos[video_id] = video
        return video

    def fail_next(
        self,
        video: Video | None = None,
        sequence: Sequence | None = None,
        *,
        times: int = 1,
        transient: bool = False,
        ends: str = VideoStatus.DONE,
    ) -> None:
        """Lets the next clips of a video come out in status `error`.

        Args:
            video: whose clips; any video's by default.
            sequence: only this one's; any of the video's by default.
            times: how many clips.
            transient: the server restarts the clip by itself, and says so, the video PENDING.
            ends: where the video settles otherwise: DONE, FAILED or GENERATING_VIDEO (for ever).

        Raises:
            ValueError: a video cannot settle in `ends`.
        """
        if ends not in {VideoStatus.DONE, VideoStatus.FAILED, VideoStatus.GENERATING_VIDEO}:
            raise ValueError(f"a video cannot settle in {ends}")
        failure = ClipFailure(transient, VideoStatus(ends))
        whose = (video.id if video else None, sequence.id if sequence else None)
        self._plans.append(_PlannedFailure(*whose, times, failure))

    @property
    def failures_to_come(self) -> int:
        """How many clips will yet come out in status `error`."""
        return sum(plan.times for plan in self._plans)

    def fail_no_more(self) -> None:
        """Takes back what `fail_next` has planned."""
        self._plans.clear()

    def find(self, video_id: str) -> Video:
        """Returns the video of that id, without driving it.

        Raises:
            UnknownIdError: there is none.
        """
        if video_id not in self.videos:
            raise UnknownIdError("Video not found")
        return self.videos[video_id]

    def poll(self, video_id: str) -> Video:
        """Drives a video by at most one step, and returns it.

        Raises:
            UnknownIdError: there is none of that id.
        """
        video = self.find(video_id)
        waited = [sequence for sequence in video.sequences if sequence.restarting]
        video.drive(self._clock(), self.timings, lambda sequence: self._failure(video, sequence))
        restarted = sum(not sequence.restarting for sequence in waited)
        self.credits = max(0, self.credits - restarted * self.restart_cost)
        return video

    def progress(self, video: Video) -> float:
        """Returns how far the video's final render is now, from 0 to 1."""
        return video.progress(self._clock(), self.timings)

    def regenerate(
        self, video_id: str, sequence_id: str, *, image: str | None, effect: str | None
    ) -> Generation:
        """Starts one sequence anew and spends for it, however often it is asked.

        Raises:
            UnknownIdError: no such video or sequence; nothing was spent.
            CreditsExhaustedError: too few credits; nothing was spent.
        """
        video = self.find(video_id)
        sequence = video.sequence(sequence_id)
        if sequence is None:
            raise UnknownIdError("Sequence not found")
        if self.credits < self.cost:
            raise CreditsExhaustedError("Not enough video credits")
        self.credits -= self.cost
        self.used_so_far += self.cost
        video.credits_used += self.cost
        generation = str(uuid.uuid4())
        self._restart(video, sequence, generation, image, effect)
        return Generation(generation, self.cost, self.credits, self.used_so_far)

    def _restart(
        self,
        video: Video,
        sequence: Sequence,
        generation: str,
        image: str | None,
        effect: str | None,
    ) -> None:
        latest = (sequence.image, sequence.effect)
        kept_image, kept_effect = latest if self._reuses == "latest" else sequence.original
        sequence.image, sequence.effect = image or kept_image, effect or kept_effect
        sequence.clip = self._clip(video.id, generation, sequence.image, sequence.effect)
        sequence.status, sequence.ready_at = SequenceStatus.PENDING, None
        sequence.restarting = False
        video.reset(self._clock())

    def _sequence(self, video_id: str, place: int, status: SequenceStatus, effect: str) -> Sequence:
        image = f"{self.assets_url}/{video_id}/photo-{place + 1}.{self.picture}"
        return Sequence(
            id=str(uuid.uuid4()),
            image=image,
            effect=effect,
            status=status,
            clip=self._clip(video_id, str(uuid.uuid4()), image, effect),
        )

    def _clip(self, video_id: str, generation: str, image: str, effect: str) -> str:
        """Returns where the clip of a generation lies, and remembers what it shows."""
        address = f"{self.assets_url}/{video_id}/clip-{generation}.{self.moving}"
        self.clips[address] = Clip(image, effect)
        return address

    def _failure(self, video: Video, sequence: Sequence) -> ClipFailure | None:
        for plan in self._plans:
            meant = plan.video in {None, video.id} and plan.sequence in {None, sequence.id}
            if meant and plan.times > 0:
                plan.times -= 1
                return plan.failure
        return None
