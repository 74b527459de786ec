"""A follow: a video that is watched for a channel until it is done, at no cost."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.request import MessageTs, Origin, RequestId, UserId
from bot.domain.video import SequenceId, VideoId
from bot.domain.watching import BELIEVED_AFTER

MOST_FOLLOWED = 50
"""Videos that are followed at a time, in the whole workspace."""
POSTING = 15.0
"""Seconds for which nobody else posts what is about to be posted: longer than Slack's answer may
take."""
CARD = "card"
END = "end"
"""What is posted of a follow, besides a reply for each sequence that failed."""


class FollowState(StrEnum):
    """Where a follow stands. Every state but the last has somebody who moves it on."""

    ACCEPTED = "accepted"  # written down and acknowledged; to be checked
    CHECKED = "checked"  # not done yet; its card is to be posted
    FOLLOWING = "following"  # its video is polled
    ENDED = "ended"  # to be told
    TOLD = "told"


class FollowEnd(StrEnum):
    """Why a follow has ended."""

    DONE = "done"
    FAILED = "failed"  # IACrea says so of the whole video
    EXPIRED = "expired"  # not done when the bot stopped watching
    STOPPED = "stopped"  # somebody told the bot to stop
    GONE = "gone"  # IACrea knows the video no more


@dataclass(frozen=True, slots=True)
class Failing:
    """One sequence that stands in error.

    Attributes:
        effect, url: of what failed; with another one it is another error.
        room: `Sequence.room`.
        polls: at which it stood in error, in a row.
        told: in the thread, by the follow or by a request.
        over: it is no longer so; kept until it was told.
    """

    sequence: SequenceId
    position: int
    effect: str | None = None
    url: str | None = None
    room: str | None = None
    polls: int = 0
    told: bool = False
    over: bool = False

    @property
    def believed(self) -> bool:
        """Whether it stood for as long as an error must."""
        return self.polls >= BELIEVED_AFTER

    @property
    def due(self) -> bool:
        """Whether it is to be told."""
        return self.believed and not self.told


@dataclass(frozen=True, slots=True)
class Follow:
    """One video, followed for one channel.

    Attributes:
        id: derived from Slack's delivery, so that a second delivery has the same.
        instead: the video of the name that was typed; `video` is what was typed itself, should
            IACrea know such an id.
        version: grows by one with each write.
        message: the card in the channel.
        repeated: the card may stand twice, as nobody could look for the first one.
        posting: what may have been posted without its timestamp being known; else empty.
        posting_at: when it was about to be posted, Unix seconds.
        said: how many replies were posted.
        name: what people call the video.
        automatic: `Video.automatic`; nothing of it is regenerated.
        sequences: how many it has, once that was seen.
        failing: its sequences that stand in error.
        misses: polls in a row that were answered 404; checks, that were not answered.
        deadline: when the bot stops watching, Unix seconds.
        left: credits on the account at the last poll that told them.
        left_at: when that poll began, Unix seconds.
        elsewhere: credits that fell between two polls without a request of the bot's.
        end_told: it stands in the thread, or was told otherwise.
        ended_at: Unix seconds.
        stopped_by: None is whoever operates the bot.
        video_url: the finished video.
    """

    id: RequestId
    origin: Origin
    video: VideoId
    instead: VideoId | None = None
    state: FollowState = FollowState.ACCEPTED
    version: int = 1
    message: MessageTs | None = None
    repeated: bool = False
    posting: str = ""
    posting_at: float | None = None
    said: int = 0
    name: str | None = None
    automatic: bool = False
    sequences: int = 0
    failing: tuple[Failing, ...] = ()
    misses: int = 0
    deadline: float | None = None
    left: float | None = None
    left_at: float | None = None
    elsewhere: float = 0.0
    end: FollowEnd | None = None
    end_told: bool = False
    ended_at: float | None = None
    stopped_by: UserId | None = None
    video_url: str | None = None

    @property
    def thread(self) -> MessageTs | None:
        """Where its replies go: the thread it was asked in, else that of its card."""
        return self.origin.thread or self.message

    @property
    def active(self) -> bool:
        """Whether it counts as one that is followed."""
        return self.state in {FollowState.CHECKED, FollowState.FOLLOWING}

    @property
    def failed(self) -> tuple[Failing, ...]:
        """The sequences that have failed, as far as that is believed."""
        return tuple(each for each in self.failing if not each.over and (each.told or each.due))

    @property
    def to_post(self) -> str:
        """What is to be posted next: the card, a sequence's id, or the end; else empty."""
        if self.state is FollowState.CHECKED:
            return CARD
        if self.state not in {FollowState.FOLLOWING, FollowState.ENDED}:
            return ""
        if self.end is FollowEnd.STOPPED:
            return ""  # whoever stops it wants to read no more of it
        failed = next((each for each in self.failing if each.due), None)
        if failed is not None:
            return failed.sequence
        return END if self.state is FollowState.ENDED and not self.end_told else ""
