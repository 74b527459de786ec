"""Serves /healthz, /readyz and /metrics in both modes, and /slack/events in HTTP mode."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import http_exceptions, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock, SignatureVerifier

from bot import metrics
from bot.deliveries import PendingDeliveries, SlackClock
from bot.web.connection_limits import AT_ONCE, ConnectionLimits
from bot.web.host_header import is_ours

log = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024
"""Bytes of a body. Slack's largest, a view submission, stays below a quarter of it."""

EVERYWHERE = "::"

BODY_SECONDS = 2.0
"""Seconds for a body; Slack waits three for everything."""
LINGER = 0.5
"""Seconds for which we go on reading an unwanted body, so that our answer is still read."""
OLDEST = 300.0
"""Seconds that a signature may be old. Source:
docs.slack.dev/authentication/verifying-requests-from-slack."""
_SIGNATURE = len("v0=") + 64
_MOST_DIGITS = 20

Reason = str | None
Check = Callable[[], Awaitable[Reason]]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

NOT_OURS = "asked for by a name that is not this bot's: use an address, localhost, or HOST\n"
"""Source of 421: RFC 9110, 15.5.20, Misdirected Request."""


class PortTakenError(Exception):
    """We cannot listen on the address; the text says which it is and what to do."""


@dataclass(frozen=True, slots=True)
class Probes:
    """Answers whoever watches the bot.

    Attributes:
        ready: returns why the bot is not ready, or None.
        measure: brings the metrics that all replicas share up to date.
    """

    ready: Check
    measure: Callable[[], Awaitable[None]]


class WebServer:
    """Listens on one address. It answers Slack's requests once `serve_slack` was called."""

    def __init__(
        self,
        host: str,
        port: int,
        probes: Probes,
        deliveries: PendingDeliveries,
        signing_secret: str | None = None,
    ) -> None:
        """Takes what it serves.

        Args:
            host: to listen on.
            port: to listen on; 0 is any free one.
            probes: answer whoever watches the bot.
            deliveries: counts deliveries that are not acknowledged yet.
            signing_secret: for HTTP mode alone.
        """
        self._measure = probes.measure
        self._host = host
        self._port = port
        self._ready = probes.ready
        self._deliveries = deliveries
        self._app: AsyncApp | None = None
        clock = _Clock(deliveries.clock)
        self._verifier = SignatureVerifier(signing_secret, clock) if signing_secret else None
        routes = web.Application(client_max_size=MOST_BYTES, middlewares=[self._and_go])
        routes.router.add_get("/healthz", self._healthz)
        routes.router.add_get("/readyz", self._for_us(self._readyz))
        routes.router.add_get("/metrics", self._for_us(self._metrics))
        if self._verifier is not None:
            routes.router.add_post("/slack/events", self._slack_events)
        self._runner = web.AppRunner(
            routes,
            access_log=None,
            logger=_short_lines(),
            lingering_time=LINGER,
            read_bufsize=AT_ONCE,
            auto_decompress=False,  # Slack compresses nothing, so we unpack nothing
        )
        self._limits: ConnectionLimits
        self._listening: asyncio.Server

    def serve_slack(self, app: AsyncApp) -> None:
        """Hands what Slack signed to `app` from now on."""
        self._app = app

    async def start(self) -> None:
        """Listens.

        Raises:
            PortTakenError: somebody else does, or the address is not this machine's.
        """
        await self._runner.setup()
        try:
            await self._listen()
        except OSError as error:
            await self._runner.cleanup()
            raise PortTakenError(
                f"cannot listen on {self._host}:{self._port} ({error.strerror or error}): "
                "stop what listens there, or set HOST or PORT"
            ) from error
        host = f"[{self._host}]" if ":" in self._host else self._host
        port = self._listening.sockets[0].getsockname()[1]
        log.info("listening on http://%s:%s", host, port)

    async def _listen(self) -> None:
        """Listens; `::` means both families, but asyncio would leave IPv4 out."""
        server = self._runner.server
        assert server is not None  # noqa: S101 - it is there after `setup`
        self._limits, loop = ConnectionLimits(server), asyncio.get_running_loop()
        if self._host != EVERYWHERE:
            self._listening = await loop.create_server(self._limits, self._host, self._port)
            return
        both = socket.create_server(
            (EVERYWHERE, self._port),
            family=socket.AF_INET6,
            dualstack_ipv6=socket.has_dualstack_ipv6(),
        )
        self._listening = await loop.create_server(self._limits, sock=both)

    async def stop(self) -> None:
        """Finishes what is being answered, and closes."""
        self._listening.close()
        await self._runner.cleanup()

    @web.middleware
    async def _and_go(self, request: web.Request, handler: Answer) -> web.StreamResponse:
        """Closes every connection after its answer, except Slack's."""
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            refusal.force_close()
            raise
        if not self._limits.trusts(request.transport):
            response.force_close()
        return response

    def _for_us(self, answer: Answer) -> Answer:
        """Answers requests that mean this bot, and no page whose name was made to point here."""

        async def answered(request: web.Request) -> web.StreamResponse:
            if is_ours(request.headers.get("Host"), self._host):
                return await answer(request)
            return web.Response(status=421, text=NOT_OURS)

        return answered

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        reason = await self._ready()
        if reason is None:
            return web.Response(text="ready\n")
        return web.Response(status=503, text=f"{reason}\n")

    async def _metrics(self, _: web.Request) -> web.Response:
        await self._measure()
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _slack_events(self, request: web.Request) -> web.Response:
        """Checks the headers first, and reads no body that cannot be Slack's."""
        if self._verifier is None or not self._may_be_signed(request):
            return web.Response(status=401, text="not signed by Slack\n")
        length = request.content_length
        if length is not None and length > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(max_size=MOST_BYTES, actual_size=length)
        try:
            with self._limits.reading(request.transport, MOST_BYTES if length is None else length):
                async with asyncio.timeout(BODY_SECONDS):
                    body = await _read(request)
        except (TimeoutError, OSError, web.RequestPayloadError):
            return web.Response(status=408, text="the body did not come\n")
        if not _signed(self._verifier, request, body):
            return web.Response(status=401, text="not signed by Slack\n")
        self._limits.trust(request.transport)
        return await self._answered(request, body)

    def _may_be_signed(self, request: web.Request) -> bool:
        """Returns whether the signature has its form and is not too old, by the headers alone."""
        signature = request.headers.get("x-slack-signature", "")
        at = request.headers.get("x-slack-request-timestamp", "")
        if len(signature) != _SIGNATURE or len(at) > _MOST_DIGITS:
            return False
        if not (at.isascii() and at.isdigit()):
            return False
        return abs(self._deliveries.clock.now() - int(at)) <= OLDEST

    async def _answered(self, request: web.Request, body: bytes) -> web.Response:
        if self._app is None:
            return web.Response(status=503, text="not ready yet\n")
        delivery = AsyncBoltRequest(
            body=body.decode(), query=request.query_string, headers=dict(request.headers)
        )
        kind = _envelope(delivery.body)
        seconds = metrics.ACK_SECONDS.labels(kind)
        # Only once we know that it is Slack's, so that nothing gives way to a slow stranger.
        with (
            self._deliveries.acknowledging(self._sent(request, kind, delivery.body)),
            seconds.time(),
        ):
            response = await self._app.async_dispatch(delivery)
        return await to_aiohttp_response(response)

    def _sent(self, request: web.Request, kind: str, body: Mapping[str, Any]) -> float:
        """Returns when Slack signed it, by `steady`; for an event, when it happened."""
        if kind == "events_api":
            return self._deliveries.clock.happened(body)
        return self._deliveries.clock.begun(float(request.headers["x-slack-request-timestamp"]))


