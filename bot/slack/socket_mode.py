"""Socket Mode: two connections, replaced one by one, each delivery in the intake's care."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.deliveries import Deliveries
from bot.slack.installation import SlackFatalError
from bot.slack.intake import Intake

log = logging.getLogger(__name__)
_sdk = logging.getLogger(f"{__name__}.sdk")


class _WithoutTraceback(logging.Filter):
    """That a connection failed is one line; the SDK adds its whole stack, every three seconds."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = None
        return True


_sdk.addFilter(_WithoutTraceback())

CONNECTIONS = 2
"""So that a delivery finds one open while the other is replaced. Slack allows 10 per app."""
PING_INTERVAL = 3.0
"""Seconds; also how soon a lost connection is noticed and made again."""
LINGER = 3.5
"""Seconds for which a replaced connection stays, to carry the acknowledgements under way: Slack
waits three for each."""
_FATAL = {
    "invalid_auth",
    "not_authed",
    "not_allowed_token_type",
    "token_revoked",
    "token_expired",
    "account_inactive",
    "missing_scope",
    "access_denied",
    "no_permission",
    "forbidden_team",
    "team_not_found",
    "app_not_found",
    "socket_mode_not_enabled",
}
"""Errors of apps.connections.open that no further try will mend (docs.slack.dev)."""


class SocketMode:
    """The bot's connections to Slack.

    Attributes:
        broken: done, with a SlackFatalError, once Slack refuses to connect for good.
    """

    def __init__(
        self,
        app: AsyncApp,
        web_client: AsyncWebClient,
        app_token: str,
        intake: Intake,
        deliveries: Deliveries,
    ) -> None:
        self._app = app
        self._web_client = web_client
        self._app_token = app_token
        self._intake = intake
        self._deliveries = deliveries
        self._serving: set[_Client] = set()
        self._open: set[_Client] = set()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def connect(self) -> None:
        """Opens the connections, however long Slack is away."""
        await asyncio.gather(*(self._connect() for _ in range(CONNECTIONS)))

    async def connected(self) -> bool:
        """Whether Slack can deliver at this moment."""
        return any([await client.is_connected() for client in self._serving])

    async def close(self, *, drain: float) -> None:
        """Closes the connections, once what came over them is answered.

        All at once: while one after another is closed, the last would still take what nobody
        answers any more. `drain` is how many seconds the answers may take.
        """
        clients = tuple(self._open)
        for client in clients:
            client.stay_closed()
        await self._intake.drain(drain)
        await asyncio.gather(*map(self._shut, clients))

    async def _connect(self) -> None:
        client = _Client(self._app_token, self._web_client, self._replace, self._break)
        client.socket_mode_request_listeners.append(self._handle)
        self._open.add(client)
        await client.open()
        self._serving.add(client)

    async def _replace(self, old: "_Client") -> None:
        """Opens a new connection before the old one goes; the SDK does it the other way round."""
        if not old.auto_reconnect_enabled:
            return  # Slack has said so before
        old.stay_closed()
        await self._connect()
        self._serving.discard(old)
        await asyncio.sleep(LINGER)
        await self._shut(old)

    async def _shut(self, client: "_Client") -> None:
        self._serving.discard(client)
        self._open.discard(client)
        await client.shut()

    def _break(self, reason: str) -> None:
        if not self.broken.done():
            self.broken.set_exception(
                SlackFatalError(
                    f"Slack refuses SLACK_APP_TOKEN ({reason}): make an app-level token with the "
                    "scope connections:write, and switch Socket Mode on"
                )
            )

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.current_task()
        if task is not None:  # the SDK starts it without keeping a reference
            self._intake.keep(task)
        started = time.time()
        seconds = metrics.ACK_SECONDS.labels(request.type)
        with self._deliveries.acknowledging(), seconds.time():
            response = await run_async_bolt_app(self._app, request)
            await send_async_response(client, request, response, started)


class _Client(SocketModeClient):
    """The SDK's client, but it neither tries a refused token for ever nor leaves a gap."""

    def __init__(
        self,
        app_token: str,
        web_client: AsyncWebClient,
        replace: "Callable[[_Client], Awaitable[None]]",
        refused: Callable[[str], None],
    ) -> None:
        self._address: str | None = None
        super().__init__(
            app_token=app_token,
            web_client=web_client,
            ping_interval=PING_INTERVAL,
            logger=_sdk,
        )
        self._replace = replace
        self._refused = refused
        self._connecting = asyncio.Lock()

    @property  # type: ignore[override] # the SDK's own subclasses hold None there as well
    def wss_uri(self) -> str | None:
        """An address is good for one attempt: Slack refuses its ticket the next time.

        The SDK tries the same one for ever: slack_sdk 3.48.0, `aiohttp/__init__.py`, `connect`.
        """
        address, self._address = self._address, None
        return address

    @wss_uri.setter
    def wss_uri(self, address: str | None) -> None:
        self._address = address

    async def open(self) -> None:
        """Connects, however long it takes, unless Slack refuses for good."""
        await self.connect()  # type: ignore[no-untyped-call] # the SDK leaves it untyped

    def stay_closed(self) -> None:
        """Once Slack has closed it, this client does not connect again."""
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False

    async def shut(self) -> None:
        """Closes the connection, also a broken one."""
        with contextlib.suppress(Exception):
            await self.close()  # type: ignore[no-untyped-call] # the SDK leaves it untyped

    async def issue_new_wss_url(self) -> str:
        """Asks for a place to connect to; a refusal for good ends this client."""
        try:
            return await super().issue_new_wss_url()
        except SlackApiError as error:
            reason = str(error.response.get("error", ""))
            if reason in _FATAL:
                self.closed = True
                self._refused(reason)
            raise

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """With `force` Slack announced that it will close this connection."""
        if force:
            await self._replace(self)
            return
        async with self._connecting:
            if not await self.is_connected():
                await self.open()

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Stops where Socket Mode was switched off; asking again would be refused for ever."""
        if message.get("type") == "disconnect" and message.get("reason") == "link_disabled":
            self.closed = True
            self._refused("link_disabled")
            return
        await super().run_message_listeners(message, raw_message)
