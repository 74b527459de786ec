"""Socket Mode: the WebSocket connections of the app, and the envelopes that go over them.

Written after https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator

from aiohttp import web

from sandbox.slack.delivery import (
    DISPATCH_FAILED,
    OPERATION_TIMEOUT,
    Answer,
    Attempt,
    Delivery,
    Kind,
    Payload,
)
from sandbox.slack.faults import count_off
from sandbox.slack.installation import Installation
from sandbox.slack.records import JSON
from sandbox.slack.websocket import Connection, Timings

CONNECTIONS = 10
"""The most connections one app may have."""


class SocketMode:
    """The app's connections, the oldest first.

    Attributes:
        timings: when Slack pings, and when it closes what it said it would close.
    """

    def __init__(
        self, installation: Installation, *, ack_seconds: float, on_change: Callable[[], None]
    ) -> None:
        """Serves one app; `on_change` is called when a connection comes or goes."""
        self.timings = Timings()
        self._installation = installation
        self._ack_seconds = ack_seconds
        self._on_change = on_change
        self._connections: list[Connection] = []
        self._again: list[tuple[Payload, JSON]] = []
        self._going: set[asyncio.Task[None]] = set()
        self._turn = 0

    @property
    def connected(self) -> int:
        """How many connections payloads can go to."""
        return len(self._usable())

    def routes(self) -> list[web.RouteDef]:
        """Returns the address that `apps.connections.open` hands out."""
        return [web.get("/link/", self._handle)]

    async def deliver(self, payload: Payload, attempt: Attempt) -> Answer:
        """Sends a payload to one connection, in turn, and waits for its acknowledgement.

        An event that nobody acknowledged comes again, in the same envelope and beside Slack's own
        further tries, after the next connection is made: slackapi/bolt-js#2487. Of commands that
        is told too, but not with the envelope's id (slackapi/bolt-js#2188), so with them, and with
        what was acknowledged, a fault does it.
        """
        usable = self._usable()
        if not usable:
            return Answer(error=DISPATCH_FAILED)
        # Slack spreads payloads over the connections; in turn, a test knows which is next.
        self._turn += 1
        envelope = _envelope(str(uuid.uuid4()), payload, attempt)
        answer = await self._exchange(usable[self._turn % len(usable)], payload, envelope)
        unheard = payload.kind is Kind.EVENT and answer.error is not None
        if count_off(self._installation.faults.envelopes_again, payload.kind) or unheard:
            self._again.append((payload, envelope))
        return answer

    async def disconnect(self, reason: str, *, at_most: int | None = None) -> None:
        """Asks the oldest connections to go: `warning`, `refresh_requested`, `link_disabled`.

        After a warning a connection still gets payloads, until Slack requests the refresh; some
        seconds after that Slack closes it.
        """
        for connection in self._usable()[:at_most]:
            connection.leaving = reason != "warning"
            await connection.say_goodbye(reason)
            task = asyncio.create_task(self._close_later(connection))
            self._going.add(task)
            task.add_done_callback(self._going.discard)
        self._on_change()

    async def drop(self) -> None:
        """Breaks every connection, without a word."""
        for connection in tuple(self._connections):
            connection.abort()
            self._forget(connection)

    async def close(self) -> None:
        """Closes every connection."""
        for task in tuple(self._going):
            task.cancel()
        for connection in tuple(self._connections):
            self._forget(connection)
            await connection.socket.close()

    def _usable(self) -> list[Connection]:
        return [each for each in self._connections if not each.leaving]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if not self._installation.tickets.redeem(request.query.get("ticket", "")):
            return web.Response(status=403, text="invalid ticket")
        if (
            count_off(self._installation.faults.lost_answers, "link")
            and request.transport is not None
        ):
            request.transport.abort()
            return web.Response()  # never sent: aiohttp finds the connection closed
        connection = Connection(
            web.WebSocketResponse(autoping=False), request, self._installation.arrive
        )
        try:
            await connection.socket.prepare(request)
        except ConnectionError:
            return web.Response()  # never sent: the client has gone already
        if len(self._connections) >= CONNECTIONS:
            await connection.turn_away()
            return connection.socket
        self._connections.append(connection)
        try:
            await connection.greet(len(self._connections))
            self._on_change()
            await self._serve(connection)
        finally:
            self._forget(connection)
        return connection.socket

    async def _serve(self, connection: Connection) -> None:
        pinging = asyncio.create_task(connection.ping(self.timings.ping))
        repeating = [asyncio.create_task(each) for each in self._repetitions(connection)]
        try:
            await connection.listen()
        finally:
            pinging.cancel()
            connection.give_up()
            await asyncio.gather(pinging, *repeating, return_exceptions=True)

    def _repetitions(self, connection: Connection) -> Iterator[Coroutine[None, None, None]]:
        """Sends again, over a new connection, what is due; each counts as a delivery of its own."""
        again, self._again = self._again, []
        return (self._repeat(connection, payload, envelope) for payload, envelope in again)

    async def _repeat(self, connection: Connection, payload: Payload, envelope: JSON) -> None:
        began = time.perf_counter()
        answer = await self._exchange(connection, payload, envelope)
        self._installation.deliveries.append(Delivery(payload, answer, time.perf_counter() - began))
        self._on_change()

    async def _exchange(self, connection: Connection, payload: Payload, envelope: JSON) -> Answer:
        try:
            body = await connection.send(envelope, self._ack_seconds)
        except TimeoutError:
            return Answer(error=OPERATION_TIMEOUT)
        except ConnectionError:
            return Answer(error=DISPATCH_FAILED)
        return Answer(200, body if payload.accepts_response else None)

    async def _close_later(self, connection: Connection) -> None:
        if not connection.leaving:
            await asyncio.sleep(self.timings.warning)
            connection.leaving = True
            self._on_change()
            await connection.say_goodbye("refresh_requested")
        await asyncio.sleep(self.timings.closing)
        await connection.socket.close()

    def _forget(self, connection: Connection) -> None:
        connection.give_up()
        if connection in self._connections:
            self._connections.remove(connection)
            self._on_change()


def _envelope(envelope_id: str, payload: Payload, attempt: Attempt) -> JSON:
    envelope: JSON = {
        "envelope_id": envelope_id,
        "type": payload.kind,
        "payload": payload.body,
        "accepts_response_payload": payload.accepts_response,
    }
    if payload.kind is Kind.EVENT:
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return envelope
