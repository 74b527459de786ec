"""TELLS ONCE: announcements, outcomes and private answers; the only caller of chat methods."""

import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot import metrics, tracing
from bot.domain import events
from bot.domain.errors import CannotPost, NotAllowed, UserError
from bot.domain.progress import Progress
from bot.domain.request import MessageTs, Request, RequestId, State
from bot.domain.video import VideoId
from bot.slack.answering import privately
from bot.slack.answering.access import Access
from bot.slack.answering.languages import Languages
from bot.slack.answering.others import Others
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import problem
from bot.slack.connection.web_api import (
    CALL_LIMIT,
    SlackBusyError,
    SlackError,
    SlackRefusedError,
    SlackUnclearError,
    WebApi,
)
from bot.slack.telling import messages
from bot.slack.telling.apology import NobodyToldError, apologise
from bot.slack.telling.own_messages import CannotLookError
from bot.slack.telling.posting import ANNOUNCEMENT, OUTCOME, PAUSE, Posting
from bot.slack.telling.posting import LEASE as POSTING_LEASE
from bot.store.door import StoreAwayError
from bot.store.due import Due
from bot.store.learned import Learned
from bot.store.records import KEPT, UnreadableRecordError
from bot.store.requests import OvertakenError, Requests
from bot.transitions import Transitions, about, outlasting

log = logging.getLogger(__name__)

LEASE = CALL_LIMIT + 2.0
"""Seconds for which a notice belongs to the process that claimed it: enough for one call."""
LONGEST_PAUSE = 600.0
"""Seconds between two tries to tell what could not be told for a long time."""

Refresh = Callable[[VideoId], Awaitable[None]]
"""Shows a video as it is now, wherever else it is shown; raises SlackError for another try."""


