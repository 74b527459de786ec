"""Limits how many strangers may connect at a time, for how long, and how much they may send.

aiohttp takes whoever connects, waits an hour for a first line, and reads as much as they send at
once; its only limits are on the sizes of a head and of a body (aiohttp 3.14, `web_protocol`).
"""

import asyncio
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HEAD_SECONDS = 5.0
"""Seconds for all headers of the first request; Slack and proxies send them at once."""
MOST_HEAD = 32 * 2**10
"""Bytes of these headers."""
MOST_STRANGERS = 256
"""Connections on which nothing has come yet that Slack signed."""
AT_ONCE = 8 * 2**10
"""Bytes that are read from one connection before the next gets its turn; asyncio reads 256 KiB."""
MOST_BYTES_READ = 4 * 2**20
"""Bytes of all bodies that are being read, by their `Content-Length`."""


class ConnectionLimits:
    """Lets connections in; if there are too many, it cuts the oldest stranger's.

    So Slack, which is quick, gets through any crowd of slow ones.

    Attributes:
        buffer: takes what is read next, on whichever connection.
    """

    def __init__(self, server: Callable[[], asyncio.Protocol]) -> None:
        """`server` makes the protocol that speaks HTTP on one connection."""
        self.server = server
        # Far below our limit of descriptors, which Redis, Slack and IACrea need too.
        self._most = min(MOST_STRANGERS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 4)
        self.buffer = bytearray(AT_ONCE)
        self._strangers: dict[asyncio.Transport, None] = {}
        self._bodies: dict[asyncio.Transport, int] = {}

    def __call__(self) -> asyncio.BufferedProtocol:
        """Returns a protocol for a new connection, as `loop.create_server` wants it."""
        return _Connection(self)

    def add(self, transport: asyncio.Transport) -> None:
        """Takes in a stranger."""
        if len(self._strangers) >= self._most:
            self._cut(next(iter(self._strangers)))
        self._strangers[transport] = None

    def remove(self, transport: asyncio.Transport) -> None:
        """Forgets a connection that is closed."""
        self._strangers.pop(transport, None)

    def trust(self, transport: asyncio.Transport | None) -> None:
        """Notes that Slack signed what came on that connection, so that it is no stranger's."""
        if transport is not None:
            self._strangers.pop(transport, None)

    def trusts(self, transport: asyncio.Transport | None) -> bool:
        """Returns whether Slack signed something that came on that connection."""
        return transport is not None and transport not in self._strangers

    @contextmanager
    def reading(self, transport: asyncio.Transport | None, announced: int) -> Iterator[None]:
        """Makes room for the body that the block reads, by cutting the oldest other ones."""
        if transport is None:
            # It was closed before we came to read it.
            raise ConnectionResetError
        self._bodies[transport] = announced
        while sum(self._bodies.values()) > MOST_BYTES_READ:
            # Never this one, which is the newest, and alone within the limit.
            self._cut(next(iter(self._bodies)))
        try:
            yield
        finally:
            self._bodies.pop(transport, None)

    def _cut(self, transport: asyncio.Transport) -> None:
        self._strangers.pop(transport, None)
        self._bodies.pop(transport, None)
        # `close` would wait until a slow one has taken what it was sent.
        transport.abort()


class _Connection(asyncio.BufferedProtocol):
    """A connection that the server hears of once the headers of its first request are there."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._head = bytearray()
        self._http: asyncio.Protocol | None = None
        self._transport: asyncio.Transport
        self._limit: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP has no other
        self._transport = transport
        self._limit = asyncio.get_running_loop().call_later(HEAD_SECONDS, transport.abort)
        self._limits.add(transport)

    def get_buffer(self, _: int) -> bytearray:
        # One for all connections: what was read is copied before the next one is read.
        return self._limits.buffer

    def buffer_updated(self, nbytes: int) -> None:
        data = bytes(memoryview(self._limits.buffer)[:nbytes])
        if self._http is not None:
            self._http.data_received(data)
        else:
            self._read_head(data)

    def _read_head(self, data: bytes) -> None:
        self._head += data
        if b"\r\n\r\n" in self._head:
            self._limit.cancel()
            head, self._head = bytes(self._head), bytearray()
            self._http = self._limits.server()
            self._http.connection_made(self._transport)
            self._http.data_received(head)
        elif len(self._head) > MOST_HEAD:
            self._transport.abort()

    def eof_received(self) -> bool | None:
        return self._http.eof_received() if self._http is not None else None

    def connection_lost(self, error: Exception | None) -> None:
        self._limit.cancel()
        self._limits.remove(self._transport)
        if self._http is not None:
            self._http.connection_lost(error)

    def pause_writing(self) -> None:
        if self._http is not None:
            self._http.pause_writing()

    def resume_writing(self) -> None:
        if self._http is not None:
            self._http.resume_writing()
