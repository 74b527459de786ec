"""Posts a request's announcement and its outcome, each at most once as far as anybody can tell."""

import asyncio
import logging
from collections.abc import Callable

from bot import metrics
from bot.domain import events
from bot.domain.budget import Priority, Turn
from bot.domain.request import MessageTs, Request
from bot.slack.blocks.message import Message
from bot.slack.connection.errors import (
    SlackError,
    SlackLostError,
    SlackRefusedError,
    SlackUnclearError,
)
from bot.slack.connection.limits import EDIT, POST
from bot.slack.connection.web_api import CALL_LIMIT, WebApi
from bot.slack.telling.context import TellingContext
from bot.slack.telling.own_messages import Found, Told, find, metadata

log = logging.getLogger(__name__)

LIMIT = 2.0 * CALL_LIMIT
"""Seconds for all forms of a message: if Slack refuses one, a simpler one follows."""
LEASE = LIMIT + 2.0
"""Seconds for which no other process posts it."""
PAUSE = 3.0
"""Seconds before we repeat a call that Slack could not take, or may not have received."""
ANNOUNCEMENT = "announcement"
OUTCOME = "outcome"
THREAD_GONE = "thread_not_found"
"""Error of a reply whose parent message was deleted, in the words of conversations.replies."""

Build = Callable[[Request], Message]


class Poster:
    """Posts messages of requests, and writes down beforehand that it is about to."""

    def __init__(self, context: TellingContext) -> None:
        self._slack = context.slack
        self._store = context.store
        self._transitions = context.transitions

    async def once(self, request: Request, part: str, build: Build) -> tuple[Request, MessageTs]:
        """Posts the message unless it stands already; returns the request as saved, and its ts.

        Raises:
            CannotLookError: an earlier try may have posted it, and nobody can tell.
            SlackRefusedError: it cannot be posted there, or its thread was deleted.
            SlackError: it could not be posted now, or nobody knows; the request stays due.
        """
        priority = Priority.OUTCOME if part == OUTCOME else Priority.ANNOUNCEMENT
        turn = Turn(priority, request.id)
        await self._slack.take_turn(POST, request.origin.channel, turn)
        if not request.posting:
            return await self.anew(request, part, build)
        metrics.TAKEOVERS.labels("post").inc()
        found = await find(self._slack, request, part, self._store.now())
        if found is None:
            return await self.anew(request, part, build)
        if found.strayed:
            await take_away(self._slack, request, found.ts)
        return request, found.ts

    async def anew(
        self, request: Request, part: str, build: Build, *, repeated: bool = False
    ) -> tuple[Request, MessageTs]:
        """Posts the message without looking for an earlier one; `repeated`, if one may stand."""
        posting = events.Posting(repeated=repeated)
        request = await self._transitions.apply(request, posting, after=LEASE)
        try:
            posted = await post(self._slack, request, part, build(request))
        except SlackUnclearError:  # it may stand, so it stays noted as being posted
            raise
        except SlackError:
            await self._transitions.apply(request, events.NotPosted(), after=PAUSE)
            raise
        if posted.strayed:
            await take_away(self._slack, request, posted.ts)
        return request, posted.ts


async def post(slack: WebApi, told: Told, part: str, message: Message) -> Found:
    """Posts a message that can be found again; its turn was taken.

    Raises:
        SlackUnclearError: nobody knows whether it stands.
        SlackError: another of its subclasses; it does not.
    """
    place = {
        "channel": told.origin.channel,
        "thread_ts": told.thread,
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": metadata(told, part),
    }
    try:
        async with asyncio.timeout(LIMIT):
            answer = await slack.say(POST, place, message, admitted=True)
    except TimeoutError:
        raise SlackLostError("TimeoutError") from None
    # Slack puts a reply whose parent was deleted into the channel, and this alone tells.
    strayed = told.thread is not None and not (answer.get("message") or {}).get("thread_ts")
    return Found(MessageTs(str(answer["ts"])), strayed)


async def take_away(slack: WebApi, told: Told, stray: MessageTs) -> None:
    """Deletes what stands in the channel instead of in a thread that is gone.

    Raises:
        SlackRefusedError: always, once it is gone; the message cannot be posted there.
        SlackError: whether it is gone nobody knows.
    """
    try:
        await slack.call("chat.delete", channel=told.origin.channel, ts=stray)
    except SlackRefusedError as refused:
        log.info("a stray message stays: %s", refused, extra={"request": told.id})
    raise SlackRefusedError(THREAD_GONE)


async def edit(slack: WebApi, told: Told, message: Message) -> None:
    """Edits a request's announcement, or a follow's card, once its turn was taken.

    Raises:
        SlackError: one of its subclasses; nothing is tried again.
    """
    place = {"channel": told.origin.channel, "ts": told.message}
    await slack.say(EDIT, place, message, admitted=True)
