"""Why a server was not reached, in words that name a certificate or a proxy where it is one."""

import ssl
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from bot.network.proxies import Proxy

E = TypeVar("E", bound=BaseException)


class Cause(StrEnum):
    """What whoever runs the bot has to mend."""

    CERTIFICATE = "certificate"
    PROXY = "proxy"


def cause(error: BaseException, proxy: Proxy | None) -> Cause | None:
    """Returns what is to blame for a request that was not even sent, where that is known.

    With a proxy the connection is one to the proxy, so that whatever is wrong before TLS begins is
    wrong with it.
    """
    if _found(error, ssl.SSLCertVerificationError):
        return Cause.CERTIFICATE
    return Cause.PROXY if proxy is not None and not _found(error, ssl.SSLError) else None


def described(error: BaseException, proxy: Proxy | None) -> str:
    """Returns what happened, without addresses, which may be secret, or a proxy's password."""
    name = type(error).__name__
    through = f", through the proxy {proxy.shown}" if proxy is not None else ""
    untrusted = _found(error, ssl.SSLCertVerificationError)
    if untrusted is not None:
        return f"certificate not trusted: {untrusted.verify_message}{through}"
    tls = _found(error, ssl.SSLError)
    if tls is not None:
        return f"no TLS: {tls.reason}{through}"
    answer = _answer(error)
    return f"the proxy {proxy.shown} refuses: {answer}" if proxy and answer else f"{name}{through}"


def _answer(error: BaseException) -> str:
    """What a proxy answered instead of connecting: httpx's words, or aiohttp's."""
    if type(error).__name__ == "ProxyError":
        return str(error)
    if type(error).__name__ == "ClientHttpProxyError":
        return f"{getattr(error, 'status', '')} {getattr(error, 'message', '')}".strip()
    return ""


def _found(error: BaseException, kind: type[E]) -> E | None:
    """The innermost one: aiohttp's own are of those kinds too, and know no more."""
    return next((each for each in reversed([*_chain(error)]) if isinstance(each, kind)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what led to it."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
