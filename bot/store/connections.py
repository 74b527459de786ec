"""Connections that are alive when they are used, and find the primary again after a failover."""

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


class _Alive(AbstractConnection):
    """Knows when its other side is gone, however it went.

    redis-py looks for the end of the stream alone, which a connection that was reset never has. It
    writes to what is lost, and asyncio answers that with an AttributeError on Python 3.12 and on
    3.13 before 3.13.10 (`writelines` of a transport that has let go of its loop).
    """

    @property
    def lost(self) -> bool:
        """Whether nothing can be sent any more; False where it is not connected yet."""
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
            said = "it is no primary any more"
            raise RedisConnectionError(said, status_code="READONLY") from None


class _ToPrimaryOverTls(_ToPrimary, SSLConnection):
    """The same over TLS."""


class _OverUnixSocket(_Alive, UnixDomainSocketConnection):
    """To a server of this machine."""


class _Pool(BlockingConnectionPool):
    """Replaces, before it hands it out, a connection that was closed while nobody used it.

    Redis closes idle ones (`timeout`), and so do proxies and firewalls. Nothing is sent
    to find out. redis-py looks again, but waits for such a one to close in good order: over TLS for
    a goodbye of a side that may be gone. Here it is let go of without.
    """

    async def ensure_connection(self, connection: AbstractConnection) -> None:
        if connection.is_connected and (_lost(connection) or await connection.can_read()):
            await connection.disconnect(nowait=True)
        await super().ensure_connection(connection)


def _lost(connection: AbstractConnection) -> bool:
    return isinstance(connection, _Alive) and connection.lost


def pool(url: str, **options: Any) -> BlockingConnectionPool:
    """A pool for `url`, whose connections each send every command once.

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
    # Or each connection reads redis-py's version out of its package again, while everybody waits.
    driver = DriverInfo()
    given = {"maint_notifications_config": quiet, "retry": once, "driver_info": driver}
    return _Pool(**{**parsed, **given, **options})