def _short_lines() -> logging.Logger:
    """Shortens what aiohttp logs of a bad request to a line without its traceback and content."""
    lines = logging.getLogger("bot.web.requests")
    lines.addFilter(_shortened)
    return lines


def _shortened(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, http_exceptions.HttpProcessingError | web.RequestPayloadError | OSError):
        record.msg, record.args = "a bad request (%s)", (type(error).__name__,)
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
    return True


class _Clock(Clock):
    """Gives the SDK Slack's time to judge a signature by, as this machine's may be wrong."""

    def __init__(self, slack: SlackClock) -> None:
        self._slack = slack

    def now(self) -> float:
        return self._slack.now()


async def _read(request: web.Request) -> bytes:
    """Returns the body, as it came.

    If it breaks off, it is dropped at once. aiohttp would keep the error, and with it all that was
    read, until the next full garbage collection.
    """
    body = bytearray()
    try:
        while chunk := await request.content.readany():
            body += chunk
            if len(body) > MOST_BYTES:
                raise web.HTTPRequestEntityTooLarge(max_size=MOST_BYTES, actual_size=len(body))
            del chunk  # the frame of an error would hold it as well
        return bytes(body)
    finally:
        body.clear()


def _envelope(body: Mapping[str, Any]) -> str:
    """Returns Socket Mode's name for it (docs.slack.dev/apis/events-api/using-socket-mode)."""
    if "command" in body:
        return "slash_commands"
    return "events_api" if {"event", "challenge"} & body.keys() else "interactive"


def _signed(verifier: SignatureVerifier, request: web.Request, body: bytes) -> bool:
    """Returns whether Slack signed it within five minutes; what cannot be read was not signed."""
    headers = request.headers
    try:
        return verifier.is_valid(
            body,
            headers.get("x-slack-request-timestamp"),
            headers.get("x-slack-signature"),
        )
    except (ValueError, TypeError, OverflowError):  # no number, not UTF-8, not ASCII
        return False
