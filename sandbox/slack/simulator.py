"""The simulated Slack workspace as one object: its server, its people, its state."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from email.utils import formatdate
from typing import Any, Self

from aiohttp import hdrs, web

from sandbox.notifier import Notifier
from sandbox.slack.delivery import ACK_SECONDS, Delivery
from sandbox.slack.dispatcher import EVENT_RETRIES, Dispatcher
from sandbox.slack.faults import Faults
from sandbox.slack.installation import Call, Installation
from sandbox.slack.manifest import App
from sandbox.slack.records import ConfirmationDialog
from sandbox.slack.response_urls import ResponseUrlRoutes
from sandbox.slack.short_lived import ResponseUrls, Triggers
from sandbox.slack.signed_http import SignedHttp
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.upload_urls import UploadRoutes
from sandbox.slack.user_actions import UserActions
from sandbox.slack.web_api import WebApi
from sandbox.slack.workspace import Workspace

PATIENCE = 60.0
"""Seconds that `until` waits at most, unless told otherwise."""


class SlackSimulator(UserActions):
    """One workspace with one installed app, served on loopback.

    Attributes:
        notifier: rings after each change, each delivery, and each call and connection of the app.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        clock: Callable[[], float] = time.time,
        declined: Collection[str] = (),
        enterprise: str | None = None,
        ack_seconds: float = ACK_SECONDS,
        event_retries: Sequence[float] = EVENT_RETRIES,
    ) -> None:
        """Installs the app; nothing listens yet.

        Args:
            manifest: of the app, as `read_manifest` reads it.
            clock: Unix time in seconds, for timestamps and for all that lapses.
            declined: the `bot_optional` scopes that whoever installed the app left out.
            enterprise: the organisation that the workspace is in, on Enterprise Grid.
            ack_seconds: how long an acknowledgement may take; Slack waits 3.
            event_retries: seconds before each further try of an event.

        Raises:
            ManifestError: Slack would refuse the manifest.
            ValueError: a scope is declined that the manifest does not make optional.
        """
        app = App.from_manifest(manifest)
        self.notifier = Notifier()
        installation = Installation(
            app=app,
            workspace=Workspace(app.bot_name, clock),
            clock=clock,
            scopes=app.granted(declined),
            triggers=Triggers(clock),
            response_urls=ResponseUrls(clock),
            socket_mode=app.socket_mode,
            enterprise=enterprise,
            on_change=self.notifier.notify,
        )
        self._sockets = SocketMode(
            installation, ack_seconds=ack_seconds, on_change=self.notifier.notify
        )
        signed_http = SignedHttp(installation, ack_seconds=ack_seconds)
        dispatcher = Dispatcher(
            installation, self._sockets, signed_http, event_retries=event_retries
        )
        super().__init__(installation, dispatcher)
        self._runner: web.AppRunner | None = None
        self.workspace.subscribe(lambda _: self.notifier.notify())

    @property
    def app(self) -> App:
        """The app, as its manifest describes it."""
        return self._installation.app

    @property
    def api_url(self) -> str:
        """The Web API's base address, with a slash at the end."""
        return f"{self._installation.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token, made up for this workspace."""
        return self._installation.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token with `connections:write`."""
        return self._installation.app_token

    @property
    def config_token(self) -> str:
        """The configuration token of the app's developer; it lives for 12 hours."""
        return self._installation.config_token

    @property
    def signing_secret(self) -> str:
        """What requests to `request_url` are signed with."""
        return self._installation.signing_secret

    @property
    def scopes(self) -> set[str]:
        """The granted bot scopes; changes count at once."""
        return self._installation.scopes

    @property
    def faults(self) -> Faults:
        """What goes wrong on request."""
        return self._installation.faults

    @property
    def calls(self) -> list[Call]:
        """Every request of the app so far, the oldest first."""
        return self._installation.calls

    @property
    def dialogs(self) -> list[ConfirmationDialog]:
        """Every question that Slack asked people before it told the app, the oldest first."""
        return self._installation.dialogs

    @property
    def deliveries(self) -> list[Delivery]:
        """Every payload that went to the app, each time it went, once it was settled."""
        return self._installation.deliveries

    @property
    def connections(self) -> int:
        """How many Socket Mode connections payloads can go to."""
        return self._sockets.connected

    @property
    def request_url(self) -> str | None:
        """Where payloads go over HTTP; None for Socket Mode. Verified before the first event."""
        return self._installation.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._installation.request_url = url

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, extra_routes: Iterable[web.RouteDef] = ()
    ) -> None:
        """Serves the workspace and `extra_routes`; port 0 takes any that is free.

        After `stop` it may be started again, which is an outage of Slack on the same port.

        Raises:
            OSError: the port is taken.
        """
        server = web.Application()
        server.on_response_prepare.append(self._date)
        installation = self._installation
        for part in (
            WebApi(installation),
            ResponseUrlRoutes(installation),
            UploadRoutes(installation),
            self._sockets,
        ):
            server.add_routes(part.routes())
        server.add_routes(extra_routes)
        # aiohttp would wait a minute for connections that are open, such as WebSockets.
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._installation.base_url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Closes every connection; the workspace can still be read."""
        await self._dispatcher.close()
        await self._sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        """Starts on any free port."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops."""
        await self.stop()

    async def _date(self, _: web.Request, response: web.StreamResponse) -> None:
        """Says Slack's time, in whole seconds, as its answers do.

        Recorded: slack-ruby-client's log of 2019-07-15, and answers of 2018 with `Server: Apache`.
        """
        response.headers[hdrs.DATE] = formatdate(self._installation.clock(), usegmt=True)

    async def until(
        self,
        predicate: Callable[[Workspace], object],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the caller's bound is part of what is said
    ) -> None:
        """Waits until `predicate` holds of the workspace.

        It is asked at once, after each change and delivery, and after each call and connection of
        the app.

        Raises:
            TimeoutError: it did not hold within `timeout` seconds; says what was there instead.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate(self.workspace):
                    await self.notifier.next().wait()
        except TimeoutError:
            message = f"not within {timeout} s; there is:\n{self.workspace.transcript()}"
            raise TimeoutError(message) from None

    async def redeliver(self, delivery: Delivery) -> Delivery:
        """Delivers the very same payload again, in a new envelope or request."""
        return await self._dispatcher.deliver(delivery.sent)

    async def refresh_connections(
        self, reason: str = "refresh_requested", *, at_most: int | None = None
    ) -> None:
        """Asks the oldest connections to be replaced; `warning` is the other reason."""
        await self._sockets.disconnect(reason, at_most=at_most)

    async def drop_connections(self) -> None:
        """Breaks every Socket Mode connection, without a word."""
        await self._sockets.drop()

    def hold_up(self, seconds: float) -> None:
        """Has the network hold up for so long what is on its way to the app, and keep its order.

        Slack waits no longer for it: what arrives later than `ack_seconds` was given up.
        """
        self._installation.held_until = asyncio.get_running_loop().time() + seconds

    async def disable_socket_mode(self) -> None:
        """Switches Socket Mode off: `link_disabled`, and no connection is handed out any more."""
        self._installation.socket_mode = False
        await self._sockets.disconnect("link_disabled")
        await self._sockets.close()
