"""Makes connections that are alive when used, and find the primary again after a failover."""

import functools
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from redis.asyncio import (
    BlockingConnectionPool,
    Connection,
    SSLConnection,
    UnixDomainSocketConnection,
)
from redis.asyncio.connection import AbstractConnection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.driver_info import DriverInfo
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError
from redis.maint_notifications import MaintNotificationsConfig

from bot.store import sentinel, sentinel_url

FindPrimary = Callable[[], Awaitable[tuple[str, int]]]

# Or each connection reads redis-py's version out of its package again, while everybody waits.
_driver = functools.cache(DriverInfo)


class _Alive(AbstractConnection):
    """Knows when its other side is gone, however it went.

    redis-py only looks for the end of the stream, which a reset connection never has. It then
    writes to a lost connection, which asyncio answers with an AttributeError on Python 3.12 and on
    3.13 before 3.13.10 (`writelines` of a transport that has let go of its loop).
    """

    @property
    def lost(self) -> bool:
        """Returns whether nothing can be sent any more; False if it is not connected yet."""
        writer = self._writer
        return writer is not None and writer.is_closing()

    async def send_packed_command(
        self, command: bytes | str | Iterable[bytes], check_health: bool = True
    ) -> None:
        if self.lost:
            await self.disconnect(nowait=True)
            raise RedisConnectionError("the connection was lost")
        await super().send_packed_command(command, check_health)


class _ToPrimary(_Alive, Connection):
    """Asks the Sentinels, if there are any, who is primary each time it connects.

    A demoted primary answers READONLY on connections that look healthy. We close such a connection,
    so that the next command looks up the host's address anew.
    """

    def __init__(self, *, find_primary: FindPrimary | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._find_primary = find_primary

    async def connect_check_health(
        self, check_health: bool = True, retry_socket_connect: bool = True
    ) -> None:
        # One that stands is not asked about again: READONLY tells once it is no primary.
        if self._find_primary is not None and not self.is_connected:
            self.host, self.port = await self._find_primary()
        await super().connect_check_health(check_health, retry_socket_connect)

    async def read_response(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().read_response(*args, **options)
        except ReadOnlyError:
            await self.disconnect()
            said = "it is no primary any more"
            raise RedisConnectionError(said, status_code="READONLY") from None


class _ToPrimaryOverTls(_ToPrimary, SSLConnection):
    """The same over TLS."""


class _OverUnixSocket(_Alive, UnixDomainSocketConnection):
    """To a server of this machine."""


class _Pool(BlockingConnectionPool):
    """Replaces a connection that was closed while idle, before it hands it out.

    Redis closes idle ones (`timeout`), and so do proxies and firewalls. To find out, we send
    nothing. redis-py would wait for such a connection to close in good order, over TLS for a
    goodbye from a side that may be gone. We drop it at once.
    """

    async def ensure_connection(self, connection: AbstractConnection) -> None:
        # Nothing was asked on an idle one, so what there is to read is its end.
        if connection.is_connected and (_lost(connection) or await connection.can_read()):
            await connection.disconnect(nowait=True)
        await super().ensure_connection(connection)


def _lost(connection: AbstractConnection) -> bool:
    return isinstance(connection, _Alive) and connection.lost


def pool(url: str, **options: Any) -> BlockingConnectionPool:
    """Returns a pool for `url` whose connections send every command once.

    Raises:
        ValueError: the URL cannot be understood.
    """
    find_primary = None
    if url.startswith(sentinel_url.SCHEMES):
        sentinels, url = sentinel.parse(url)
        find_primary = sentinels.primary
    parsed: dict[str, Any] = dict(parse_url(url))
    kind = parsed.pop("connection_class", Connection)
    if kind is Connection:
        parsed |= {"connection_class": _ToPrimary, "find_primary": find_primary}
    elif kind is SSLConnection:
        parsed |= {"connection_class": _ToPrimaryOverTls, "find_primary": find_primary}
    else:
        parsed["connection_class"] = _OverUnixSocket
    # Where they are on, redis-py does not look whether a connection was closed (8.1.0,
    # `ConnectionPool.ensure_connection`). They are of Redis Cloud and Redis Enterprise.
    quiet = MaintNotificationsConfig(enabled=False)
    once = Retry(NoBackoff(), 0)
    given = {"maint_notifications_config": quiet, "retry": once, "driver_info": _driver()}
    return _Pool(**{**parsed, **given, **options})
