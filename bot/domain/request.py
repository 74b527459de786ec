"""A request: what was asked, by whom and where, and everything that is known of it since."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.errors import UserError
from bot.domain.notice import Notice, Upload
from bot.domain.video import SequenceId, VideoId

RequestId = NewType("RequestId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
MessageTs = NewType("MessageTs", str)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which sequences of a video are meant: by position, by id, or all that failed.

    Attributes:
        positions: as the storyboard counts them; 1 is the first.
    """

    positions: tuple[int, ...] = ()
    ids: tuple[SequenceId, ...] = ()
    failed: bool = False


class Reason(StrEnum):
    """Why a person is asked before credits are spent. Source: contract, «What a user sees», 7."""

    SEVERAL = "several"  # more than one sequence
    RENDERING = "rendering"  # the final render in progress would be cancelled
    PENDING = "pending"  # IACrea is generating the sequence already
    RENAMED = "renamed"  # the name was another video when this person used it last
    REPEATED = "repeated"  # somebody started the same since this person was asked
    UNSEEN = "unseen"  # we cannot reach the new picture, though IACrea may
    FORMAT = "format"  # the new picture is one that IACrea does not document
    SMALL = "small"  # it has few pixels
    SHAPE = "shape"  # it does not fit into the video's


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    Attributes:
        effect: an API name; None keeps the sequence's own.
        image: an https link to the new source image; None keeps the sequence's own.
        agreed: what the person was asked about and said yes to.
        over: the running request that the person agreed to regenerate on top of.
        watch: follow what was sent before; nothing is sent.
        called: the name by which the video was meant, as it was typed.
        most: of the failed sequences, how many the person agreed to.
        since: when the person was asked, or shown, it, and knows of nothing later; Unix seconds.
        instead: the video of that name; `video` is what was typed, should IACrea know such an id.
        after_render: wait for a render instead of cancelling it; see `domain.line`.
        pixels: width and height of the image, once it was looked at.
    """

    video: VideoId
    selection: Selection
    effect: str | None = None
    image: str | None = None
    agreed: tuple[str, ...] = ()
    over: RequestId | None = None
    watch: bool = False
    called: str | None = None
    instead: VideoId | None = None
    most: int | None = None
    since: float | None = None
    after_render: bool = False
    pixels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asked, and where the answer goes.

    Attributes:
        thread: the thread that this request belongs to; None for one asked in the channel.
        at: Unix time in seconds.
        response_url: Slack's link for private answers; lives 30 minutes.
        open_thread: the thread that this person had open when they asked, so that private answers
            are shown in it; None for the channel.
        teams: workspaces and organisations that Slack named with who asked, ids.
        view: `external_id` of the modal in which they are answered; None in a conversation.
    """

    user: UserId
    channel: ChannelId
    at: float
    thread: MessageTs | None = None
    response_url: str | None = None
    open_thread: MessageTs | None = None
    teams: tuple[str, ...] = ()
    view: str | None = None

    @property
    def in_direct_message(self) -> bool:
        """Whether it is the direct messages of two, the bot's own among them."""
        return self.channel.startswith("D")


class GenerationState(StrEnum):
    """One sequence's part of a request."""

    WAITING = "waiting"  # not sent
    SENDING = "sending"  # the POST is on its way, or the process died with it
    LOST = "lost"  # sent, and no answer: only the video can tell whether it landed
    RUNNING = "running"  # accepted by IACrea
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"  # IACrea said no
    NOT_STARTED = "not started"  # was lost, and nothing showed
    EXPIRED = "expired"  # not finished when the bot stopped watching
    STOPPED = "stopped"  # not finished when somebody told the bot to stop watching


_UNDER_WAY = (GenerationState.WAITING, GenerationState.SENDING, GenerationState.LOST)
ENDED_GENERATIONS = frozenset(GenerationState) - {*_UNDER_WAY, GenerationState.RUNNING}


