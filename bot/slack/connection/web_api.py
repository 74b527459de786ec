"""Calls Slack's Web API, each call once, and tells failures apart by what may have happened."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import metrics
from bot.deliveries import SlackClock, steady
from bot.domain.budget import Turn
from bot.network import Network, described
from bot.slack.blocks.message import Message
from bot.slack.connection.client import Call, Client
from bot.slack.connection.errors import (
    SlackBusyError,
    SlackError,
    SlackLostError,
    SlackRefusedError,
    SlackUnauthorisedError,
    SlackUnavailableError,
    SlackUnclearError,
    SlackUnreachedError,
)
from bot.slack.connection.pace import Pace

log = logging.getLogger(__name__)

CALL_LIMIT = 6.0
"""Seconds for one call."""
_LIMITS = aiohttp.ClientTimeout(total=CALL_LIMIT)
UPLOAD_LIMIT = 30.0
"""Seconds for Slack's answer once all bytes of a file were sent."""
_NO_RETRY_AFTER = 30.0
"""Seconds to wait after a 429 that does not say how long."""
_MAYBE_DONE = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
"""Errors after which the message may stand all the same (docs.slack.dev, chat.postMessage)."""
_UNAUTHORISED = frozenset(
    ["invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"]
)
_UNAVAILABLE = {
    "team_added_to_org",
    "org_login_required",
    "migration_in_progress",
    "accesslimited",
}
"""Slack's answers to every call while the workspace moves, or while our network is not allowed in.
They pass, and say nothing about the token (docs.slack.dev: errors common to all methods, as on
chat.postMessage; team_migration_started). `ekm_access_denied` can also be about one channel, so it
stays a refusal."""
_BAD_BLOCKS = {
    "block_mismatch",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
}
"""Errors about blocks, after which a simpler message may pass (docs.slack.dev, chat.postMessage and
chat.update). `block_mismatch` means that blocks cannot replace a text kept as rich text."""
_PLACES = ("channel", "channel_id")
Where = Callable[[str], str]
_RATE_LIMITED = {"ratelimited", "rate_limited"}


def web_client(token: str, base_url: str, network: Network | None = None) -> Client:
    """Returns a client; without a network it goes straight out, with the system's certificates."""
    return Client(token, base_url, network or Network())


