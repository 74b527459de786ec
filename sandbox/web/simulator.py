"""The simulated web as its users hold it: start, stop, say what lies where, look who asked."""

import asyncio
import contextlib
import ssl
from typing import Self

from aiohttp import web

from sandbox.web.answers import Answer, missing


class WebSimulator:
    """Every https server at once, and the proxy that leads to them.

    Attributes:
        answers: what lies at an address, which is written without `https://`.
        otherwise: what lies everywhere else.
        asked: the addresses that were asked for, in order.
        proxy_url: `http://host:port` once started.
    """

    def __init__(self, tls: ssl.SSLContext, otherwise: Answer | None = None) -> None:
        """Prepares it; `tls` proves that it is whichever host is asked for."""
        self.answers: dict[str, Answer] = {}
        self.otherwise = otherwise or missing()
        self.asked: list[str] = []
        self.proxy_url = ""
        self._tls = tls
        self._port = 0
        self._stack = contextlib.AsyncExitStack()
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self, host: str = "127.0.0.1") -> None:
        """Listens on free ports of that interface."""
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, host, 0, ssl_context=self._tls).start()
        self._port = runner.addresses[0][1]
        proxy = await asyncio.start_server(self._serve, host, 0)
        self._stack.callback(proxy.close)
        self.proxy_url = f"http://{host}:{proxy.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stops listening, and cuts off what is still under way."""
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await self._stack.aclose()

    async def __aenter__(self) -> Self:
        """Starts on the loopback interface."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops."""
        await self.stop()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        address = f"{request.host}{request.rel_url.raw_path_qs}"
        self.asked.append(address)
        return await self.answers.get(address, self.otherwise).given(request)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._serving.add(task)
        try:
            # asyncio reports a serving task that was cancelled.
            with contextlib.suppress(OSError, asyncio.CancelledError, asyncio.IncompleteReadError):
                await self._connect(reader, writer)
        finally:
            self._serving.discard(task)
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Does as a proxy does: `CONNECT host:port`, then bytes both ways (RFC 9110, 9.3.6)."""
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"CONNECT "):
            writer.write(b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ways = [
                asyncio.create_task(each) for each in (_pump(reader, back), _pump(there, writer))
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for each in ways:
                each.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        finally:
            back.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
