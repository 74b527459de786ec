"""HTTP/1.1 as little as it takes, so that what measures costs little of what is measured."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, `after` so many seconds; a body that is called is made only then."""

    body: bytes | Callable[[], bytes]
    after: float = 0.0
    headers: bytes = b""


Answer = Callable[[str, str, bytes], Reply]
"""Method, path with its query, body."""


class Server(asyncio.Protocol):
    """One connection of somebody who asks; one request at a time."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._waiting = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps what is written to."""
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - it is TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers a request once all of it is there."""
        self._waiting += data
        head, end, rest = self._waiting.partition(_HEAD_END)
        length = _LENGTH.search(head)
        size = int(length[1]) if length else 0
        if not end or len(rest) < size:
            return
        self._waiting = rest[size:]
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        reply = self._answer(method, path, rest[:size])
        asyncio.get_running_loop().call_later(reply.after, self._send, reply)

    def _send(self, reply: Reply) -> None:
        body = reply.body if isinstance(reply.body, bytes) else reply.body()
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n%bcontent-length: %d\r\n\r\n%b"
            % (reply.headers, len(body), body)
        )


class _Client(asyncio.Protocol):
    """One connection to somebody who is asked."""

    def __init__(self) -> None:
        self.answered: asyncio.Future[tuple[int, bytes]] | None = None
        self.transport: asyncio.WriteTransport | None = None
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - it is TCP
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        head, end, rest = self._waiting.partition(_HEAD_END)
        length = _LENGTH.search(head)
        if not end or (length is not None and len(rest) < int(length[1])):
            return
        self._waiting = b""
        if self.answered is not None and not self.answered.done():
            self.answered.set_result((int(head[9:12]), rest))

    def connection_lost(self, exc: Exception | None) -> None:
        if self.answered is not None and not self.answered.done():
            self.answered.set_exception(exc or ConnectionResetError())


class Client:
    """Asks one address over connections that are kept; the one used last is taken first."""

    def __init__(self, port: int) -> None:
        """`port` of 127.0.0.1."""
        self._port = port
        self._idle: list[_Client] = []

    async def post(
        self, path: str, body: bytes, headers: bytes = b"", *, method: bytes = b"POST"
    ) -> tuple[int, bytes]:
        """The status and the body of the answer; `headers` end in a line break, each.

        Raises:
            OSError: nobody answers there.
        """
        connection = self._kept() or await self._connect()
        connection.answered = asyncio.get_running_loop().create_future()
        assert connection.transport is not None  # noqa: S101 - it is connected
        connection.transport.write(
            b"%b %b HTTP/1.1\r\nhost: 127.0.0.1\r\n%bcontent-length: %d\r\n\r\n%b"
            % (method, path.encode(), headers, len(body), body)
        )
        answer = await connection.answered
        self._idle.append(connection)
        return answer

    def close(self) -> None:
        """Drops the connections."""
        for connection in self._idle:
            if connection.transport is not None:
                connection.transport.abort()
        self._idle.clear()

    def _kept(self) -> _Client | None:
        """A connection that the other side, which may have been killed, has not closed."""
        while self._idle:
            connection = self._idle.pop()
            if connection.transport is not None and not connection.transport.is_closing():
                return connection
        return None

    async def _connect(self) -> _Client:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(_Client, "127.0.0.1", self._port)
        return connection
