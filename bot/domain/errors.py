"""What can be wrong with a request. Errors carry facts; their words are made in `slack.blocks`.

They are hashable values, but not frozen: `contextlib` assigns `__traceback__` to what passes
through it.
"""

from dataclasses import dataclass


class UserError(Exception):
    """Something its person can mend; nothing was spent. Subclasses carry the facts."""


class CommandError(UserError):
    """What was typed could not be understood."""


@dataclass(unsafe_hash=True)
class NotAVideo(CommandError):
    """What stands for the video is no id, no link that contains one, and no name of one."""

    typed: str


@dataclass(unsafe_hash=True)
class NotASequence(CommandError):
    """What stands for the sequence is neither a position, nor a list of them, nor an id."""

    typed: str


@dataclass(unsafe_hash=True)
class TooManySequences(CommandError):
    """More sequences than one request takes; `first` are as many of them as it does."""

    asked: int
    most: int
    first: tuple[int, ...] = ()


@dataclass(unsafe_hash=True)
class UnknownEffect(CommandError):
    """No effect is called that; `nearest` is the API name of one that is spelled alike."""

    typed: str
    nearest: str | None


@dataclass(unsafe_hash=True)
class BadImage(CommandError):
    """The image link cannot be used: not plain https, or to an address that is not public."""

    typed: str
    private: bool


@dataclass(unsafe_hash=True)
class TooLong(CommandError):
    """More was typed than any command needs."""

    length: int
    most: int


@dataclass(unsafe_hash=True)
class StaleButton(UserError):
    """A button whose contents cannot be read: made by another version, or tampered with."""


@dataclass(unsafe_hash=True)
class AnotherCommand(CommandError):
    """A command of the app's that this bot does not listen to, with its slash."""

    typed: str


@dataclass(unsafe_hash=True)
class BadName(CommandError):
    """A video cannot be called that; `reason` is a `names.Flaw`."""

    typed: str
    reason: str


@dataclass(unsafe_hash=True)
class NameTaken(UserError):
    """Another video is called that; `video` is its id."""

    name: str
    video: str


@dataclass(unsafe_hash=True)
class NoLastVideo(UserError):
    """`last` was asked for in a channel in which no video was worked on yet."""


@dataclass(unsafe_hash=True)
class NothingToRepeat(UserError):
    """`again` was asked for outside a thread, or in one where nothing has ended yet."""

    in_thread: bool


@dataclass(unsafe_hash=True)
class NoSuchRequest(UserError):
    """No request of that id, or on that video, is remembered."""

    asked: str


@dataclass(unsafe_hash=True)
class NotAllowed(UserError):
    """That person may not spend credits, or not in that channel.

    Attributes:
        person: whether it is the person, and not the channel, who may not.
        channels: where it may be done, ids.
        admins: who can be asked, ids.
        why: a `permissions.Standing`, or `SILENT_GROUP`, where that is the reason.
    """

    person: bool
    channels: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    why: str = ""


@dataclass(unsafe_hash=True)
class HourlyLimit(UserError):
    """More regenerations within an hour than one person may start.

    Attributes:
        limit: MAX_REGENS_PER_HOUR.
        asked: how many this request would have added.
        minutes: until enough of them are an hour ago.
        positions: as many of those asked for as may be started at once.
    """

    limit: int
    asked: int
    minutes: int
    positions: tuple[int, ...] = ()


@dataclass(unsafe_hash=True)
class NoLongerRunning(UserError):
    """There is nothing to stop: the request has ended, or is not known any more."""


@dataclass(unsafe_hash=True)
class NotRunningYet(UserError):
    """There is nothing to stop yet: the request is on its way to IACrea."""


@dataclass(unsafe_hash=True)
class NoSuchVideo(UserError):
    """IACrea knows no video of that id."""

    video: str


@dataclass(unsafe_hash=True)
class NoSuchSequence(UserError):
    """The video has no such sequence; `positions` is how many it has, 0 if that is not known."""

    video: str
    asked: str
    positions: int


@dataclass(unsafe_hash=True)
class NothingFailed(UserError):
    """`failed` was asked for, and no sequence of the video is in error."""

    video: str


@dataclass(unsafe_hash=True)
class NotReady(UserError):
    """The video shows no sequences yet, so none can be chosen."""

    video: str
    status: str


@dataclass(unsafe_hash=True)
class CannotPost(UserError):
    """Slack does not let the bot post where the request was made.

    Attributes:
        reason: Slack's error.
        direct: it is a direct message.
    """

    reason: str
    direct: bool = False


@dataclass(unsafe_hash=True)
class NoCredits(UserError):
    """IACrea answered 402: the account has not enough credits."""

    detail: str = ""


@dataclass(unsafe_hash=True)
class KeyRefused(UserError):
    """IACrea answered 401 or 403: whoever runs the bot must mend its key."""


@dataclass(unsafe_hash=True)
class NotAccepted(UserError):
    """IACrea refused the request with another 4xx; `detail` is its own words."""

    status: int
    detail: str = ""


@dataclass(unsafe_hash=True)
class IACreaUnavailable(UserError):
    """IACrea could not be reached or answered 5xx, and still did after some tries.

    Attributes:
        cause: a `network.Cause` where that is what whoever runs the bot has to mend.
    """

    status: int | None = None
    cause: str | None = None


@dataclass(unsafe_hash=True)
class Unforeseen(UserError):
    """A step failed in a way that nobody foresaw; the bot's log says where."""


@dataclass(unsafe_hash=True)
class TooLate(UserError):
    """The bot was away so long that starting now could surprise: nothing was started."""

    minutes: int


@dataclass(unsafe_hash=True)
class Cancelled(UserError):
    """Whoever operates the bot ended it before it was sent."""


@dataclass(unsafe_hash=True)
class AlreadyRunning(UserError):
    """Another request is regenerating that sequence.

    The other fields point to it; they are filled in for whoever may see it, and never kept.

    Attributes:
        thread: the one that `message` is a reply in.
    """

    request: str
    by: str
    channel: str
    message: str | None
    thread: str | None = None


@dataclass(unsafe_hash=True)
class AskFirst(UserError):
    """Possible, but the person is asked before credits are spent on it.

    Attributes:
        reasons: what has to be agreed to.
        positions: the sequences that would be regenerated.
        pending: those of them that IACrea is generating already.
        progress: of the final render that would be cancelled, from 0 to 1.
        started_by: who asked for what is being rendered, ids; filled in for whoever may see it,
            and never kept.
        name: what was typed for the video, if it was another one when they used it last.
        was: that other video.
        video: the one that it is now.
        repeated: how many of the sequences were started by others since the person was asked.
        request: the newest request that did so.
        by, channel, message, thread: point to it, as in `AlreadyRunning`.
    """

    reasons: tuple[str, ...]
    positions: tuple[int, ...]
    pending: tuple[int, ...] = ()
    progress: float | None = None
    started_by: tuple[str, ...] = ()
    name: str = ""
    was: str = ""
    video: str = ""
    repeated: int = 0
    request: str = ""
    by: str = ""
    channel: str = ""
    message: str | None = None
    thread: str | None = None
