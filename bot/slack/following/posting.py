"""Posts what is told of a follow, each thing at most once as far as anybody can tell."""

import logging
from collections.abc import Callable
from functools import partial

from bot import metrics
from bot.domain import following
from bot.domain.budget import Priority, Turn
from bot.domain.follow import CARD, POSTING, Follow
from bot.domain.request import MessageTs, RequestId
from bot.domain.timing import Timing
from bot.slack.blocks.message import Message
from bot.slack.connection.errors import SlackError, SlackUnclearError
from bot.slack.connection.limits import POST
from bot.slack.connection.web_api import WebApi
from bot.slack.telling.own_messages import CannotLookError, find
from bot.slack.telling.posting import PAUSE, post, take_away
from bot.store.errors import OvertakenError
from bot.store.follows import Follows
from bot.transitions import retry_while_away

log = logging.getLogger(__name__)

Build = Callable[[Follow], Message]
Change = Callable[[Follow], Follow]


class FollowPoster:
    """Posts messages of follows, and writes down beforehand that it is about to."""

    def __init__(
        self, slack: WebApi, follows: Follows, now: Callable[[], float], timeout: float
    ) -> None:
        """`now` is Unix time by Redis's clock; a follow ends after `timeout` seconds."""
        self._slack = slack
        self._follows = follows
        self._now = now
        self._timeout = timeout

    def timing(self) -> Timing:
        """Returns what time it is."""
        return Timing(self._now(), self._timeout)

    def being_posted(self, follow: Follow) -> bool:
        """Returns whether another process may be posting something of it at this moment."""
        if not follow.posting or follow.posting_at is None:
            return False
        timing = self.timing()
        # A time that lies ahead is of a clock that was put back: nobody is posting.
        return not timing.lies_ahead(follow.posting_at) and (
            timing.now < follow.posting_at + POSTING
        )

    async def once(self, follow: Follow, part: str, build: Build) -> MessageTs:
        """Posts that part unless it stands already; returns its timestamp.

        Raises:
            CannotLookError: an earlier try may have posted it, and nobody can tell.
            SlackRefusedError: it cannot be posted there, or its thread was deleted.
            SlackError: it could not be posted now, or nobody knows; the follow stays due.
            OvertakenError: somebody else has moved it on.
        """
        priority = Priority.ANNOUNCEMENT if part == CARD else Priority.OUTCOME
        # Before anything is written: without a turn it stays as it is.
        await self._slack.take_turn(POST, follow.origin.channel, Turn(priority, follow.id))
        if follow.posting:
            metrics.TAKEOVERS.labels("post").inc()
            try:
                found = await find(self._slack, follow, _named(follow, part), self._now())
            except CannotLookError:
                if part != CARD:
                    raise
                # A follow without a card could not be stopped, so one may stand twice, and says so.
                return await self._anew(follow, part, build, repeated=True)
            if found is not None:
                if found.strayed:
                    # Raises, so that it is told in private: its thread is gone.
                    await take_away(self._slack, follow, found.ts)
                return found.ts
        return await self._anew(follow, part, build)

    async def _anew(
        self, follow: Follow, part: str, build: Build, *, repeated: bool = False
    ) -> MessageTs:
        about = following.about_to_post(follow, part, self.timing(), repeated=repeated)
        about = await self._follows.save(about)
        try:
            posted = await post(self._slack, about, _named(about, part), build(about))
        except SlackUnclearError:  # it may stand, so it stays noted as being posted
            raise
        except SlackError:
            await self.change(follow.id, following.not_posted, after=PAUSE)
            raise
        if posted.strayed:
            await take_away(self._slack, about, posted.ts)
        return posted.ts

    async def change(self, follow_id: RequestId, change: Change, *, after: float = 0.0) -> None:
        """Writes what has happened, whoever writes meanwhile, and even if Redis is away just then.

        Raises:
            StoreAwayError: it stayed away.
        """
        await retry_while_away(partial(self._changed, follow_id, change, after))

    async def _changed(self, follow_id: RequestId, change: Change, after: float) -> None:
        while (follow := await self._follows.load(follow_id)) is not None:
            try:
                await self._follows.save(change(follow), after=after)
            except OvertakenError:
                continue
            return


def _named(follow: Follow, part: str) -> str:
    """Returns what the message carries: the same sequence may fail, and be told, again."""
    return f"{part} {follow.said}"