class WebApi:
    """Calls Web API methods and response URLs, and tells apart what their failures mean.

    Attributes:
        trouble: why the last call did not reach Slack; empty if it did.
    """

    def __init__(
        self,
        client: Client,
        where: Where = str,
        clock: SlackClock | None = None,
        pace: Pace | None = None,
    ) -> None:
        """Takes what it calls with.

        Args:
            client: reaches Slack.
            where: returns the id that a channel has now.
            clock: learns from every answer.
            pace: keeps to Slack's limits; None where no other process calls for this workspace.
        """
        self._client = client
        self._pace = pace or Pace()
        self.trouble = ""
        self.where = where
        self._clock = clock or SlackClock()
        self._refused = asyncio.Event()
        self._refusal = ""

    async def until_refused(self) -> str:
        """Waits until Slack refuses the token for good, and returns Slack's reason."""
        await self._refused.wait()
        return self._refusal

    async def take_turn(self, method: str, channel: str, turn: Turn) -> None:
        """Counts the calls that are made next, with `admitted`.

        Raises:
            SlackBusyError: not now; a `turn` with a name keeps its place in the line.
        """
        await self._pace.take(method, self.where(channel) if channel else "", turn)

    async def call(
        self, method: str, *, admitted: bool = False, **arguments: Any
    ) -> AsyncSlackResponse:
        """Calls a method that changes something, once. Arguments that are None are left out.

        `admitted` says that its turn was taken. Other calls are counted and not held back.

        Raises:
            SlackRefusedError, SlackBusyError, SlackUnavailableError, SlackUnreachedError,
                SlackUnauthorisedError: it did not happen.
            SlackUnclearError: it may have happened.
        """
        given = {key: each for key, each in arguments.items() if each is not None}
        return await self._send(method, admitted=admitted, json=self._readdressed(given))

    async def say(
        self, method: str, place: dict[str, Any], message: Message, *, admitted: bool = False
    ) -> AsyncSlackResponse:
        """Posts or edits a message, simpler where Slack refuses its blocks.

        One bad picture, or a carousel that a workspace does not know yet, makes Slack refuse a
        whole message.

        Raises:
            SlackError: as `call`.
        """
        refusal: SlackRefusedError | None = None
        for attempt in (message, *message.plainer()):
            try:
                return await self.call(method, admitted=admitted, **place, **attempt.fields())
            except SlackRefusedError as refused:
                if refused.reason not in _BAD_BLOCKS:
                    raise
                refusal, admitted = refused, False  # the turn was for one call
        raise refusal or SlackRefusedError("invalid_blocks")

    async def ask(self, method: str, **arguments: Any) -> AsyncSlackResponse:
        """Calls a method that reads, once. Slack does not look into a JSON body for these.

        Raises:
            SlackError: one of its subclasses; there is no answer.
        """
        return await self._send(method, http_verb="GET", params=self._readdressed(arguments))

    def _readdressed(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Replaces channel ids by those of now, as a record may hold an older one."""
        moved = {key: self.where(arguments[key]) for key in _PLACES if arguments.get(key)}
        return arguments | moved

    async def _send(self, method: str, *, admitted: bool = False, **how: Any) -> AsyncSlackResponse:
        channel = str((how.get("json") or how.get("params") or {}).get("channel", ""))
        if not admitted:
            await self._pace.count(method, channel)
        try:
            with metrics.SLACK.timed(method):
                return await self._exchange(method, how)
        except SlackBusyError as busy:
            await self._pace.stop(method, channel, busy.retry_after)
            raise

    async def _exchange(self, method: str, how: dict[str, Any]) -> AsyncSlackResponse:
        asked_at = steady()
        async with self._alone(self._client.base_url) as call:
            try:
                answer = await self._client.over(call).api_call(method, **how)
            except SlackApiError as error:
                meaning = _meaning(error)
            else:
                self._clock.hear(answer.headers.get("Date", ""), asked_at)
                return answer
        # Raised here, as within the block `_alone` would take Slack's answer for a lost one.
        if isinstance(meaning, SlackUnauthorisedError):
            self._refusal = str(meaning)
            self._refused.set()
        raise meaning

    @contextlib.asynccontextmanager
    async def _alone(
        self, url: str, limits: aiohttp.ClientTimeout | None = None
    ) -> AsyncIterator[Call]:
        """Opens a connection for one call, and names what goes wrong with it.

        Raises:
            SlackUnreachedError: nothing was sent.
            SlackLostError: no readable answer came.
        """
        call = Call(self._client.network, url)
        try:
            async with call.open_session(limits or _LIMITS):
                yield call
        except Exception as error:
            # Also what nobody foresaw has to tell callers whether the call may have happened.
            said = described(error, call.proxy)
            if not isinstance(error, _FORESEEN):
                log.exception("a call to Slack went wrong in a way that nobody foresaw")
            if call.nothing_sent:
                self.trouble = said
                raise SlackUnreachedError(said) from None
            raise SlackLostError(said) from None
        self.trouble = ""

    async def respond(self, response_url: str, message: dict[str, Any]) -> None:
        """Answers through the link that came with a command or a press.

        Raises:
            SlackRefusedError: the link has expired or was used up.
            SlackUnreachedError: it was surely not sent.
            SlackUnclearError: it may have been shown.
        """
        with metrics.SLACK.timed("response_url"):
            await self._respond(response_url, message)

    async def _respond(self, response_url: str, message: dict[str, Any]) -> None:
        async with self._alone(response_url) as call:
            response = await call.webhook(response_url).send_dict(message)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SlackUnclearError(f"status {response.status_code}")
        if response.status_code != HTTPStatus.OK:
            raise SlackRefusedError(f"status {response.status_code}")

    async def upload(self, url: str, chunks: AsyncIterator[bytes], length: int) -> None:
        """Sends a file's bytes, `length` of them, to where `files.getUploadURLExternal` says.

        The caller bounds how long that may take.

        Raises:
            SlackError: one of its subclasses; the bytes are not all there, or nobody knows.
        """
        with metrics.SLACK.timed("upload"):
            await self._upload(url, chunks, length)

    async def _upload(self, url: str, chunks: AsyncIterator[bytes], length: int) -> None:
        # With its length, or aiohttp would send an iterator in chunks.
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
        limits = aiohttp.ClientTimeout(total=None, sock_connect=CALL_LIMIT, sock_read=UPLOAD_LIMIT)
        async with (
            self._alone(url, limits) as call,
            call.post(url, data=chunks, headers=headers) as response,
        ):
            status, heads = response.status, response.headers
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise SlackBusyError(_retry_after(heads))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SlackUnclearError(f"status {status}")
        if status != HTTPStatus.OK:
            raise SlackRefusedError(f"status {status}")


_FORESEEN = (aiohttp.ClientError, SlackClientError, OSError, ValueError, AttributeError)
"""ValueError and AttributeError are the SDK's for an answer that is no JSON, or no object."""


def _meaning(error: SlackApiError) -> SlackError:
    """Reads an error of the SDK's, which holds its own response, or aiohttp's if it was no JSON."""
    response: Any = error.response
    data = getattr(response, "data", None)
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    reason = str(data.get("error") or "") if isinstance(data, dict) else ""
    # Slack says so with status 200, too.
    if status == HTTPStatus.TOO_MANY_REQUESTS or reason in _RATE_LIMITED:
        return SlackBusyError(_retry_after(response.headers))
    # Without a word of Slack's own it is not sure that nothing happened.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not reason or reason in _MAYBE_DONE:
        return SlackUnclearError(reason or f"status {status}")
    if reason in _UNAVAILABLE:
        return SlackUnavailableError(reason)
    if reason in _UNAUTHORISED:
        return SlackUnauthorisedError(reason)
    return SlackRefusedError(reason, data)


def _retry_after(headers: Mapping[str, str]) -> float:
    lowered = {key.lower(): each for key, each in headers.items()}
    try:
        return max(0.0, float(lowered["retry-after"]))
    except (KeyError, ValueError):
        return _NO_RETRY_AFTER
