"""One method per endpoint of IACrea, each of which calls once; `download` fetches its videos."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

# httpx loads these two with its first call, and the loop would stand still for it.
import anyio._backends._asyncio  # noqa: F401
import httpcore  # noqa: F401
import httpx

from bot import metrics
from bot.domain.video import Receipt, SequenceId, Video, VideoId
from bot.iacrea import wire
from bot.iacrea.errors import IACreaError, NotSentError, UnansweredError, UnavailableError
from bot.iacrea.request_trace import RequestTrace, through
from bot.network import Network, cause, described

log = logging.getLogger(__name__)

MOST_BYTES = 4 * 2**20
"""Of an answer; what is longer is not read on. A video of 1,000 sequences has about 300 KB."""

MOST_AT_ONCE = 64 * 2**10
"""Bytes of an answer that are read while everything else waits."""
KEEP_ALIVE = 30.0
"""Seconds an idle connection is kept: longer than any usual interval between polls."""

_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_With = ParamSpec("_With")
_Meaning = TypeVar("_Meaning")
_Broken = Callable[[int | None, str], IACreaError]


class IACrea:
    """An IACrea account over HTTP. Nothing is ever tried twice here, and no redirect followed.

    Each question has a connection to itself, and the one that was used last is taken first. httpx's
    pool of many collapses, as httpcore walks over all of them for each request (encode/httpcore
    #1035; 1,600 instead of 90 GETs a second at 100 at once). So each connection is an httpx
    transport of its own, without a client around it: nobody needs a client's cookies and redirects
    here, and they are a quarter of the CPU of a GET.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        network: Network | None = None,
        *,
        timeout: float = 10.0,
        connections: int = 100,
    ) -> None:
        """Connects to nothing yet.

        Args:
            base_url: without a path, such as `https://iacrea.com`.
            api_key: sent with each call, and found nowhere else.
            network: the way there; None is without a proxy, by the system's certificates.
            timeout: seconds for a whole call; a third of them for connecting.
            connections: how many questions may be under way at once; further ones wait for a third
                of `timeout`.

        Raises:
            ValueError: the key cannot be sent as a header.
        """
        if not (api_key and api_key.isascii() and api_key.isprintable()):
            raise ValueError("an API key is made of printable ASCII characters")
        self._base_url = base_url
        self._api_key = api_key
        self._headers = httpx.Headers(
            {
                "x-api-key": api_key,
                "accept": "application/json",
                "accept-encoding": "identity",
                "user-agent": "regen-bot",
            }
        )
        self._timeout = timeout
        # What cannot even begin in a third of the time is known, and told, not to have been sent.
        self._start_limit = timeout / 3
        network = network or Network()
        self._tls = network.tls
        self._proxy = network.proxy(base_url)
        limits = httpx.Timeout(timeout, connect=self._start_limit, pool=self._start_limit)
        self._extensions = {"timeout": limits.as_dict()}
        self._idle: asyncio.LifoQueue[httpx.AsyncHTTPTransport | None] = asyncio.LifoQueue()
        for _ in range(connections):
            self._idle.put_nowait(None)

    async def video(self, video: VideoId) -> Video:
        """Asks how far a video is, which also drives its next step.

        Raises:
            NotSentError: IACrea could not be reached.
            RefusedError: IACrea said no, as NotFoundError, RateLimitedError or another.
            UnavailableError: IACrea answered 5xx, unreadably, too late or not at all.
        """
        return await self._ask_for(video, f"/api/video-editor/generate/video/{_quoted(video)}")

    async def automatic_video(self, video: VideoId) -> Video:
        """Asks the same of a video of `POST …/generate/video/auto`, which has a GET of its own.

        Raises:
            NotSentError, RefusedError, UnavailableError: as above.
        """
        path = f"/api/video-editor/generate/video/auto/{_quoted(video)}"
        return replace(await self._ask_for(video, path), automatic=True)

    async def regenerate(
        self,
        video: VideoId,
        sequence: SequenceId,
        effect: str | None = None,
        image: str | None = None,
    ) -> Receipt:
        """Regenerates one sequence. Spends credits, and is not idempotent.

        Goes over a connection of its own: one that was kept alive might be closed by the server
        just then, and nobody could tell whether the request had been read.

        Args:
            video: the video's id.
            sequence: one of the ids in its `generatedContent`.
            effect: an API name; None keeps the sequence's own.
            image: a link to the new source image; None keeps the sequence's own.

        Raises:
            NotSentError: IACrea could not be reached; nothing was spent.
            RefusedError: IACrea said no; nothing was spent.
            UnansweredError: sent, and no readable answer came; credits may have been spent.
        """
        path = f"/api/video-editor/generate/sequence/{_quoted(video)}"
        body = wire.regenerate_body(sequence, effect=effect, image=image)
        with metrics.IACREA.timed("regenerate"):
            async with self._new_connection() as alone:
                answer = await self._call(alone, "POST", path, body, UnansweredError)
            # Read once the connection is closed, as reading a large answer takes its time.
            return await _read(wire.receipt, answer)

    async def balance(self, user_id: str) -> float:
        """Asks how many credits the account of that id has, for photos or for videos.

        Its page leaves open which purse it counts; `creditsTotal` is what videos are paid from.

        Raises:
            NotSentError: IACrea could not be reached.
            RefusedError: IACrea said no.
            UnavailableError: IACrea answered 5xx, unreadably, too late or not at all.
        """
        body = wire.balance_body(user_id)
        with metrics.IACREA.timed("balance"):
            async with self._connection() as connection:
                answer = await self._call(
                    connection, "POST", "/api/account/credit", body, UnavailableError
                )
            return await _read(wire.balance, answer)

    async def _ask_for(self, video: VideoId, path: str) -> Video:
        with metrics.IACREA.timed("video"):
            async with self._connection() as connection:
                answer = await self._call(connection, "GET", path, None, UnavailableError)
            # Read once the connection is given back: others can use it meanwhile.
            return await _read(wire.video, answer, video)

    async def aclose(self) -> None:
        """Closes every idle connection; to be called when no call is under way."""
        while not self._idle.empty():
            connection = self._idle.get_nowait()
            if connection is not None:
                await connection.aclose()

    def _new_connection(self) -> httpx.AsyncHTTPTransport:
        limits = httpx.Limits(max_connections=1, keepalive_expiry=KEEP_ALIVE)
        proxy = None if self._proxy is None else through(self._proxy, self._tls)
        return httpx.AsyncHTTPTransport(verify=self._tls, limits=limits, proxy=proxy)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[httpx.AsyncHTTPTransport]:
        """Lends a connection for one question; where anything went wrong it is not used again."""
        connection = await self._idle_connection()
        good = False
        try:
            connection = connection or self._new_connection()
            yield connection
            good = True  # not after a cancellation, after which a pool may count wrongly
        finally:
            # First its place, since closing may take long, or fail.
            self._idle.put_nowait(connection if good else None)
            if connection is not None and not good:
                await connection.aclose()

    async def _idle_connection(self) -> httpx.AsyncHTTPTransport | None:
        """Takes a connection that was used before, or None for one that is to be made."""
        if not self._idle.empty():
            return self._idle.get_nowait()
        try:
            async with asyncio.timeout(self._start_limit):
                return await self._idle.get()
        except TimeoutError as error:
            raise NotSentError("every connection is busy") from error

    async def _call(
        self,
        connection: httpx.AsyncHTTPTransport,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        broken: _Broken,
    ) -> wire.Answer:
        progress = RequestTrace()
        # Each event costs a GET some time, and without a proxy only a POST's sending is in doubt.
        watched = self._proxy is not None or broken is UnansweredError
        how = self._extensions | ({"trace": progress.note} if watched else {})
        url = self._base_url + path
        request = httpx.Request(method, url, headers=self._headers, json=body, extensions=how)
        try:
            async with asyncio.timeout(self._timeout):
                return await self._exchange(connection, request)
        except Exception as error:
            said = described(error, self._proxy)
            if isinstance(error, _BEFORE_SENDING) or progress.nothing_sent:
                raise NotSentError(said, cause(error, self._proxy)) from error
            if not isinstance(error, httpx.HTTPError | OSError):
                log.exception("a call to IACrea went wrong in a way that nobody foresaw")
            # Whatever is not surely before counts as after.
            raise broken(None, said) from error

    async def _exchange(
        self, connection: httpx.AsyncHTTPTransport, request: httpx.Request
    ) -> wire.Answer:
        response = await connection.handle_async_request(request)
        content = bytearray()
        async with aclosing(response):
            # As it comes: nothing packed was asked for, and unpacked it might fill the memory.
            async for chunk in response.aiter_raw():
                content += chunk
                # The part that was read is no JSON, so that it counts as no answer.
                if len(content) > MOST_BYTES:
                    break
        # On the way to http:// a proxy answers like a server; httpx notices it for https:// alone.
        if response.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED and self._proxy:
            raise httpx.ProxyError("407 Proxy Authentication Required")
        if response.is_error:
            # An error that quotes the key must not carry it into logs and messages.
            content = content.replace(self._api_key.encode(), b"[key]")
        return wire.Answer(response.status_code, response.headers, bytes(content), time.time())


async def _read(
    read: Callable[Concatenate[wire.Answer, _With], _Meaning],
    answer: wire.Answer,
    *further: _With.args,
    **none: _With.kwargs,
) -> _Meaning:
    """Reads an answer: beside the loop where that may take longer than a moment."""
    if len(answer.content) <= MOST_AT_ONCE:
        return read(answer, *further, **none)
    return await asyncio.to_thread(read, answer, *further, **none)


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")
