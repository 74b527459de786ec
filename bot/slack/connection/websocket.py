"""Runs one WebSocket to Slack, from its address to its end.

Source: docs.slack.dev/apis/events-api/using-socket-mode. We do not use the SDK's client, because it
reconnects by itself, at once and for ever, even if Slack turns it away (slack_sdk 3.48,
`aiohttp/__init__` and `async_client`). Here the caller learns of the end, and decides.
"""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiohttp

from bot.deliveries import steady
from bot.network import Network, described

log = logging.getLogger(__name__)

OPENING = 10.0
"""Seconds from the address to Slack's `hello`."""
HEARTBEAT = 6.0
"""Seconds of silence after which we ping Slack, which then has half as long to answer. So a dead
connection is noticed after nine."""
ASKING = 1.0
"""Seconds between two pings. Their answers tell how old a delivery can be at most."""
CLOSING = 1.0
"""Seconds that Slack gets to close its side, which it may never do (node-slack-sdk, socket-mode
3.2.0)."""

Envelope = dict[str, Any]


class ConnectionState(StrEnum):
    """How far a connection has come."""

    OPENING = "opening"
    STANDING = "standing"
    LEAVING = "leaving"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ConnectionCallbacks:
    """What is called as a connection goes through its life.

    Attributes:
        greeted: Slack has said `hello`.
        over: no more deliveries will come; called once.
        delivered: an envelope came.
    """

    greeted: Callable[["Connection"], None]
    over: Callable[["Connection"], None]
    delivered: Callable[["Connection", Envelope], None]


class Connection:
    """One WebSocket to Slack.

    Attributes:
        begun: when it was opened, by `time.monotonic`.
        greeted_at: when Slack said `hello`, by the same clock; None before.
        of_app: how many WebSockets the app has, this one too, as `hello` said.
        asked_at: when Slack was asked for the newest thing that it has answered, by `steady`: the
            opening of this connection, or a ping. What comes next was sent later.
        reason: why it is over: Slack's word for it, or the name of an error.
    """

    def __init__(self, callbacks: ConnectionCallbacks) -> None:
        self.begun = time.monotonic()
        self.greeted_at: float | None = None
        self.of_app = 0
        self.asked_at = steady()
        self.reason = "closed"
        self.state = ConnectionState.OPENING
        self._callbacks = callbacks
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    @property
    def stands(self) -> bool:
        """Returns whether it has had Slack's `hello` and is still open."""
        return self.greeted_at is not None and self.state is not ConnectionState.ENDED

    @property
    def lived(self) -> float:
        """Returns the seconds since `hello`; 0 before it."""
        return 0.0 if self.greeted_at is None else time.monotonic() - self.greeted_at

    async def serve(self, address: str, network: Network) -> None:
        """Opens it, and reads from it until it ends."""
        try:
            async with asyncio.timeout(OPENING) as limit:
                await self._read(address, network, limit)
        except Exception as error:
            if not isinstance(error, aiohttp.ClientError | OSError):
                log.exception("a connection to Slack ended in a way that nobody foresaw")
            # Not the error's own text: it has the address, which holds a ticket.
            self.reason = described(error, network.proxy(address))
        finally:
            self._over(ConnectionState.ENDED)

    async def send(self, acknowledgement: Envelope) -> None:
        """Acknowledges an envelope, if the connection is still open."""
        if self._socket is None:
            return
        try:
            await self._socket.send_json(acknowledgement)
        except (ConnectionError, aiohttp.ClientError):
            log.info("too late to acknowledge: the connection is gone")

    def leave(self, reason: str) -> None:
        """Treats it as one that is being replaced; its deliveries are answered until it closes."""
        self.reason = reason
        self._over(ConnectionState.LEAVING)

    async def close(self) -> None:
        """Closes it."""
        if self._socket is not None:
            await self._socket.close()

    async def _read(self, address: str, network: Network, limit: asyncio.Timeout) -> None:
        proxy = network.proxy(address)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(
                address,
                heartbeat=HEARTBEAT,
                timeout=aiohttp.ClientWSTimeout(ws_close=CLOSING),
                proxy=None if proxy is None else proxy.url,
                ssl=network.tls,
                # Or aiohttp would keep Slack's pongs to itself, which tell `asked_at`.
                autoping=False,
            ) as self._socket,
        ):
            asking = asyncio.create_task(self._ask())
            try:
                async for message in self._socket:
                    await self._survive(message, limit)
            finally:
                asking.cancel()

    async def _survive(self, message: aiohttp.WSMessage, limit: asyncio.Timeout) -> None:
        """Takes one message; whatever is wrong with it does not end the connection."""
        try:
            await self._receive(message, limit)
        except (ConnectionError, aiohttp.ClientError):
            raise  # it is gone
        except Exception:
            # Or one odd envelope would take with it the acknowledgements of all others.
            log.exception("passed over what Slack sent in a way that nobody foresaw")

    async def _receive(self, message: aiohttp.WSMessage, limit: asyncio.Timeout) -> None:
        if message.type is aiohttp.WSMsgType.TEXT:
            self._take(_parsed(message.data), limit)
        elif message.type is aiohttp.WSMsgType.PING and self._socket is not None:
            await self._socket.pong(message.data)
        elif message.type is aiohttp.WSMsgType.PONG and message.data:
            # Without data it answers a ping of aiohttp's own, one of HEARTBEAT.
            self._answered(message.data)

    def _answered(self, pong: bytes) -> None:
        """Learns which ping has its answer: a pong brings our own words back, see `_ask`."""
        # Pongs that nobody asked for are allowed (RFC 6455, 5.5.3), and may say anything.
        with contextlib.suppress(ValueError):
            asked = float(pong)
            if self.asked_at <= asked <= steady():
                self.asked_at = asked

    async def _ask(self) -> None:
        """Pings while the connection lives; each ping carries the time at which it was sent."""
        # That the connection is gone is told by `_read`, which reads from it.
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            while self._socket is not None:
                await self._socket.ping(repr(steady()).encode())
                await asyncio.sleep(ASKING)

    def _take(self, message: Envelope, limit: asyncio.Timeout) -> None:
        kind = message.get("type")
        if kind == "hello":
            # The limit was for the opening; now it may live for hours.
            limit.reschedule(None)
            self._greet(message)
        elif kind == "disconnect":
            self.leave(str(message.get("reason")))
        else:
            self._callbacks.delivered(self, message)

    def _greet(self, hello: Envelope) -> None:
        if self.state is ConnectionState.OPENING:
            # First: one that cannot be read is no `hello`.
            self.of_app = int(hello.get("num_connections") or 0)
            self.greeted_at, self.state = time.monotonic(), ConnectionState.STANDING
            self._callbacks.greeted(self)

    def _over(self, state: ConnectionState) -> None:
        was, self.state = self.state, state
        if was in {ConnectionState.OPENING, ConnectionState.STANDING}:
            self._callbacks.over(self)


def _parsed(text: str) -> Envelope:
    """Returns the message; nothing if it is none that we could act upon."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
