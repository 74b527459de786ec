"""Socket Mode: the WebSocket connections of the app, and the envelopes that go over them.

Written after https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.simulator.slack.delivery import (
    DISPATCH_FAILED,
    OPERATION_TIMEOUT,
    Answer,
    Attempt,
    Kind,
    Parcel,
)
from bot.simulator.slack.faults import strikes
from bot.simulator.slack.identity import APP_ID
from bot.simulator.slack.installation import Installation
from bot.simulator.slack.records import JSON

CONNECTIONS = 10
"""The most connections one app may have."""

CONNECTION_SECONDS = 3600
"""What `hello` announces as the connection's life; the simulator ends none by itself."""

HOST = "applink-simulated"


@dataclass(eq=False, slots=True)
class Connection:
    """One WebSocket of the app.

    Attributes:
        waiting: envelopes that are not acknowledged yet, by id.
        leaving: Slack asked the app to come back on another connection, so nothing more is
            sent on this one.
    """

    socket: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, asyncio.Future[JSON | None]] = field(default_factory=dict)
    leaving: bool = False

    def acknowledge(self, text: str) -> None:
        """Takes what the app sent; whatever is no acknowledgement is passed over."""
        try:
            message = json.loads(text)
        except ValueError:
            return
        envelope_id = message.get("envelope_id") if isinstance(message, dict) else None
        future = self.waiting.pop(str(envelope_id), None)
        if future is not None and not future.done():
            payload = message.get("payload")
            future.set_result(payload if isinstance(payload, dict) else None)

    def give_up(self) -> None:
        """Ends the wait for acknowledgements that cannot come any more."""
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError())
        self.waiting.clear()


class SocketMode:
    """The app's connections, the oldest first."""

    def __init__(
        self, at: Installation, *, ack_seconds: float, on_change: Callable[[], None]
    ) -> None:
        """Serves one app; `on_change` is called when a connection comes or goes."""
        self._at = at
        self._ack_seconds = ack_seconds
        self._on_change = on_change
        self._connections: list[Connection] = []
        self._turn = 0

    @property
    def connected(self) -> int:
        """How many connections payloads can go to."""
        return len(self._usable())

    def routes(self) -> list[web.RouteDef]:
        """The address that `apps.connections.open` hands out."""
        return [web.get("/link/", self._handle)]

    async def deliver(self, parcel: Parcel, attempt: Attempt) -> Answer:
        """Sends a payload to one connection, in turn, and waits for its acknowledgement."""
        usable = self._usable()
        if not usable:
            return Answer(error=DISPATCH_FAILED)
        self._turn += 1
        connection = usable[self._turn % len(usable)]
        envelope_id = str(uuid.uuid4())
        future: asyncio.Future[JSON | None] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.socket.send_json(_envelope(envelope_id, parcel, attempt))
            async with asyncio.timeout(self._ack_seconds):
                body = await future
        except TimeoutError:
            return Answer(error=OPERATION_TIMEOUT)
        except ConnectionError:
            return Answer(error=DISPATCH_FAILED)
        finally:
            connection.waiting.pop(envelope_id, None)
        return Answer(200, body if parcel.takes_answer else None)

    async def disconnect(self, reason: str, *, at_most: int | None = None) -> None:
        """Asks the oldest connections to go: `warning`, `refresh_requested`, `link_disabled`.

        After a warning a connection still gets payloads, for about ten seconds at Slack.
        """
        for connection in self._usable()[:at_most]:
            connection.leaving = reason != "warning"
            await connection.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
            )
        self._on_change()

    async def drop(self) -> None:
        """Breaks every connection, without a word."""
        for connection in tuple(self._connections):
            if connection.request.transport is not None:
                connection.request.transport.abort()
            self._forget(connection)

    async def close(self) -> None:
        """Closes every connection."""
        for connection in tuple(self._connections):
            self._forget(connection)
            await connection.socket.close()

    def _usable(self) -> list[Connection]:
        return [each for each in self._connections if not each.leaving]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if not self._at.tickets.redeem(request.query.get("ticket", "")):
            return web.Response(status=403, text="invalid ticket")
        if strikes(self._at.faults.lost_answers, "link") and request.transport is not None:
            request.transport.abort()
            return web.Response()  # never sent: aiohttp finds the connection closed
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._connections) >= CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        connection = Connection(socket, request)
        self._connections.append(connection)
        try:
            await socket.send_json(self._hello())
            self._on_change()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    connection.acknowledge(message.data)
        finally:
            self._forget(connection)
        return socket

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": HOST, "approximate_connection_time": CONNECTION_SECONDS},
        }

    def _forget(self, connection: Connection) -> None:
        connection.give_up()
        if connection in self._connections:
            self._connections.remove(connection)
            self._on_change()


def _envelope(envelope_id: str, parcel: Parcel, attempt: Attempt) -> JSON:
    envelope: JSON = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.takes_answer,
    }
    if parcel.kind is Kind.EVENT:
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return envelope