@dataclass(frozen=True, slots=True)
class Generation:
    """One sequence being regenerated.

    Attributes:
        position: in the storyboard; 1 is the first, and 0 stands for one that it did not show.
        effect: before the regeneration, if IACrea said.
        url: picture or clip before the regeneration, if IACrea said.
        status: of the sequence, before the regeneration.
        sent_at: when the POST was answered, or sent if its answer is not known; Unix seconds.
        moved: something of the new generation was seen, so that what is seen now is not stale.
        error_polls: polls in a row at which the sequence stood in error.
        new_url: picture or clip after the regeneration.
        credits_used: what it cost, where the balance told.
        room: `Sequence.room`, at the check.
    """

    sequence: SequenceId
    position: int
    status: str
    effect: str | None = None
    url: str | None = None
    state: GenerationState = GenerationState.WAITING
    sent_at: float | None = None
    moved: bool = False
    error_polls: int = 0
    generation_id: str | None = None
    new_url: str | None = None
    credits_used: float | None = None
    room: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more can come of it."""
        return self.state in ENDED_GENERATIONS


class State(StrEnum):
    """Where a request stands. Every state but the last two has somebody who moves it on."""

    ACCEPTED = "accepted"  # written down and acknowledged; to be checked
    CHECKED = "checked"  # exists at IACrea; to be announced
    IN_LINE = "in line"  # its message stands in the channel; a render is waited for
    ANNOUNCED = "announced"  # its message stands in the channel; to be submitted
    SUBMITTING = "submitting"  # at least one POST may be on its way
    PENDING = "pending"  # IACrea works on it; the video is polled
    ENDED = "ended"  # the outcome is decided; to be told
    TOLD = "told"
    ABANDONED = "abandoned"  # the outcome could be told to nobody, and is no longer tried


class Outcome(StrEnum):
    """What came of a request that has ended."""

    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"
    STOPPED = "stopped"
    UNCLEAR = "unclear"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Request:
    """One accepted command, button press or form, from acceptance until it is told.

    Attributes:
        id: derived from Slack's delivery, so that a second delivery has the same.
        version: grows by one with each write; a writer with an older one is too late.
        sequences: how many sequences the video has.
        video_status: at the check.
        tries: failures in a row of the step that is due.
        stood: polls in a row for which its video stood still, while it waits in line.
        throttled: how often IACrea asked to wait with it, in a row; that is no failure.
        posting: a message may have been posted whose timestamp was not recorded.
        posting_at: when it was about to be posted, Unix seconds.
        repeated: its announcement may stand twice, as nobody could look for the first one.
        message: the announcement in the channel.
        reply: the outcome in the thread.
        reply_lost: the outcome may be missing there; it is not posted again, but told elsewhere.
        told_privately: it was, to the person who asked.
        problem: why it was rejected or refused.
        deadline: when the bot stops watching, Unix seconds.
        ended_at: when the outcome was decided, Unix seconds.
        video_url: the finished video.
        credits_left: what remained when IACrea last said.
        name: what people call the video, at the check.
        stopped_by: who told the bot to stop watching; None is whoever operates it.
        superseded_by: a later request on one of its sequences.
        faded: its card says so, and has no buttons any more.
        upload: how far the finished video is on its way into the thread.
        file: Slack's id of that file.
        file_link: where it stands in Slack, once it does and Slack said so.
    """

    id: RequestId
    origin: Origin
    order: Order
    state: State = State.ACCEPTED
    version: int = 1
    generations: tuple[Generation, ...] = ()
    sequences: int = 0
    video_status: str = ""
    tries: int = 0
    stood: int = 0
    throttled: int = 0
    posting: bool = False
    posting_at: float | None = None
    repeated: bool = False
    message: MessageTs | None = None
    reply: MessageTs | None = None
    reply_lost: bool = False
    told_privately: bool = False
    problem: UserError | None = None
    deadline: float | None = None
    ended_at: float | None = None
    video_url: str | None = None
    credits_left: float | None = None
    name: str | None = None
    stopped_by: UserId | None = None
    superseded_by: RequestId | None = None
    faded: bool = False
    upload: Upload = Upload.NONE
    file: str | None = None
    file_link: str | None = None

    @property
    def ended(self) -> bool:
        """Whether its outcome is decided."""
        return self.state in {State.ENDED, State.TOLD, State.ABANDONED}

    @property
    def notice(self) -> Notice | None:
        """What is to be said next at Slack; None where nothing is."""
        if self.state is State.CHECKED:
            return Notice.ANNOUNCE
        if self.state is State.ENDED:
            return Notice.TELL
        if self.state is State.TOLD and self.superseded_by is not None and not self.faded:
            return Notice.FADE  # before the video, which may take long
        uploading = self.state is State.TOLD and self.upload is not Upload.NONE
        return Notice.UPLOAD if uploading else None

    @property
    def sending(self) -> Generation | None:
        """The sequence whose POST is on its way, or was when the process died."""
        on_its_way = GenerationState.SENDING
        return next((each for each in self.generations if each.state is on_its_way), None)

    @property
    def sent_at(self) -> float | None:
        """When the first of its sequences was sent, Unix seconds; None while none was."""
        times = (each.sent_at for each in self.generations)
        return min((each for each in times if each is not None), default=None)

    @property
    def thread(self) -> MessageTs | None:
        """Where its replies go: the thread it was asked in, else that of its own message."""
        return self.origin.thread or self.message

    @property
    def outcome(self) -> Outcome:
        """What came of it, the worst first where its sequences differ."""
        states = {each.state for each in self.generations}
        if states <= {GenerationState.WAITING, GenerationState.REFUSED}:
            return Outcome.REJECTED
        return next((outcome for state, outcome in _WORST_FIRST if state in states), Outcome.DONE)


_WORST_FIRST = (
    (GenerationState.NOT_STARTED, Outcome.UNCLEAR),
    (GenerationState.FAILED, Outcome.FAILED),
    (GenerationState.REFUSED, Outcome.FAILED),
    (GenerationState.EXPIRED, Outcome.EXPIRED),
    (GenerationState.STOPPED, Outcome.STOPPED),
)
