"""TELLS ONCE: says what is due to be said of each request, and says it again later if it must."""

import contextlib
import logging
from typing import assert_never

from bot import tracing
from bot.domain import events
from bot.domain.notice import Notice
from bot.domain.request import MessageTs, Request, RequestId, State
from bot.slack.answering.nearby import NearbyVideos
from bot.slack.connection.errors import SlackBusyError, SlackError
from bot.slack.connection.web_api import CALL_LIMIT
from bot.slack.telling.announcements import Announcements
from bot.slack.telling.apology import apologise
from bot.slack.telling.context import TellingContext
from bot.slack.telling.outcomes import Outcomes, StoryboardRefresher
from bot.slack.telling.posting import PAUSE
from bot.slack.telling.uploads import Uploads
from bot.store.errors import OvertakenError, StoreAwayError, UnreadableRecordError
from bot.store.estimates import Estimates
from bot.store.queues import Queue
from bot.store.records import KEPT
from bot.transitions import about

log = logging.getLogger(__name__)

LEASE = CALL_LIMIT + 2.0
"""Seconds for which a notice belongs to the process that claimed it: enough for one call."""
LONGEST_PAUSE = 600.0
"""Seconds at most between two tries to tell something."""


class Courier:
    """Says what is to be said, each thing once, and writes down that it was said."""

    def __init__(
        self,
        context: TellingContext,
        estimates: Estimates,
        storyboards: StoryboardRefresher,
        uploads: Uploads,
        nearby: NearbyVideos,
    ) -> None:
        self._context = context
        self._slack = context.slack
        self._store = context.store
        self._transitions = context.transitions
        self._languages = context.languages
        self._announcements = Announcements(context)
        self._outcomes = Outcomes(context, estimates, storyboards, nearby, uploads=uploads.wanted)
        self._uploads = uploads

    async def deliver(self, request_id: str) -> None:
        """Says the next thing for the request of that id; it stays due until that was said."""
        request = await self._store.load(RequestId(request_id))
        if request is None:
            await self._store.forget(Queue.NOTICES, request_id)  # its record has expired
            return
        try:
            await self._say_or_end(request)
        except OvertakenError:
            log.debug("overtaken", extra=about(request))
        except SlackError as error:
            await self._later(request, error)

    async def _say(self, request: Request) -> None:
        """Says what `Request.notice` asks for; nothing if another process has said it by now."""
        match request.notice:
            case Notice.ANNOUNCE:
                with tracing.step("announce", request.id):
                    await self._announcements.post(request)
            case Notice.TELL:
                with tracing.step("tell", request.id):
                    await self._outcomes.tell(request)
            case Notice.FADE:
                await self._outcomes.fade(request)
            case Notice.UPLOAD:
                await self._uploads.bring(request)
            case None:
                pass
            case _:
                assert_never(request.notice)

    async def explain_repetition(self, request_id: RequestId, pressed: MessageTs) -> None:
        """Points from an announcement that was posted twice to the one that is kept up to date."""
        await self._announcements.explain_repetition(request_id, pressed)

    async def _say_or_end(self, request: Request) -> None:
        """Says the next thing. If the bot itself fails, ends the request and tells its person."""
        try:
            await self._say(request)
        except (OvertakenError, SlackError, StoreAwayError, UnreadableRecordError):
            raise
        except Exception:
            if request.state is State.TOLD:
                raise  # nothing is lost but an edit or a video; the worker comes back to it
            log.exception("telling failed in a way that nobody foresaw", extra=about(request))
            # If it has ended already, no outcome will tell of it.
            if not await self._transitions.end(request.id):
                await apologise(self._slack, self._languages, request)
                await self._transitions.apply(await self._context.reload(request), events.Closed())

    async def _later(self, request: Request, error: SlackError) -> None:
        """Makes it due again, later the longer it has waited, and in the end gives it up."""
        waiting = self._store.now() - (request.ended_at or request.origin.at)
        # After that long nobody waits for it any more.
        if request.state is State.ENDED and waiting > KEPT:
            log.error("abandoned: nobody could be told (%r)", error, extra=about(request))
            with contextlib.suppress(OvertakenError):
                current = await self._context.reload(request)
                await self._transitions.apply(current, events.Abandoned())
            return
        pause = min(max(PAUSE, waiting / 4), LONGEST_PAUSE)
        if isinstance(error, SlackBusyError):
            # With `of` it only waits for its turn, which comes soon.
            level = logging.DEBUG if error.of else logging.WARNING
            log.log(level, "Slack asks for fewer calls (%s)", error, extra=about(request))
            pause = error.retry_after
        else:
            log.warning("Slack: %r", error, extra=about(request))
        await self._store.postpone(Queue.NOTICES, request.id, pause)
