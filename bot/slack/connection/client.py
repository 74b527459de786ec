"""Makes clients for Slack that go through the proxy, each call on a connection of its own."""

import contextlib
import copy
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.network import Network


class Client(AsyncWebClient):
    """The SDK's client, which sends every call once.

    By default the SDK repeats a call whose connection dropped, which posts a message twice
    (slack_sdk 3.48.0, `http_retry/builtin_async_handlers.py`).

    Attributes:
        network: the proxy and certificates to use.
    """

    def __init__(self, token: str, base_url: str, network: Network) -> None:
        super().__init__(token=token, base_url=base_url, ssl=network.tls, retry_handlers=[])
        self.network = network

    def over(self, call: "Call") -> AsyncWebClient:
        """Returns a copy for one call, with our proxy and not the environment's."""
        # The SDK reads both from the client, and many calls share this one.
        once = copy.copy(self)
        once.session, once.proxy = call.session, call.proxy_url
        return once


class Call:
    """Makes one call, and knows whether anything of it was sent.

    Its connection is new: Slack may close a kept one just as we use it again, and then nobody knows
    whether the call arrived. aiohttp's signals tell a proxy that hangs while it connects from a
    Slack that hangs after it was sent the call.

    Attributes:
        proxy: the proxy it goes through; None for the direct way.
        session: aiohttp's session, while it is open.
    """

    def __init__(self, network: Network, url: str) -> None:
        self.proxy = network.proxy(url)
        self.session: aiohttp.ClientSession
        self._tls = network.tls
        self._connecting = self._connected = False

    @property
    def nothing_sent(self) -> bool:
        """Returns whether the call surely did not leave: it was still connecting."""
        # Finding the address, the proxy's consent and TLS all come before the call itself.
        return self._connecting and not self._connected

    @property
    def proxy_url(self) -> str | None:
        """Returns the proxy's address with its password, as aiohttp takes it."""
        return None if self.proxy is None else self.proxy.url

    @contextlib.asynccontextmanager
    async def open_session(self, limits: aiohttp.ClientTimeout) -> AsyncIterator[None]:
        """Opens a session for as long as the block lasts."""
        signals = aiohttp.TraceConfig()
        signals.on_connection_create_start.append(self._begins)
        signals.on_connection_create_end.append(self._stands)
        async with aiohttp.ClientSession(timeout=limits, trace_configs=[signals]) as self.session:
            yield

    def post(self, url: str, **what: Any) -> Any:
        """Returns aiohttp's request, which follows no redirect."""
        return self.session.post(
            url, proxy=self.proxy_url, ssl=self._tls, allow_redirects=False, **what
        )

    def webhook(self, url: str) -> AsyncWebhookClient:
        """Returns the SDK's client for a response URL, with our proxy and not the environment's."""
        client = AsyncWebhookClient(url, ssl=self._tls, session=self.session, retry_handlers=[])
        # Only now: where it is given none, the constructor takes the environment's.
        client.proxy = self.proxy_url
        return client

    async def _begins(self, *_: object) -> None:
        self._connecting = True

    async def _stands(self, *_: object) -> None:
        self._connected = True
