"""TELLS ONCE: announcements, outcomes and private answers; the only caller of chat methods."""

import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from bot import metrics, tracing
from bot.domain import events
from bot.domain.errors import CannotPost, UserError
from bot.domain.progress import Progress
from bot.domain.request import MessageTs, Request, RequestId, State
from bot.domain.video import VideoId
from bot.slack import privately
from bot.slack.blocks import generation
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import problem
from bot.slack.languages import Languages
from bot.slack.web_api import (
    CALL_LIMIT,
    SlackBusyError,
    SlackError,
    SlackLostError,
    SlackRefusedError,
    SlackUnclearError,
    WebApi,
)
from bot.store.generations import Due, Generations, OvertakenError
from bot.store.learned import Learned
from bot.transitions import Transitions, about

log = logging.getLogger(__name__)

LEASE = CALL_LIMIT + 2.0
"""Seconds for which a notice belongs to the process that claimed it: enough for one call."""
POSTING_LEASE = 2 * CALL_LIMIT + 2.0
"""Seconds more to post it: twice, if Slack refuses it with its picture."""
PAUSE = 3.0
"""Seconds before a call is tried again whose fate is unknown, or that Slack could not take."""
EVENT_TYPE = "regen_request"
"""The metadata's type, by which a message is found again (Slack wants snake_case)."""
ANNOUNCEMENT = "announcement"
OUTCOME = "outcome"
CLOCKS_APART = 300.0
"""Seconds by which Slack's clock and ours may differ; signatures allow no more."""

Refresh = Callable[[VideoId], Awaitable[None]]
"""Shows a video as it is now, wherever else it is shown; raises SlackError for another try."""


