"""Looks for a message of ours that an earlier try may have posted, by its metadata."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.request import MessageTs, Origin, RequestId
from bot.slack.connection.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.slack.connection.web_api import CALL_LIMIT, WebApi

log = logging.getLogger(__name__)

EVENT_TYPE = "regen_request"
"""Type of the metadata by which a message is found again (Slack wants snake_case)."""
CLOCKS_APART = 300.0
"""Seconds by which Slack's clock and ours may differ; signatures allow no more."""
PATIENCE = 60.0
"""Seconds after a posting in which we look again if Slack was too busy. An app that is sold but not
listed may look once a minute (docs.slack.dev/apis/web-api/rate-limits)."""


class Told(Protocol):
    """A request, or a follow."""

    @property
    def id(self) -> RequestId:
        """What its messages carry."""

    @property
    def origin(self) -> Origin:
        """Where it was asked."""

    @property
    def message(self) -> MessageTs | None:
        """Its own message in the channel: the announcement, or the card."""

    @property
    def thread(self) -> MessageTs | None:
        """Where its replies go."""

    @property
    def posting_at(self) -> float | None:
        """When something was about to be posted, Unix seconds."""


class CannotLookError(SlackError):
    """Nobody can tell whether the message stands.

    The bot is no member of the channel, was not granted the scope for such conversations, or
    has asked Slack too often.
    """


@dataclass(frozen=True, slots=True)
class Found:
    """Holds a message that an earlier try posted.

    Attributes:
        strayed: whether it was meant for a thread, and stands in the channel.
    """

    ts: MessageTs
    strayed: bool = False


def metadata(request: Told, part: str) -> dict[str, Any]:
    """Returns what a message carries so that it can be found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"request": request.id, "part": part}}


async def find(slack: WebApi, request: Told, part: str, now: float) -> Found | None:
    """Returns the message, or None if it surely does not stand; `now` is Unix time in seconds.

    Raises:
        CannotLookError: nobody can tell.
        SlackError: another of its subclasses; it may be tried again.
    """
    if (request.posting_at or 0.0) - now > CLOCKS_APART:
        # Nobody knows when that was by Slack's clock, so nobody knows where to look.
        raise CannotLookError("clock_put_back")
    try:
        return await _look(slack, request, part)
    except SlackRefusedError as refused:
        log.info("cannot look for it: %s", refused, extra={"request": request.id})
        raise CannotLookError(str(refused)) from refused
    except SlackBusyError as busy:
        if now < (request.posting_at or request.origin.at) + PATIENCE:
            raise
        raise CannotLookError(str(busy)) from busy


async def _look(slack: WebApi, request: Told, part: str) -> Found | None:
    if request.thread is not None:
        try:
            replies = _messages(slack, "conversations.replies", request, ts=request.thread)
            ts = await _named(replies, request, part)
        except SlackRefusedError as refused:
            if refused.reason != "thread_not_found":
                raise
        else:
            return None if ts is None else Found(ts)
    # A reply whose parent was deleted stands in the channel.
    ts = await _named(_messages(slack, "conversations.history", request), request, part)
    return None if ts is None else Found(ts, strayed=request.thread is not None)


async def _named(
    messages: AsyncIterator[dict[str, Any]], request: Told, part: str
) -> MessageTs | None:
    wanted = metadata(request, part)["event_payload"]
    async for message in messages:
        if message.get("metadata", {}).get("event_payload") == wanted:
            return MessageTs(message["ts"])
    return None


async def _messages(
    slack: WebApi, method: str, request: Told, **where: str
) -> AsyncIterator[dict[str, Any]]:
    """Yields messages from around the time of the posting, so that a long thread costs one call."""
    window = {
        "channel": request.origin.channel,
        "oldest": f"{(request.posting_at or request.origin.at) - CLOCKS_APART:.6f}",
    }
    if request.posting_at is not None:  # releases before 0.2 did not write it down
        window["latest"] = f"{request.posting_at + CALL_LIMIT + CLOCKS_APART:.6f}"
    cursor = ""
    while True:
        answer = await slack.ask(
            method, **window, **where, include_all_metadata="true", limit=200, cursor=cursor
        )
        for message in answer.get("messages") or ():
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
