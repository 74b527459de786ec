"""What can happen to a request. `lifecycle.advance` says what each event makes of it."""

from dataclasses import dataclass

from bot.domain.errors import UserError
from bot.domain.looking import Look
from bot.domain.repetition import Repetition
from bot.domain.request import MessageTs, RequestId, UserId
from bot.domain.video import Receipt, Video, VideoId


@dataclass(frozen=True, slots=True)
class Checked:
    """IACrea showed the video, which people call `name`, before anything was spent.

    Attributes:
        meant: the video that the name they typed meant when they used it last.
        since: what was started on the video since they were asked, the newest first.
        picture: what lies behind the image link, if there is one.
    """

    video: Video
    name: str | None = None
    meant: VideoId | None = None
    since: tuple[Repetition, ...] = ()
    picture: Look | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """It cannot or shall not be started; nothing was spent."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class Retrying:
    """The step that is due did not succeed and is tried again later.

    Attributes:
        throttled: as IACrea asked to be called less often.
    """

    throttled: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """Its message is about to be posted to Slack.

    Attributes:
        repeated: an earlier try may have posted it too, and nobody can look.
    """

    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NotPosted:
    """Slack said for sure that the message was not posted."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Its message stands in the channel."""

    message: MessageTs


@dataclass(frozen=True, slots=True)
class TurnCame:
    """The render that it waited for is over, and nobody is before it."""


@dataclass(frozen=True, slots=True)
class Sending:
    """The POST for its next waiting sequence is about to be sent."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """IACrea accepted the POST.

    Attributes:
        left: the credits on the account before it, as far as known.
    """

    receipt: Receipt
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Throttled:
    """IACrea answered the POST with 429: not accepted, and to be sent again later."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The POST surely never left: to be sent again later."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The POST was sent, or may have been, and its answer is not known."""


@dataclass(frozen=True, slots=True)
class Refused:
    """IACrea refused the POST; nothing was spent by it."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class Seen:
    """A poll that began at `at` (Unix seconds) showed the video."""

    video: Video
    at: float


@dataclass(frozen=True, slots=True)
class Gone:
    """A poll was answered 404: the video is no longer there."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Its deadline has passed."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody told the bot to stop watching; None is whoever operates it."""

    by: UserId | None


@dataclass(frozen=True, slots=True)
class Superseded:
    """A later request was started on one of its sequences."""

    by: RequestId


@dataclass(frozen=True, slots=True)
class Faded:
    """Its card says that it was superseded, or is no longer there."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Its bytes are at Slack, as a file that nobody sees yet."""

    file: str


@dataclass(frozen=True, slots=True)
class UploadEnded:
    """The file stands in the thread, or will not.

    Attributes:
        link: where it stands, if Slack said so.
    """

    link: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Its outcome stands in the thread (`reply`), or was said in private (None)."""

    reply: MessageTs | None = None


@dataclass(frozen=True, slots=True)
class ReplyLost:
    """Its outcome could not be posted in the thread, or nobody can tell whether it stands there."""


@dataclass(frozen=True, slots=True)
class ToldPrivately:
    """Its outcome was said in private, in place of the reply that was lost."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Nobody could be told for as long as an ended request is kept."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The outcome has been said.

    Attributes:
        upload: the finished video shall be put into the thread as well, if there is one.
    """

    upload: bool = False


Event = (
    Checked
    | Rejected
    | Retrying
    | Posting
    | NotPosted
    | Announced
    | TurnCame
    | Sending
    | Submitted
    | Throttled
    | NotSent
    | Lost
    | Refused
    | Seen
    | Gone
    | TimedOut
    | Stopped
    | Superseded
    | Faded
    | Uploaded
    | UploadEnded
    | Told
    | ReplyLost
    | ToldPrivately
    | Abandoned
    | Closed
)
