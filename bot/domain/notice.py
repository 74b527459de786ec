"""What is to be said next of a request, at Slack."""

from enum import StrEnum


class Notice(StrEnum):
    """One thing to be said. `Request.notice` says which one it is."""

    ANNOUNCE = "announce"  # its message in the channel, before credits are spent
    TELL = "tell"  # its outcome, or why nothing was started
    FADE = "fade"  # its buttons no longer fit: a later request is on its sequences
    UPLOAD = "upload"  # the finished video, as a file in the thread


class Upload(StrEnum):
    """The finished video as a file in the thread, so that it plays in Slack."""

    NONE = "none"  # not wanted, or over
    WANTED = "wanted"  # once the outcome is told
    SHARING = "sharing"  # its bytes are at Slack; its file id is known
