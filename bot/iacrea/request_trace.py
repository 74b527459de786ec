"""Traces how far a request of httpx came, and gives httpx the proxy to use."""

import ssl
from typing import Any

import httpx

from bot.network import Proxy

_OF_CONNECTING = ("connection.", "proxy.", "http11.response_closed.")
"""How events begin that come before a request is sent, or whatever came of it (httpcore 1.0.9)."""


def through(proxy: Proxy, tls: ssl.SSLContext) -> httpx.Proxy:
    """Returns httpx's form of a proxy; one that is reached over TLS proves who it is by `tls`."""
    return httpx.Proxy(proxy.url, ssl_context=tls if proxy.url.startswith("https:") else None)


class RequestTrace:
    """How far a request came; its `note` is the `trace` extension (httpcore, «Extensions»).

    A proxy that hangs or closes while it is asked to connect looks like a server that does so after
    it was sent the request; only these events tell the two apart. An event that is not known counts
    as one after the sending, and so does having been told of none.
    """

    def __init__(self) -> None:
        self._began = False
        self._sent = False

    @property
    def nothing_sent(self) -> bool:
        """Returns whether it surely did not leave: the connection was still being made."""
        return self._began and not self._sent

    async def note(self, event: str, info: dict[str, Any]) -> None:
        """Takes the name of what begins or ends, such as `connection.connect_tcp.started`."""
        if not event.endswith(".started"):
            return
        self._began = True
        asked = getattr(info.get("request"), "method", None)
        # What a proxy is sent to connect us is not the request.
        self._sent |= not event.startswith(_OF_CONNECTING) and asked != b"CONNECT"
