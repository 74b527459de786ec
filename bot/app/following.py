"""Builds what checks the videos that are to be followed, and tells of them."""

from bot.app.core import Core
from bot.slack.answering.context import AnsweringContext
from bot.slack.following.posting import FollowPoster
from bot.slack.following.progress import FollowUpdates
from bot.slack.following.teller import LEASE, FollowTeller
from bot.slack.telling.outcomes import StoryboardRefresher
from bot.store.queues import Queue
from bot.worker import ClaimLimits, Worker

FOLLOWS_AT_ONCE = 5
"""Follows at once: of fifty, few have something due at a time."""


def build_following(
    core: Core, context: AnsweringContext, storyboards: StoryboardRefresher
) -> tuple[Worker, FollowUpdates]:
    """Returns the worker for what is due, and what edits the cards; nothing runs yet."""
    stores, timeout = core.stores, core.config.generation_timeout
    poster = FollowPoster(context.slack, stores.follows, stores.requests.now, timeout)
    teller = FollowTeller(context, poster, core.notes.follows, storyboards)
    claims = ClaimLimits(Queue.FOLLOWS, FOLLOWS_AT_ONCE, ahead=LEASE)
    worker = Worker(claims, teller.step, stores.requests, core.deliveries)
    return worker, FollowUpdates(context, core.notes.follows)
