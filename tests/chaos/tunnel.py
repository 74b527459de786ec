"""A company's proxy of the campaign: `CONNECT` over HTTP, with the ways in which such ones fail."""

import asyncio
import contextlib
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Self

_CONNECT = re.compile(rb"CONNECT ([^ :]+):\d+ HTTP/1\.[01]\r\n")
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Trouble(StrEnum):
    """What becomes of whoever asks for a tunnel."""

    BAD_GATEWAY = "502"
    WHO_ARE_YOU = "407"
    SILENCE = "no answer"
    HANGING_UP = "no answer, and the connection closed"


_ANSWERS = {
    Trouble.HANGING_UP: b"",
    Trouble.BAD_GATEWAY: b"HTTP/1.1 502 Bad Gateway\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n",
    # RFC 9110, 15.5.8: with what would be accepted.
    Trouble.WHO_ARE_YOU: b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'proxy-authenticate: Basic realm="company"\r\ncontent-length: 0\r\n'
    b"connection: close\r\n\r\n",
}


class Tunnel:
    """Joins whoever asks for one of the `hosts` with a port of loopback.

    Attributes:
        trouble: what those meet who ask now; None lets them through.
        joined: how many were let through so far.
    """

    def __init__(self, hosts: Mapping[str, int]) -> None:
        """`hosts`: by name, the port of loopback that stands for its port 443."""
        self.trouble: Trouble | None = None
        self.joined = 0
        self._hosts = hosts
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """What `HTTPS_PROXY` says."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def drop(self) -> int:
        """Closes every tunnel, as a proxy does that restarts; says how many there were."""
        for writer in self._open:
            writer.transport.abort()
        return len(self._open)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.drop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                port = await self._asked_for(reader, writer)
                if port is not None:
                    await self._join(reader, writer, port)
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _asked_for(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> int | None:
        """The port behind the tunnel; None where there is to be none."""
        asked = _CONNECT.match(await reader.readuntil(b"\r\n\r\n"))
        port = self._hosts.get(asked[1].decode()) if asked else None
        if self.trouble is None and port is not None:
            return port
        if self.trouble is Trouble.SILENCE:
            await reader.read()  # until they give up, or the proxy restarts
        else:
            writer.write(_ANSWERS[self.trouble or Trouble.BAD_GATEWAY])
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        return None

    async def _join(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int
    ) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_ESTABLISHED)
            self.joined += 1
            await asyncio.gather(_pass_on(reader, up_writer), _pass_on(up_reader, writer))
        finally:
            up_writer.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.write_eof()
