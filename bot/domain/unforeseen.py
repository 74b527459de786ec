"""What becomes of a request whose step fails in a way that nobody foresaw: it ends, told."""

from bot.domain import events
from bot.domain.errors import Unforeseen
from bot.domain.request import Request, State


def ending(request: Request) -> events.Event | None:
    """Returns what ends it without spending anything twice, or unseen; None where nothing does.

    Before a POST nothing was spent. A POST that is about to be sent may have been, so that its
    answer counts as lost, and the video is watched.
    """
    match request.state:
        case State.ACCEPTED | State.CHECKED | State.IN_LINE | State.ANNOUNCED:
            return events.Rejected(Unforeseen())
        case State.SUBMITTING:
            return events.Refused(Unforeseen()) if request.sending is None else events.Lost()
        case State.PENDING:
            return events.TimedOut()
        case State.ENDED:
            # What may stand in the thread is told in private, and by the announcement, instead.
            told = request.message is None or request.reply is not None or request.reply_lost
            return None if told else events.ReplyLost()
        case State.TOLD | State.ABANDONED:
            return None
