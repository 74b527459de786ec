"""A TCP proxy of the campaign: it cuts, delays and refuses connections between two parties."""

import asyncio
import contextlib
from typing import Self


class Proxy:
    """Stands before a server on loopback.

    Attributes:
        delay: seconds by which each piece of an answer comes later.
        refuses: new connections are closed at once.
    """

    def __init__(self, port: int) -> None:
        self.delay = 0.0
        self.refuses = False
        self._upstream = port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def cut(self) -> int:
        """Breaks every connection, without a word; says how many there were."""
        for writer in self._open:
            writer.transport.abort()
        return len(self._open) // 2

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            writer.transport.abort()
            return
        with contextlib.suppress(OSError):
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._upstream)
            pair = {writer, up_writer}
            self._open |= pair
            try:
                await asyncio.gather(
                    self._pump(reader, up_writer, slow=False),
                    self._pump(up_reader, writer, slow=True),
                )
            finally:
                self._open -= pair
                for each in pair:
                    each.transport.abort()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool
    ) -> None:
        while data := await reader.read(65536):
            if slow and self.delay:
                await asyncio.sleep(self.delay)
            writer.write(data)
            await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()