class Courier:
    """Says what is to be said, each thing once, and writes down that it was said."""

    def __init__(
        self,
        slack: WebApi,
        store: Generations,
        *,
        languages: Languages,
        learned: Learned,
        scopes: frozenset[str],
        timeout: float,
        refresh: Refresh,
    ) -> None:
        """`scopes` is what the bot token was granted; `timeout` is GENERATION_TIMEOUT in s."""
        self._slack = slack
        self._store = store
        self._languages = languages
        self._voice = languages.channel
        self._learned = learned
        self._may_look = any(scope.endswith(":history") for scope in scopes)
        self._transitions = Transitions(store, timeout)
        self._refresh = refresh

    async def deliver(self, member: str) -> None:
        """Says the next thing for the request of that id; it stays due until that was said."""
        request = await self._store.load(RequestId(member))
        if request is None:
            await self._store.forget(Due.NOTICES, member)
            return
        try:
            if request.state is State.CHECKED:
                with tracing.step("announce", request.id):
                    await self._announce(request)
            elif request.state is State.ENDED:
                with tracing.step("tell", request.id):
                    await self._tell(request)
            elif request.superseded_by is not None and not request.faded:
                await self._fade(request)
        except OvertakenError:
            log.debug("overtaken", extra=about(request))
        except SlackBusyError as busy:
            log.warning("Slack asks for fewer calls (%s)", busy, extra=about(request))
            await self._store.postpone(Due.NOTICES, request.id, busy.retry_after)
        except SlackError as error:
            log.warning("Slack: %s", repr(error), extra=about(request))
            await self._store.postpone(Due.NOTICES, request.id, PAUSE)

    async def _announce(self, request: Request) -> None:
        message = generation.announcement(request, self._voice)
        try:
            request, ts = await self._post_once(request, ANNOUNCEMENT, message)
        except SlackRefusedError as refused:
            request = await self._reload(request)
            await self._transitions.apply(request, events.Rejected(CannotPost(refused.reason)))
            return
        await self._supersede(request)
        await self._transitions.apply(request, events.Announced(ts))

    async def _supersede(self, request: Request) -> None:
        """Has the older cards of its sequences say so. A repetition changes nothing."""
        if request.wish.watch:
            return
        sequences = [take.sequence for take in request.takes]
        for older_id in await self._store.cards(request.wish.video, sequences):
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
            link = self._voice.link(newer.asked.channel, where) if newer and where else None
            place = {"channel": request.asked.channel, "ts": request.reply}
            try:
                card = generation.faded(request, link, self._voice)
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
        if request.reply_lost:
            voice = await self._languages.of(request.asked.by)
            await privately.tell(self._slack, request.asked, generation.outcome(request, voice))
        await self._close(request)

    async def _reply(self, request: Request) -> Request:
        message = generation.outcome(request, self._voice)
        try:
            request, ts = await self._post_once(request, OUTCOME, message)
        except (SlackRefusedError, SlackLostError) as error:
            if isinstance(error, SlackLostError) and self._may_look:
                raise
            # What may stand is not posted again: its person and the announcement tell it instead.
            log.warning("no outcome in its thread: %r", error, extra=about(request))
            request = await self._reload(request)
            return await self._transitions.apply(request, events.ReplyLost(), after=POSTING_LEASE)
        return await self._transitions.apply(request, events.Told(ts), after=POSTING_LEASE)

    async def _close(self, request: Request) -> None:
        """Edits the announcement one last time. An edit repeated does no harm."""
        try:
            await self.edit(request, generation.closing(request, self._voice))
        except SlackRefusedError as refused:
            log.info("announcement not edited: %s", refused, extra=about(request))
        await self._refresh(request.wish.video)
        told = await self._transitions.apply(request, events.Closed())
        metrics.OUTCOME_SECONDS.labels(told.outcome).observe(self._store.now() - told.asked.at)

    async def show_progress(
        self, request: Request, progress: Progress, usual: float | None
    ) -> None:
        """Edits the announcement of a request that runs; `usual`: seconds that others took.

        Raises:
            SlackError: one of its subclasses; nothing is tried again.
        """
        now = self._store.now()
        await self.edit(request, generation.running(request, progress, usual, now, self._voice))

    async def edit(self, request: Request, message: Message) -> None:
        """Edits a request's announcement.

        Raises:
            SlackError: one of its subclasses; nothing is tried again.
        """
        place = {"channel": request.asked.channel, "ts": request.message}
        await self._slack.say("chat.update", place, message)

    async def _post_once(
        self, request: Request, part: str, message: Message
    ) -> tuple[Request, MessageTs]:
        """Posts a message unless it stands already; the answer: the request as saved, and its ts.

        Raises:
            SlackRefusedError: it cannot be posted there.
            SlackError: it could not be posted now, or nobody knows; the request stays due.
        """
        if request.posting:
            metrics.TAKEOVERS.labels("post").inc()
            found = await self._find(request, part)
            if found is not None:
                return request, found
        request = await self._transitions.apply(request, events.Posting(), after=POSTING_LEASE)
        place = {
            "channel": request.asked.channel,
            "thread_ts": request.thread,
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {
                "event_type": EVENT_TYPE,
                "event_payload": {"request": request.id, "part": part},
            },
        }
        try:
            answer = await self._slack.say("chat.postMessage", place, message)
        except SlackUnclearError:
            raise
        except SlackError:
            await self._transitions.apply(request, events.NotPosted(), after=PAUSE)
            raise
        return request, MessageTs(str(answer["ts"]))

    async def _find(self, request: Request, part: str) -> MessageTs | None:
        """The message, if an earlier try posted it and the bot may look for it."""
        if not self._may_look:
            return None
        where: dict[str, Any] = {
            "channel": request.asked.channel,
            "oldest": str(request.asked.at - CLOCKS_APART),
            "include_all_metadata": True,
            "limit": 200,
        }
        method = "conversations.history"
        if request.thread is not None:
            method, where["ts"] = "conversations.replies", request.thread
        wanted = {"request": request.id, "part": part}
        try:
            async for message in self._messages(method, where):
                if message.get("metadata", {}).get("event_payload") == wanted:
                    return MessageTs(message["ts"])
        except SlackRefusedError as refused:  # not every history scope may be granted
            log.info("cannot look for it: %s", refused, extra=about(request))
        return None

    async def _messages(self, method: str, where: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        cursor = ""
        while True:
            answer = await self._slack.ask(method, **where, cursor=cursor)
            for message in answer.get("messages") or ():
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _say_privately(self, request: Request, error: UserError) -> None:
        voice = await self._languages.of(request.asked.by)
        facts = await self._learned.facts()
        thread = request.asked.thread
        message = problem(error, voice, wish=request.wish, thread=thread, facts=facts)
        await privately.tell(self._slack, request.asked, message)

    async def _reload(self, request: Request) -> Request:
        return await self._store.load(request.id) or request
