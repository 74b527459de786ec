"""Finds the proxy that a request goes through, by HTTPS_PROXY, NO_PROXY and their kin. Pure.

Every program reads these variables a little differently; this is curl's reading
(curl.se/docs/manpage.html, «Environment» and `--noproxy`), with networks such as 10.0.0.0/8 in
NO_PROXY as Go and Python's requests have them.
"""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urlsplit

_SCHEMES = ("http", "https")
_SOCKS = "socks"
_LONGEST = 4000
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_PLAIN = ("http", "ws")


class ProxyError(ValueError):
    """A proxy cannot be used; the text says why and what to write, without its password."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy.

    Attributes:
        url: with user and password, if it has them.
        shown: the same without them, for logs and messages.
        secrets: the password as it was written and as it is sent, which no log may show.
    """

    url: str = field(repr=False)
    shown: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def parse(cls, text: str) -> "Proxy":
        """Reads `http://user:password@host:port`; without a scheme it is `http`.

        Raises:
            ProxyError: it is no HTTP proxy, or cannot be understood.
        """
        written = text if "://" in text else f"http://{text}"
        parts = _split(written)
        if parts.scheme.startswith(_SOCKS):
            raise ProxyError("names a SOCKS proxy, which the bot cannot use; name an HTTP proxy")
        if parts.scheme not in _SCHEMES or not _names_a_host(parts):
            raise ProxyError(
                "is no proxy; write http://host:port, or http://user:password@host:port"
            )
        credentials = _credentials(parts)
        at = parts.netloc.rpartition("@")[2]
        password = parts.password or ""
        return cls(
            url=f"{parts.scheme}://{credentials}{at}",
            shown=f"{parts.scheme}://{at}",
            secrets=tuple({password, unquote(password)} - {""}),
        )


@dataclass(frozen=True, slots=True)
class Proxies:
    """Holds the proxies by scheme, and what goes around them.

    Attributes:
        https: for https:// and wss://.
        http: for http:// and ws://.
        around: the entries of NO_PROXY: hosts with all their subdomains, addresses, networks,
            each perhaps with a port; `*` is everything.
    """

    https: Proxy | None = None
    http: Proxy | None = None
    around: tuple[str, ...] = ()

    def to(self, url: str) -> Proxy | None:
        """Returns the proxy for that address; None if it is reached without one."""
        parts = urlsplit(url)
        proxy = self.http if parts.scheme in _PLAIN else self.https
        if proxy is None or parts.hostname is None:
            return None
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        return None if self._goes_around(parts.hostname.rstrip("."), port) else proxy

    def _goes_around(self, host: str, port: int) -> bool:
        return any(_matches(entry, host, port) for entry in self.around)


def no_proxy(text: str) -> tuple[str, ...]:
    """Returns the entries of NO_PROXY, separated by commas or blanks, in lower case."""
    return tuple(re.split(r"[\s,]+", text.strip().strip(",").lower())) if text.strip(" ,") else ()


def is_loopback(host: str) -> bool:
    """Returns whether a host is this machine, so that nobody else can listen on the way there."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):  # RFC 6761, 6.3
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def _split(written: str) -> SplitResult:
    if len(written) > _LONGEST:
        raise ProxyError(f"cannot be understood; no address has more than {_LONGEST} characters")
    try:
        parts = urlsplit(written)
        _ = parts.port  # urlsplit looks at the port only when it is asked for
    except ValueError:
        raise ProxyError(
            "cannot be understood; check the port, and write special characters of a password as "
            "%XX"
        ) from None
    return parts


def _names_a_host(parts: SplitResult) -> bool:
    beyond = parts.path.strip("/") or parts.query or parts.fragment
    return not beyond and bool(_HOST.fullmatch(parts.hostname or ""))


def _credentials(parts: SplitResult) -> str:
    """Returns user and password as both clients understand them; aiohttp sends them as Latin-1."""
    if parts.username is None:
        return ""
    user, password = unquote(parts.username), unquote(parts.password or "")
    if not f"{user}{password}".isascii() or ":" in user:
        raise ProxyError("has a user or a password that cannot be sent; use ASCII, no : in a user")
    return f"{quote(user, safe='')}:{quote(password, safe='')}@"


def _matches(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    if "/" in entry:
        return _in_network(entry, host)
    name, its_port = _parted(entry)
    if its_port not in {None, port}:
        return False
    address = _address(host)
    if address is not None:
        return address == _address(name)
    # To curl example.com and .example.com are the same; people write *.example.com for it, too.
    name = name.removeprefix("*").strip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _parted(entry: str) -> tuple[str, int | None]:
    """Returns a host and its port; a bare IPv6 address has none."""
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*):([0-9]{1,5})", entry)
    if found is None:
        return entry.strip("[]"), None
    return found[1].strip("[]"), int(found[2])


def _in_network(entry: str, host: str) -> bool:
    address = _address(host)
    try:
        # Not strict: by 10.0.0.7/8 people mean the network that it is in.
        return address is not None and address in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