class Courier:
    """Says what is to be said, each thing once, and writes down that it was said."""

    def __init__(
        self,
        slack: WebApi,
        store: Requests,
        *,
        languages: Languages,
        access: Access,
        learned: Learned,
        timeout: float,
        refresh: Refresh,
    ) -> None:
        """`timeout` is GENERATION_TIMEOUT in s."""
        self._slack = slack
        self._store = store
        self._languages = languages
        self._access = access
        self._texts = languages.channel
        self._others = Others(store, access)
        self._learned = learned
        self._transitions = Transitions(store, timeout)
        self._posting = Posting(slack, store, self._transitions)
        self._refresh = refresh

    async def deliver(self, member: str) -> None:
        """Says the next thing for the request of that id; it stays due until that was said."""
        request = await self._store.load(RequestId(member))
        if request is None:
            await self._store.forget(Due.NOTICES, member)
            return
        try:
            await self._say_or_end(request)
        except OvertakenError:
            log.debug("overtaken", extra=about(request))
        except SlackError as error:
            await self._later(request, error)

    async def _say_or_end(self, request: Request) -> None:
        """Says the next thing; a mistake of the bot's own ends the request, told."""
        try:
            await self._say(request)
        except (OvertakenError, SlackError, StoreAwayError, UnreadableRecordError):
            raise
        except Exception:
            log.exception("telling failed in a way that nobody foresaw", extra=about(request))
            if not await self._transitions.end(request.id):
                await apologise(self._slack, self._languages, request)
                await self._transitions.apply(await self._reload(request), events.Closed())

    async def _say(self, request: Request) -> None:
        if request.state is State.CHECKED:
            with tracing.step("announce", request.id):
                await self._announce(request)
        elif request.state is State.ENDED:
            with tracing.step("tell", request.id):
                await self._tell(request)
        elif request.superseded_by is not None and not request.faded:
            await self._fade(request)

    async def _later(self, request: Request, error: SlackError) -> None:
        """Makes it due again, the later the longer it waits; at last it is given up."""
        waiting = self._store.now() - (request.ended_at or request.origin.at)
        if request.state is State.ENDED and waiting > KEPT:
            log.error("abandoned: nobody could be told (%r)", error, extra=about(request))
            with contextlib.suppress(OvertakenError):
                await self._transitions.apply(await self._reload(request), events.Abandoned())
            return
        pause = min(max(PAUSE, waiting / 4), LONGEST_PAUSE)
        if isinstance(error, SlackBusyError):
            log.warning("Slack asks for fewer calls (%s)", error, extra=about(request))
            pause = error.retry_after
        else:
            log.warning("Slack: %r", error, extra=about(request))
        await self._store.postpone(Due.NOTICES, request.id, pause)

    async def _announce(self, request: Request) -> None:
        if not request.posting:  # or else it may stand already
            try:
                await self._access.admit(request, self._store.now())
            except NotAllowed as refused:
                await self._transitions.apply(request, events.Rejected(refused))
                return
        try:
            request, ts = await self._announced(request)
        except SlackRefusedError as refused:
            request = await self._reload(request)
            cannot = CannotPost(refused.reason, direct=request.origin.in_direct_message)
            await self._transitions.apply(request, events.Rejected(cannot))
            return
        await outlasting(partial(self._supersede, request))
        await self._transitions.record(request, events.Announced(ts))

    async def _announced(self, request: Request) -> tuple[Request, MessageTs]:
        """Posts the announcement, again where nobody can tell whether it stands.

        Nothing may be spent without one, so both then say that there may be two.
        """
        name = await self._languages.name(request.origin.user)

        def build(saved: Request) -> Message:
            return messages.announcement(saved, name, self._texts)

        try:
            return await self._posting.once(request, ANNOUNCEMENT, build)
        except CannotLookError:
            return await self._posting.anew(request, ANNOUNCEMENT, build, repeated=True)

    async def explain_repetition(self, request_id: RequestId, pressed: MessageTs) -> None:
        """Says in an announcement that was posted twice where the one is that is kept current.

        Its timestamp is not known before somebody presses on it. What goes wrong is only logged.
        """
        request = await self._store.load(request_id)
        if request is None or not request.repeated or request.message in {None, pressed}:
            return
        place = {"channel": request.origin.channel, "ts": pressed}
        try:
            card = messages.repetition(request, self._texts)
            await self._slack.say("chat.update", place, card)
        except SlackError as error:
            log.info("repeated announcement not edited: %r", error, extra=about(request))

    async def _supersede(self, request: Request) -> None:
        """Has the older cards of its sequences say so. A repetition changes nothing."""
        if request.order.watch:
            return
        sequences = [each.sequence for each in request.generations]
        for older_id in await self._store.cards(request.order.video, sequences):
            older = None if older_id == request.id else await self._store.load(older_id)
            if older is not None and older.ended:
                with contextlib.suppress(OvertakenError):
                    await self._transitions.apply(older, events.Superseded(request.id))
        await self._store.own_cards(request)

    async def _fade(self, request: Request) -> None:
        """Takes the buttons off the card of a request that a later one has superseded."""
        if request.reply is not None and request.superseded_by is not None:
            newer = await self._store.load(request.superseded_by)
            where = newer.message if newer is not None else None
            there = newer is not None and self._access.points_to(request.origin.channel, newer)
            link = (
                self._texts.link(newer.origin.channel, where, newer.origin.thread)
                if newer and where and there
                else None
            )
            place = {"channel": request.origin.channel, "ts": request.reply}
            try:
                texts = await self._languages.in_channel(request.origin.channel)
                card = messages.faded(request, link, texts)
                await self._slack.say("chat.update", place, card)
            except SlackRefusedError as refused:
                log.info("older card not edited: %s", refused, extra=about(request))
        await self._transitions.apply(request, events.Faded())

    async def _tell(self, request: Request) -> None:
        if request.message is None:
            if request.problem is not None:
                await self._say_privately(request, request.problem)
            await self._transitions.apply(request, events.Told())
            return
        if request.reply is None and not request.reply_lost:
            request = await self._reply(request)
        if request.reply_lost and not request.told_privately:
            request = await self._notify(request)
        await self._close(request)

    async def _reply(self, request: Request) -> Request:
        texts = await self._languages.in_channel(request.origin.channel)

        def build(saved: Request) -> Message:
            return messages.outcome(saved, texts)

        try:
            request, ts = await self._posting.once(request, OUTCOME, build)
        except (SlackRefusedError, CannotLookError) as error:
            # What may stand is not posted again: its person and the announcement tell it instead.
            log.warning("no outcome in its thread: %r", error, extra=about(request))
            request = await self._reload(request)
            return await self._transitions.apply(request, events.ReplyLost(), after=POSTING_LEASE)
        return await self._transitions.record(request, events.Told(ts), after=POSTING_LEASE)

    async def _notify(self, request: Request) -> Request:
        """Tells the outcome where its person is notified of it; the announcement has it too."""
        texts = await self._languages.of(request.origin.user)
        try:
            await privately.notify(
                self._slack, request.origin, messages.told_elsewhere(request, texts)
            )
        except (SlackRefusedError, SlackUnclearError) as error:  # the announcement may do
            log.warning("perhaps not told in private: %r", error, extra=about(request))
            return request
        return await self._transitions.record(request, events.ToldPrivately(), after=POSTING_LEASE)

    async def _close(self, request: Request) -> None:
        """Edits the announcement one last time. An edit repeated does no harm.

        Raises:
            NobodyToldError: nor does the announcement tell what nobody was told otherwise.
        """
        texts = await self._languages.in_channel(request.origin.channel)
        try:
            await self.edit(request, messages.closing(request, texts))
        except SlackRefusedError as refused:
            log.info("announcement not edited: %s", refused, extra=about(request))
            if request.reply is None and not request.told_privately:
                raise NobodyToldError(refused.reason) from refused
        await self._refresh(request.order.video)
        told = await self._transitions.apply(request, events.Closed())
        metrics.OUTCOME_SECONDS.labels(told.outcome).observe(self._store.now() - told.origin.at)

    async def show_progress(
        self, request: Request, progress: Progress, usual: float | None
    ) -> None:
        """Edits the announcement of a request that runs; `usual`: seconds that others took.

        Raises:
            SlackError: one of its subclasses; nothing is tried again.
        """
        now = self._store.now()
        await self.edit(request, messages.running(request, progress, usual, now, self._texts))

    async def edit(self, request: Request, message: Message) -> None:
        """Edits a request's announcement.

        Raises:
            SlackError: one of its subclasses; nothing is tried again.
        """
        place = {"channel": request.origin.channel, "ts": request.message}
        await self._slack.say("chat.update", place, message)

    async def _say_privately(self, request: Request, error: UserError) -> None:
        texts = await self._languages.of(request.origin.user)
        facts, origin = await self._learned.facts(), request.origin
        if not await self._access.sees_credits(origin.user, origin.teams):
            facts = replace(facts, left=None)
        error = await self._others.pointed_to(error, request)
        message = problem(
            error, texts, order=request.order, thread=origin.thread, facts=facts, since=origin.at
        )
        await privately.tell(self._slack, request.origin, message)

    async def _reload(self, request: Request) -> Request:
        return await self._store.load(request.id) or request
