"""Finished videos on their way from wherever IACrea keeps them, in chunks, never whole.

The address of a video comes from an answer, so it is trusted as little as one that somebody typed:
it leads to the public internet, or to IACrea itself.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from bot.domain.images import public_host
from bot.iacrea.request_trace import through
from bot.network import Network, Proxy, described

MOST_BYTES = 200_000_000
"""Of a video: a minute at 25 Mbit/s. More would hardly be passed on within TIME_LIMIT."""
TIME_LIMIT = 110.0
"""Seconds for a download, and for all that is done with it meanwhile."""
_CONNECT_LIMIT = 10.0
_CHUNK_LIMIT = 30.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host's name, for that port."""


class DownloadError(Exception):
    """The video cannot be had, or shall not be; says why, without its address."""


@dataclass(slots=True)
class VideoFile:
    """A video of which nothing has been read yet.

    Attributes:
        length: bytes.
        content_type: such as `video/mp4`.
        failure: why it broke off, once it has; who sends its bytes on may hide that.
    """

    length: int
    content_type: str
    response: httpx.Response
    failure: DownloadError | None = None

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yields its bytes, once.

        Raises:
            DownloadError: it broke off.
        """
        try:
            async for chunk in self.response.aiter_raw():
                yield chunk
        except httpx.HTTPError as error:
            self.failure = DownloadError(f"broke off: {type(error).__name__}")
            raise self.failure from error


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request: where it connects to, through which proxy, and whom it asks for there."""

    url: httpx.URL
    host: str
    name: str | None = None
    proxy: Proxy | None = None


class Downloads:
    """Opens videos, with no key of anybody's. Redirects are followed, each as wary as the first."""

    def __init__(
        self, base_url: str, network: Network | None = None, *, resolve: Resolve | None = None
    ) -> None:
        """Opens nothing yet.

        Args:
            base_url: IACrea's own, which is trusted wherever it lies.
            network: the way there; None is without a proxy, by the system's certificates.
            resolve: looks names up.
        """
        self._own = _origin(httpx.URL(base_url))
        self._network = network or Network()
        self._resolve = resolve or _resolve

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[VideoFile]:
        """Opens a video for as long as the block lasts, TIME_LIMIT at most.

        Raises:
            DownloadError: no video, too large a one, or one at an address that is not public.
        """
        try:
            async with asyncio.timeout(TIME_LIMIT), AsyncExitStack() as stack:
                response = await self._follow(stack, url)
                stack.push_async_callback(response.aclose)
                yield _video_file(response)
        except httpx.HTTPError as error:
            raise DownloadError(described(error, None)) from error
        except TimeoutError as error:
            raise DownloadError("too slow") from error

    def _client(self, proxy: Proxy | None) -> httpx.AsyncClient:
        tls = self._network.tls
        return httpx.AsyncClient(
            headers={"accept-encoding": "identity", "user-agent": "regen-bot"},
            timeout=httpx.Timeout(_CHUNK_LIMIT, connect=_CONNECT_LIMIT),
            verify=tls,
            proxy=None if proxy is None else through(proxy, tls),
            trust_env=False,
            follow_redirects=False,
        )

    async def _follow(self, stack: AsyncExitStack, address: str) -> httpx.Response:
        """Returns the answer after all redirects, its body unread; `stack` closes its client."""
        url = _url(address)
        for _ in range(_MOST_REDIRECTS + 1):
            hop = await self._hop(url)
            client = await stack.enter_async_context(self._client(hop.proxy))
            response = await self._ask(client, hop)
            if response.status_code not in _REDIRECTS:
                return response
            await response.aclose()
            url = _url(response.headers.get("location", ""), url)
        raise DownloadError(f"more than {_MOST_REDIRECTS} redirects")

    async def _ask(self, client: httpx.AsyncClient, hop: _Hop) -> httpx.Response:
        request = client.build_request("GET", hop.url, headers={"host": hop.host})
        if hop.name is not None:
            request.extensions["sni_hostname"] = hop.name
        try:
            return await client.send(request, stream=True)
        except httpx.HTTPError as error:
            raise DownloadError(described(error, hop.proxy)) from error

    async def _hop(self, url: httpx.URL) -> _Hop:
        """Finds the way there. A name is looked up once, so that it cannot change after the check.

        Through a proxy it is the proxy that looks the name up, with no regard to that check: whom
        it lets the bot reach is for the proxy to say.
        """
        host, proxy = url.netloc.decode("ascii"), self._network.proxy(str(url))
        if _origin(url) == self._own:
            return _Hop(url, host, proxy=proxy)
        name = url.raw_host.decode("ascii")
        if url.scheme != "https" or not public_host(name):
            raise DownloadError("not an https link to a public address")
        addresses = await self._addresses(name, url.port or 443)
        if not all(map(public_host, addresses)):
            raise DownloadError("its host has an address that is not public")
        if proxy is not None:
            return _Hop(url, host, proxy=proxy)
        if not addresses:
            raise DownloadError("its host has no address")
        return _Hop(url.copy_with(host=addresses[0]), host, name)

    async def _addresses(self, name: str, port: int) -> list[str]:
        """Returns the addresses this machine knows; behind a proxy it may know none."""
        try:
            return await self._resolve(name, port)
        except (OSError, UnicodeError):  # UnicodeError: a label that is too long
            return []


async def _resolve(name: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _url(address: str, before: httpx.URL | None = None) -> httpx.URL:
    """Reads an address, relative to `before` if it is relative; refuses one with a password."""
    try:
        url = before.join(address) if before else httpx.URL(address)
    except httpx.InvalidURL as error:
        raise DownloadError("not a link") from error
    if not url.host or url.userinfo:
        raise DownloadError("not a link to a host alone")
    return url


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _video_file(response: httpx.Response) -> VideoFile:
    """Returns the video that an answer brings.

    Raises:
        DownloadError: it brings none, or one that cannot be passed on.
    """
    if response.status_code != HTTPStatus.OK:
        raise DownloadError(f"status {response.status_code}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind.startswith("video/") and not kind.endswith("/octet-stream"):
        raise DownloadError("not a video")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise DownloadError("compressed, so that its length is not known")
    length = response.headers.get("content-length", "")
    known = "transfer-encoding" not in response.headers and re.fullmatch(r"[0-9]{1,18}", length)
    if not known or not int(length):
        raise DownloadError("of unknown length")
    if int(length) > MOST_BYTES:
        raise DownloadError(f"larger than {MOST_BYTES} bytes")
    return VideoFile(int(length), kind, response)
