"""Reads the URL of a Redis behind Sentinels, without loading redis.

    redis+sentinel://user:password@host:26379,host:26379,host/name/0

`name` is what the Sentinels call the Redis (`sentinel monitor <name> …`), the number at the end its
database. User and password are those of Redis itself; where the Sentinels have some of their own,
`?sentinel_username=…&sentinel_password=…` names them. With `rediss+sentinel://` both speak TLS.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from bot.store.options import of_tls

SCHEMES = ("redis+sentinel", "rediss+sentinel")
PORT = 26379
"""Sentinel's own default."""
_OWN = ("sentinel_username", "sentinel_password")
_LONGEST = 4000
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class SentinelURL:
    """What such a URL says.

    Attributes:
        addresses: host and port of each Sentinel.
        name: what they call the Redis.
        options: how to connect to them; its password is a secret.
        redis: the URL for a Redis that they name, its host left open; a secret too.
    """

    addresses: tuple[tuple[str, int], ...]
    name: str
    options: dict[str, Any] = field(repr=False)
    redis: str = field(repr=False)


def parse(url: str) -> SentinelURL:
    """Returns what a URL says of Sentinels.

    Raises:
        ValueError: it cannot be understood; the text says how it is written, without the URL.
    """
    if len(url) > _LONGEST:
        raise ValueError(f"no URL has more than {_LONGEST} characters")
    parts = urlsplit(url)
    credentials, _, hosts = parts.netloc.rpartition("@")
    addresses = tuple(_address(each) for each in hosts.split(","))
    name, _, database = parts.path.strip("/").partition("/")
    if not name or not re.fullmatch(r"[0-9]*", database):
        raise ValueError("write redis+sentinel://host:26379,host:26379/name/0")
    query = {key: each[0] for key, each in parse_qs(parts.query).items()}
    own = {key.removeprefix("sentinel_"): query.pop(key) for key in _OWN if key in query}
    tls = parts.scheme == "rediss+sentinel"
    options = {**own, "ssl": True, **of_tls(urlencode(query))} if tls else own
    scheme, at = ("rediss" if tls else "redis"), (f"{credentials}@" if credentials else "")
    rest = f"?{urlencode(query)}" if query else ""
    url = f"{scheme}://{at}/{database or 0}{rest}"
    return SentinelURL(addresses, unquote(name), options, url)


def _address(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    if found is None:
        raise ValueError("write each Sentinel as host or host:port, with commas between them")
    return found["host"].strip("[]"), int(found["port"] or PORT)
