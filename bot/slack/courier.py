"""TELLS ONCE: announcements, outcomes and private answers; the only caller of chat methods."""

import logging
from collections.abc import AsyncIterator
from typing import Any

from bot.domain import events
from bot.domain.effects import Effects
from bot.domain.errors import CannotPost, UserError
from bot.domain.generation import Moment, advance
from bot.domain.request import MessageTs, Request, RequestId, State
from bot.slack.blocks import generation
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import Workspace, problem
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


class Courier:
    """Says what is to be said, each thing once, and writes down that it was said."""

    def __init__(
        self,
        slack: WebApi,
        store: Generations,
        *,
        effects: Effects,
        workspace: Workspace,
        scopes: frozenset[str],
        timeout: float,
    ) -> None:
        """`scopes` is what the bot token was granted; `timeout` is GENERATION_TIMEOUT in s."""
        self._slack = slack
        self._store = store
        self._effects = effects
        self._workspace = workspace
        self._may_look = any(scope.endswith(":history") for scope in scopes)
        self._timeout = timeout

    async def deliver(self, member: str) -> None:
        """Says the next thing for the request of that id; it stays due until that was said."""
        request = await self._store.load(RequestId(member))
        if request is None:
            await self._store.forget(Due.NOTICES, member)
            return
        try:
            if request.state is State.CHECKED:
                await self._announce(request)
            elif request.state is State.ENDED:
                await self._tell(request)
        except OvertakenError:
            log.debug("overtaken", extra={"request": request.id})
        except SlackBusyError as busy:
            log.warning("Slack asks for fewer calls (%s)", busy, extra={"request": request.id})
            await self._store.postpone(Due.NOTICES, request.id, busy.retry_after)
        except SlackError as error:
            log.warning("Slack: %s", repr(error), extra={"request": request.id})
            await self._store.postpone(Due.NOTICES, request.id, PAUSE)

    async def _announce(self, request: Request) -> None:
        message = generation.announcement(request)
        try:
            request, ts = await self._post_once(request, ANNOUNCEMENT, message)
        except SlackRefusedError as refused:
            request = await self._reload(request)
            await self._save(request, events.Rejected(CannotPost(refused.reason)))
            return
        await self._save(request, events.Announced(ts))

    async def _tell(self, request: Request) -> None:
        if request.message is None:
            if request.problem is not None:
                await self._say_privately(request, request.problem)
            await self._save(request, events.Told())
            return
        if request.reply is None and not request.reply_lost:
            request = await self._reply(request)
        if request.reply_lost:
            message = generation.outcome(request, self._effects, self._workspace)
            await self._instead(request, message)
        await self._close(request)

    async def _reply(self, request: Request) -> Request:
        message = generation.outcome(request, self._effects, self._workspace)
        try:
            request, ts = await self._post_once(request, OUTCOME, message)
        except (SlackRefusedError, SlackLostError) as error:
            if isinstance(error, SlackLostError) and self._may_look:
                raise
            # What may stand is not posted again: its person and the announcement tell it instead.
            log.warning("no outcome in its thread: %r", error, extra={"request": request.id})
            request = await self._reload(request)
            return await self._save(request, events.ReplyLost(), after=POSTING_LEASE)
        return await self._save(request, events.Told(ts), after=POSTING_LEASE)

    async def _close(self, request: Request) -> None:
        """Edits the announcement one last time. An edit repeated does no harm."""
        try:
            closing = generation.closing(request, self._effects, self._workspace)
            await self.edit(request, closing)
        except SlackRefusedError as refused:
            log.info("announcement not edited: %s", refused, extra={"request": request.id})
        await self._save(request, events.Closed())

    async def edit(self, request: Request, message: Message) -> None:
        """Edits a request's announcement.

        Raises:
            SlackError: one of its subclasses; nothing is tried again.
        """
        place = {"channel": request.asked.channel, "ts": request.message}
        await self._with_or_without_pictures("chat.update", place, message)

    async def _post_once(
        self, request: Request, part: str, message: Message
    ) -> tuple[Request, MessageTs]:
        """Posts a message unless it stands already; the answer: the request as saved, and its ts.

        Raises:
            SlackRefusedError: it cannot be posted there.
            SlackError: it could not be posted now, or nobody knows; the request stays due.
        """
        if request.posting:
            found = await self._find(request, part)
            if found is not None:
                return request, found
        request = await self._save(request, events.Posting(), after=POSTING_LEASE)
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
            ts = await self._with_or_without_pictures("chat.postMessage", place, message)
        except SlackUnclearError:
            raise
        except SlackError:
            await self._save(request, events.NotPosted(), after=PAUSE)
            raise
        return request, ts

    async def _with_or_without_pictures(
        self, method: str, place: dict[str, Any], message: Message
    ) -> MessageTs:
        """One bad picture makes Slack refuse a whole message (`invalid_blocks`)."""
        try:
            answer = await self._slack.call(method, **place, **message.fields())
        except SlackRefusedError as refused:
            if refused.reason not in {"invalid_blocks", "invalid_attachments"}:
                raise
            plain = message.without_pictures()
            answer = await self._slack.call(method, **place, **plain.fields())
        return MessageTs(str(answer["ts"]))

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
            log.info("cannot look for it: %s", refused, extra={"request": request.id})
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
        thread = request.asked.thread
        message = problem(error, self._workspace, wish=request.wish, thread=thread)
        await self._instead(request, message)

    async def _instead(self, request: Request, message: Message) -> None:
        """To that person alone: through the link of their command, in the channel, in a DM."""
        asked, said = request.asked, message.fields()
        private = {"response_type": "ephemeral", "replace_original": False}
        try:
            if asked.response_url is not None:
                await self._slack.respond(asked.response_url, said | private)
                return
        except SlackRefusedError:
            log.info("the response_url has expired", extra={"request": request.id})
        for method, place in (
            ("chat.postEphemeral", {"channel": asked.channel, "user": asked.by}),
            ("chat.postMessage", {"channel": asked.by}),
        ):
            try:
                await self._slack.call(method, **place, **said)
            except SlackRefusedError as refused:
                log.info("%s: %s", method, refused, extra={"request": request.id})
            else:
                return
        log.error("nobody could be told", extra={"request": request.id})

    async def _reload(self, request: Request) -> Request:
        return await self._store.load(request.id) or request

    async def _save(self, request: Request, event: events.Event, *, after: float = 0.0) -> Request:
        moment = Moment(self._store.now(), self._timeout)
        return await self._store.save(advance(request, event, moment), after=after)
