"""Redis behind Sentinels: who is primary now is asked for at each new connection.

    redis+sentinel://user:password@host:26379,host:26379,host/name/0

`name` is what the Sentinels call the Redis (`sentinel monitor <name> …`), the number at the end its
database. User and password are those of Redis itself; where the Sentinels have some of their own,
`?sentinel_username=…&sentinel_password=…` names them. With `rediss+sentinel://` both speak TLS.
"""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.store.options import of_tls

SCHEMES = ("redis+sentinel", "rediss+sentinel")
PORT = 26379
"""Sentinel's own default."""
_ANSWER_LIMIT = 0.5
"""Seconds for one Sentinel; there are others."""
_OWN = ("sentinel_username", "sentinel_password")
_LONGEST = 4000
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")


class NoPrimaryError(RedisConnectionError):
    """No Sentinel names a primary; the text says why."""


@dataclass(frozen=True, slots=True)
class Sentinels:
    """The Sentinels of one Redis.

    Attributes:
        addresses: host and port of each.
        name: what they call the Redis.
        options: how to connect to them; its password is a secret.
    """

    addresses: tuple[tuple[str, int], ...]
    name: str
    options: dict[str, Any] = field(repr=False)

    async def primary(self) -> tuple[str, int]:
        """Host and port of whoever is primary now.

        Raises:
            NoPrimaryError: none of them answers, or knows the name.
        """
        answered = False
        for address in self.addresses:
            found: Any = None
            try:
                async with asyncio.timeout(_ANSWER_LIMIT):
                    found = await self._ask(*address)
            except Exception:  # noqa: BLE001, S112 - whatever this one does, there are others
                continue
            answered = True
            if found:
                host, port = found
                return str(host), int(port)
        if answered:
            raise NoPrimaryError(f"the Sentinels know no primary of the name {self.name}")
        raise NoPrimaryError("no Sentinel answers")

    async def _ask(self, host: str, port: int) -> Any:
        once = Retry(NoBackoff(), 0)
        async with Redis(
            host=host, port=port, decode_responses=True, socket_timeout=None, retry=once,
            **self.options,
        ) as sentinel:  # fmt: skip
            return await sentinel.sentinel_get_master_addr_by_name(self.name)


def parse(url: str) -> tuple[Sentinels, str]:
    """The Sentinels of a URL, and the URL for a Redis that they name, its host left open.

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
    return Sentinels(addresses, unquote(name), options), f"{scheme}://{at}/{database or 0}{rest}"


def _address(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    if found is None:
        raise ValueError("write each Sentinel as host or host:port, with commas between them")
    return found["host"].strip("[]"), int(found["port"] or PORT)
