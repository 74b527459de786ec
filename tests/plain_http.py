"""HTTP without TLS, for servers on this machine."""

import ssl
from typing import Any

import httpx

_UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def plain_http(**options: Any) -> httpx.AsyncClient:
    """Returns a client that trusts nobody: loading the machine's certificates takes 50 ms."""
    return httpx.AsyncClient(verify=_UNUSED, **options)
