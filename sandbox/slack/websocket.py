"""One WebSocket of the app: its greeting, its envelopes and acknowledgements, its pings, its end.

Written after https://docs.slack.dev/apis/events-api/using-socket-mode, and after what clients have
recorded of Slack.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.slack.identity import APP_ID
from sandbox.slack.records import JSON

HOST = "applink-1"
BUILD = 14
CONNECTION_SECONDS = 18060
"""What `hello` announces as the connection's life; the simulator ends none by itself."""
UNANSWERED_PINGS = 12
"""After so many the connection is closed: after about two minutes (haru/redmine_ai_helper#374)."""


@dataclass(slots=True)
class Timings:
    """Seconds.

    Attributes:
        ping: between two pings of Slack's, as a client of slack-go has recorded them.
        warning: from `warning` to `refresh_requested`; the documentation says about ten.
        closing: from `refresh_requested` until Slack closes the connection itself. No source has
            a number; it is longer than the three that an acknowledgement may take.
    """

    ping: float = 10.0
    warning: float = 10.0
    closing: float = 5.0


@dataclass(eq=False, slots=True)
class Connection:
    """One WebSocket of the app.

    Attributes:
        arrive: waits as long as the network holds up what is sent.
        waiting: envelopes that are not acknowledged yet, by id.
        leaving: Slack asked the app to come back on another connection, so nothing more is
            sent on this one.
    """

    socket: web.WebSocketResponse
    request: web.Request
    arrive: Callable[[], Awaitable[None]]
    waiting: dict[str, asyncio.Future[JSON | None]] = field(default_factory=dict)
    leaving: bool = False
    _unanswered: int = 0
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)
    _on_the_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def greet(self, connections: int) -> None:
        """Says `hello`.

        The documentation's example has `debug_info.started` too; none of the recorded ones does
        (slack-go's tests of 2021, logs of 2022 from two teams), so no client may count on it.
        """
        await self.socket.send_json(
            {
                "type": "hello",
                "num_connections": connections,
                "debug_info": {
                    "host": HOST,
                    "build_number": BUILD,
                    "approximate_connection_time": CONNECTION_SECONDS,
                },
                "connection_info": {"app_id": APP_ID},
            }
        )

    async def say_goodbye(self, reason: str) -> None:
        """Says `disconnect`."""
        await self.socket.send_json(
            {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
        )

    async def turn_away(self) -> None:
        """Says that there are too many; recorded without a `hello` before it and without a close.

        slackapi/bolt-js#2238, slackapi/java-slack-sdk#1223 (the client sees code 1006).
        """
        await self.say_goodbye("too_many_websockets")
        if self.request.transport is not None:
            self.request.transport.close()

    async def send(self, envelope: JSON, within: float) -> JSON | None:
        """Sends an envelope and waits `within` seconds for what acknowledges it.

        Raises:
            TimeoutError, ConnectionError: nothing did.
        """
        envelope_id = envelope["envelope_id"]
        future: asyncio.Future[JSON | None] = asyncio.get_running_loop().create_future()
        self.waiting[envelope_id] = future
        try:
            self._send(self.socket.send_json, envelope)
            async with asyncio.timeout(within):
                return await future
        finally:
            self.waiting.pop(envelope_id, None)

    async def listen(self) -> None:
        """Takes what the app sends, until the connection ends."""
        async for message in self.socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(message.data)
            elif message.type is WSMsgType.PING:
                self._send(self.socket.pong, message.data)
            elif message.type is WSMsgType.PONG:
                self._unanswered = 0

    async def ping(self, every: float) -> None:
        """Pings every so many seconds, and closes a connection whose client does not answer."""
        while self._unanswered < UNANSWERED_PINGS:
            await asyncio.sleep(every)
            self._unanswered += 1
            await self.socket.ping(f"Ping from {HOST}".encode())
        self.abort()

    def _send(self, send: Callable[[Any], Awaitable[None]], what: object) -> None:
        """Sends one thing after the other, as a connection does, also once nobody waits for it."""

        async def go() -> None:
            async with self._line:
                await self.arrive()
                with contextlib.suppress(ConnectionError):
                    await send(what)

        task = asyncio.create_task(go())
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)

    def abort(self) -> None:
        """Breaks the connection, without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()

    def give_up(self) -> None:
        """Ends the wait for acknowledgements that cannot come any more."""
        for task in tuple(self._on_the_way):
            task.cancel()
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError())
        self.waiting.clear()

    def _acknowledge(self, text: str) -> None:
        """Takes an acknowledgement; whatever is none is passed over."""
        try:
            message = json.loads(text)
        except ValueError:
            return
        envelope_id = message.get("envelope_id") if isinstance(message, dict) else None
        future = self.waiting.pop(str(envelope_id), None)
        if future is not None and not future.done():
            payload = message.get("payload")
            future.set_result(payload if isinstance(payload, dict) else None)
