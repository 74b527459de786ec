"""Opens addresses that others chose: each is checked, and connected to as it was checked.

A link that somebody typed, or that stood in an answer, leads to the public internet or to IACrea
itself, and so does every redirect.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial

import httpx

from bot.domain.images import public_host
from bot.iacrea.request_trace import through
from bot.network import Network, Proxy, described

LOOKUP_LIMIT = 1.0
"""Seconds to look a name up where a proxy does so too; a company's DNS may know no public name and
take its time to say so."""
_CONNECT_LIMIT = 10.0
_CHUNK_LIMIT = 30.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host's name, for that port."""


class DownloadError(Exception):
    """A file cannot be had, or shall not be; says why, without its address."""


class NotPublicError(DownloadError):
    """It lies at an address that is not public, or would after a redirect."""


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request: where it connects to, through which proxy, and whom it asks for there."""

    url: httpx.URL
    host: str
    name: str | None = None
    proxy: Proxy | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How far an address is followed, and what is said of us there.

    Attributes:
        redirects: at most; each is as wary as the first request.
        headers: beside our name.
    """

    redirects: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Pinned:
    """Asks for addresses, with no key of anybody's."""

    def __init__(
        self,
        base_url: str,
        network: Network | None,
        limits: Limits,
        resolve: Resolve | None = None,
    ) -> None:
        """Opens nothing yet.

        Args:
            base_url: IACrea's own, which is trusted wherever it lies.
            network: the way there; None is without a proxy, by the system's certificates.
            limits: how far.
            resolve: looks names up.
        """
        self._own = _origin(httpx.URL(base_url))
        self._network = network or Network()
        self._limits = limits
        self._resolve = resolve or look_up

    async def follow(self, stack: AsyncExitStack, address: str) -> httpx.Response:
        """Returns the answer after all redirects, its body unread; `stack` closes all of it.

        Raises:
            DownloadError: there is none, or its address is not public.
        """
        url = _url(address)
        for _ in range(self._limits.redirects + 1):
            hop = await self._hop(url)
            client = await stack.enter_async_context(self._client(hop.proxy))
            response = await self._ask(client, hop)
            stack.push_async_callback(response.aclose)
            if response.status_code not in _REDIRECTS:
                return response
            await response.aclose()
            url = _url(response.headers.get("location", ""), url)
        raise DownloadError(f"more than {self._limits.redirects} redirects")

    def _client(self, proxy: Proxy | None) -> httpx.AsyncClient:
        tls = self._network.tls
        ours = {"accept-encoding": "identity", "user-agent": "regen-bot"}
        return httpx.AsyncClient(
            headers={**ours, **self._limits.headers},
            timeout=httpx.Timeout(_CHUNK_LIMIT, connect=_CONNECT_LIMIT),
            verify=tls,
            proxy=None if proxy is None else through(proxy, tls),
            trust_env=False,
            follow_redirects=False,
        )

    async def _ask(self, client: httpx.AsyncClient, hop: _Hop) -> httpx.Response:
        request = client.build_request("GET", hop.url, headers={"host": hop.host})
        if hop.name is not None:
            # The URL has an address by now, and the certificate is of the name.
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
        # Also at a private address: whoever set IACREA_BASE_URL trusts it.
        if _origin(url) == self._own:
            return _Hop(url, host, proxy=proxy)
        name = url.raw_host.decode("ascii")
        if url.scheme != "https":
            raise DownloadError("not an https link to a public address")
        if not public_host(name):
            raise NotPublicError("not an https link to a public address")
        addresses = await self._addresses(name, url.port or 443, proxied=proxy is not None)
        # Each of them: a proxy looks the name up anew, and may take another one.
        if not all(map(public_host, addresses)):
            raise NotPublicError("its host has an address that is not public")
        if proxy is not None:
            return _Hop(url, host, proxy=proxy)
        if not addresses:
            raise DownloadError("its host has no address")
        return _Hop(url.copy_with(host=addresses[0]), host, name)

    async def _addresses(self, name: str, port: int, *, proxied: bool) -> list[str]:
        """Returns the addresses this machine knows; behind a proxy it may know none."""
        try:
            async with asyncio.timeout(LOOKUP_LIMIT if proxied else None):
                return await self._resolve(name, port)
        except (OSError, UnicodeError):  # a timeout too; UnicodeError: a label that is too long
            return []


async def look_up(name: str, port: int, *, threads: Executor | None = None) -> list[str]:
    """Asks the machine for the addresses of a name, in those threads or in the loop's own.

    Raises:
        OSError, UnicodeError: it has none.
    """
    asking = partial(socket.getaddrinfo, name, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(threads, asking)
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
