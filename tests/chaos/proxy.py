"""A TCP proxy of the campaign: it cuts, delays and refuses connections between two parties."""

import asyncio
import contextlib
import socket
import ssl
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

IDLE = 0.1
"""Seconds without a byte, after an answer, for which a connection counts as idle."""


@dataclass(eq=False)
class _Pair:
    """A connection of a client, and the one to the server that belongs to it."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    asked: bool = False
    quiet_since: float = field(default_factory=time.monotonic)
    raw: list[socket.socket] = field(init=False)

    def __post_init__(self) -> None:
        """Keeps the sockets, which one that ends TLS does not tell any more."""
        self.raw = [each.get_extra_info("socket") for each in (self.client, self.server)]

    @property
    def idle(self) -> bool:
        return not self.asked and time.monotonic() - self.quiet_since > IDLE

    def close(self) -> None:
        """In good order, as a server does that has waited long enough."""
        for each in (self.client, self.server):
            each.close()

    def abort(self) -> None:
        """At once and without a word: the other side is reset (RST) where it is TCP."""
        for raw in self.raw:
            if raw.family != socket.AF_UNIX and raw.fileno() >= 0:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for each in (self.client, self.server):
            each.transport.abort()


class Proxy:
    """Stands before a server on loopback.

    Attributes:
        delay: seconds by which each piece of an answer comes later.
        refuses: new connections are closed at once.
        resets: so many of the next pieces of questions reset their connection, each after so
            much of it was passed on (0 to 1).
    """

    def __init__(self, upstream: int | Path, tls: ssl.SSLContext | None = None) -> None:
        """`upstream`: a port of loopback, or a Unix socket; `tls`: what clients speak to it."""
        self.delay = 0.0
        self.refuses = False
        self.resets: list[float] = []
        self._upstream = upstream
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._open: set[_Pair] = set()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def cut(self) -> int:
        """Breaks every connection, without a word; says how many there were."""
        pairs = tuple(self._open)
        for pair in pairs:
            pair.abort()
        return len(pairs)

    def close_idle(self) -> int:
        """Closes, in good order, what nothing is asked over; says how many there were."""
        pairs = [pair for pair in self._open if pair.idle]
        for pair in pairs:
            pair.close()
        return len(pairs)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not self.refuses:
                with contextlib.suppress(OSError):
                    await self._join(reader, writer)
        finally:
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await self._connected()
        pair = _Pair(writer, up_writer)
        self._open.add(pair)
        try:
            await asyncio.gather(self._ask(reader, pair), self._answer(up_reader, pair))
        finally:
            self._open.discard(pair)
            up_writer.transport.abort()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._upstream, Path):
            return await asyncio.open_unix_connection(self._upstream)
        return await asyncio.open_connection("127.0.0.1", self._upstream)

    async def _ask(self, reader: asyncio.StreamReader, pair: _Pair) -> None:
        while data := await reader.read(65536):
            pair.asked = True
            if self.resets:
                pair.server.write(data[: int(len(data) * self.resets.pop())])
                with contextlib.suppress(OSError):
                    await pair.server.drain()
                pair.abort()
                return
            pair.server.write(data)
            await pair.server.drain()
        _end(pair.server)

    async def _answer(self, reader: asyncio.StreamReader, pair: _Pair) -> None:
        while data := await reader.read(65536):
            if self.delay:
                await asyncio.sleep(self.delay)
            pair.asked, pair.quiet_since = False, time.monotonic()
            pair.client.write(data)
            await pair.client.drain()
        _end(pair.client)


def _end(writer: asyncio.StreamWriter) -> None:
    """Says that no more comes; TLS cannot say so without closing."""
    with contextlib.suppress(OSError):
        if writer.can_write_eof():
            writer.write_eof()
        else:
            writer.close()
