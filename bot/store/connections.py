"""Connections that find the primary again after a failover."""

from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import BlockingConnectionPool, Connection, SSLConnection
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError

from bot.store import sentinel

FindPrimary = Callable[[], Awaitable[tuple[str, int]]]


class _ToPrimary(Connection):
    """Asks anew, at each connecting, who is primary, where there is somebody to ask.

    A primary that was demoted answers READONLY from then on, on connections that look healthy;
    such a one is closed, so that the next command looks up the host's address anew.
    """

    def __init__(self, *, find_primary: FindPrimary | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._find_primary = find_primary

    async def connect_check_health(
        self, check_health: bool = True, retry_socket_connect: bool = True
    ) -> None:
        if self._find_primary is not None and not self.is_connected:
            self.host, self.port = await self._find_primary()
        await super().connect_check_health(check_health, retry_socket_connect)

    async def read_response(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().read_response(*args, **options)
        except ReadOnlyError:
            await self.disconnect()
            raise RedisConnectionError("it is no primary any more") from None


class _ToPrimaryOverTls(_ToPrimary, SSLConnection):
    """The same over TLS."""


def pool(url: str, **options: Any) -> BlockingConnectionPool:
    """A pool for `url`, whose connections each send every command once.

    Raises:
        ValueError: the URL cannot be understood.
    """
    find_primary = None
    if url.startswith(sentinel.SCHEMES):
        sentinels, url = sentinel.parse(url)
        find_primary = sentinels.primary
    parsed: dict[str, Any] = dict(parse_url(url))
    kind = parsed.pop("connection_class", Connection)
    if kind is Connection:
        parsed |= {"connection_class": _ToPrimary, "find_primary": find_primary}
    elif kind is SSLConnection:
        parsed |= {"connection_class": _ToPrimaryOverTls, "find_primary": find_primary}
    else:
        parsed["connection_class"] = kind
    return BlockingConnectionPool(**{"retry": Retry(NoBackoff(), 0), **options, **parsed})
