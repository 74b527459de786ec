"""Explains why a server was not reached, and names the certificate or proxy that is to blame."""

import ssl
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from bot.network.proxies import Proxy

E = TypeVar("E", bound=BaseException)


class Cause(StrEnum):
    """What the operator has to mend."""

    CERTIFICATE = "certificate"
    PROXY = "proxy"


def cause(error: BaseException, proxy: Proxy | None) -> Cause | None:
    """Returns what is to blame for a request that was not even sent, if we know.

    With a proxy we connect to the proxy, so it is to blame for what fails before TLS begins.
    """
    if _found(error, ssl.SSLCertVerificationError):
        return Cause.CERTIFICATE
    return Cause.PROXY if proxy is not None and not _found(error, ssl.SSLError) else None


def described(error: BaseException, proxy: Proxy | None) -> str:
    """Returns what happened, without addresses or passwords, which may be secret."""
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
    """Returns what a proxy answered instead of connecting, from httpx's error or aiohttp's."""
    # By their names: whoever reads the settings alone would load httpx and aiohttp for this.
    if type(error).__name__ == "ProxyError":
        return str(error)
    if type(error).__name__ == "ClientHttpProxyError":
        return f"{getattr(error, 'status', '')} {getattr(error, 'message', '')}".strip()
    return ""


def _found(error: BaseException, kind: type[E]) -> E | None:
    """Returns the innermost error of these kinds; aiohttp's own around it know no more."""
    return next((each for each in reversed([*_chain(error)]) if isinstance(each, kind)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yields the error and what led to it."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
