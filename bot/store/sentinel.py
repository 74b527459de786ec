"""Asks Sentinels, at each new connection, which Redis is primary now."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.store import sentinel_url

_ANSWER_LIMIT = 0.5
"""Seconds for one Sentinel. Short, as there are others to ask."""


class NoPrimaryError(RedisConnectionError):
    """No Sentinel names a primary; the text says why."""


@dataclass(frozen=True, slots=True)
class Sentinels:
    """Knows the Sentinels of one Redis.

    Attributes:
        addresses: host and port of each.
        name: what they call the Redis.
        options: how to connect to them; its password is a secret.
    """

    addresses: tuple[tuple[str, int], ...]
    name: str
    options: dict[str, Any] = field(repr=False)

    async def primary(self) -> tuple[str, int]:
        """Returns host and port of the primary of now.

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
    """Returns the Sentinels of a URL, and the URL for a Redis that they name, its host left open.

    Raises:
        ValueError: it cannot be understood; the text says how it is written, without the URL.
    """
    read = sentinel_url.parse(url)
    return Sentinels(read.addresses, read.name, read.options), read.redis
