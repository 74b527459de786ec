"""The simulated Slack workspace as one object: its server, its people, its state."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Self

from aiohttp import web

from bot.simulator.bell import Bell
from bot.simulator.slack import choices, events, gestures
from bot.simulator.slack.delivery import ACK_SECONDS, Delivery
from bot.simulator.slack.dispatcher import EVENT_RETRIES, Dispatcher
from bot.simulator.slack.faults import Faults
from bot.simulator.slack.forms import State
from bot.simulator.slack.grants import ResponseUrls, Triggers
from bot.simulator.slack.installation import Call, Installation
from bot.simulator.slack.manifest import App
from bot.simulator.slack.records import Channel, Message, User, View
from bot.simulator.slack.response_urls import ResponseUrlRoutes
from bot.simulator.slack.signed_http import SignedHttp
from bot.simulator.slack.socket_mode import SocketMode
from bot.simulator.slack.upload_urls import UploadRoutes
from bot.simulator.slack.web_api import WebApi
from bot.simulator.slack.workspace import Workspace

PATIENCE = 5.0
"""Seconds that `until` waits at most, unless told otherwise."""


class SlackSimulator:
    """One workspace with one installed app, served on loopback.

    What people do is a coroutine that ends once the app has acknowledged it, or Slack would
    have given it up; a ValueError says that a person could not have done it.

    Attributes:
        workspace: people, channels, messages and views, to be read and to be set up.
        bell: rings after each change, call and connection of the app.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        clock: Callable[[], float] = time.time,
        declined: Collection[str] = (),
        ack_seconds: float = ACK_SECONDS,
        event_retries: Sequence[float] = EVENT_RETRIES,
    ) -> None:
        """Installs the app; nothing listens yet.

        Args:
            manifest: of the app, as `read_manifest` reads it.
            clock: Unix time in seconds, for timestamps and for all that lapses.
            declined: the `bot_optional` scopes that whoever installed the app left out.
            ack_seconds: how long an acknowledgement may take; Slack waits 3.
            event_retries: seconds before each further try of an event.

        Raises:
            ManifestError: Slack would refuse the manifest.
            ValueError: a scope is declined that the manifest does not make optional.
        """
        app = App.from_manifest(manifest)
        if needed := set(declined) - app.optional_scopes:
            message = f"no optional scopes of this app: {', '.join(sorted(needed))}"
            raise ValueError(message)
        self.bell = Bell()
        self.workspace = Workspace(app.bot_name, clock)
        self._at = Installation(
            app=app,
            workspace=self.workspace,
            clock=clock,
            scopes=set(app.scopes.difference(declined)),
            triggers=Triggers(clock),
            response_urls=ResponseUrls(clock),
            socket_mode=app.socket_mode,
            on_call=self.bell.ring,
        )
        self._sockets = SocketMode(self._at, ack_seconds=ack_seconds, on_change=self.bell.ring)
        signed_http = SignedHttp(self._at, ack_seconds=ack_seconds)
        self._dispatcher = Dispatcher(
            self._at, self._sockets, signed_http, event_retries=event_retries
        )
        self._runner: web.AppRunner | None = None
        self.workspace.subscribe(lambda _: self.bell.ring())

    @property
    def app(self) -> App:
        """The app, as its manifest describes it."""
        return self._at.app

    @property
    def api_url(self) -> str:
        """The Web API's base address, with a slash at the end."""
        return f"{self._at.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token, made up for this workspace."""
        return self._at.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token with `connections:write`."""
        return self._at.app_token

    @property
    def signing_secret(self) -> str:
        """What requests to `request_url` are signed with."""
        return self._at.signing_secret

    @property
    def scopes(self) -> set[str]:
        """The granted bot scopes; changes count at once."""
        return self._at.scopes

    @property
    def faults(self) -> Faults:
        """What goes wrong on request."""
        return self._at.faults

    @property
    def calls(self) -> list[Call]:
        """Every request of the app so far, the oldest first."""
        return self._at.calls

    @property
    def deliveries(self) -> list[Delivery]:
        """Every payload that went to the app, each time it went, once it was settled."""
        return self._at.deliveries

    @property
    def connections(self) -> int:
        """How many Socket Mode connections payloads can go to."""
        return self._sockets.connected

    @property
    def request_url(self) -> str | None:
        """Where payloads go over HTTP; None, as at first, for Socket Mode."""
        return self._at.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._at.request_url = url

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, beside: Iterable[web.RouteDef] = ()
    ) -> None:
        """Serves the workspace, and what stands `beside` it; port 0 takes any that is free.

        After `stop` it may be started again, which is an outage of Slack on the same port.

        Raises:
            OSError: the port is taken.
        """
        server = web.Application()
        at = self._at
        for part in (WebApi(at), ResponseUrlRoutes(at), UploadRoutes(at), self._sockets):
            server.add_routes(part.routes())
        server.add_routes(beside)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._at.base_url = f"http://{host}:{self._runner.addresses[0][1]}"

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

    async def until(
        self,
        predicate: Callable[[Workspace], object],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the caller's bound is part of what is said
    ) -> None:
        """Waits until `predicate` holds of the workspace.

        It is asked at once and after each change, call and connection of the app.

        Raises:
            TimeoutError: it did not hold within `timeout` seconds; says what was there instead.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate(self.workspace):
                    await self.bell.next().wait()
        except TimeoutError:
            message = f"not within {timeout} s; there is:\n{self.workspace.transcript()}"
            raise TimeoutError(message) from None

    async def say(
        self, user: User, channel: Channel, typed: str, thread_ts: str | None = None
    ) -> Message:
        """Types a message, of which an app is told that subscribes to messages or mentions."""
        text = gestures.escaped(self._at, typed)
        message = self.workspace.say(user, channel, text, thread_ts)
        for parcel in events.said(self._at, message):
            await self._dispatcher.act(parcel)
        return message

    async def command(self, user: User, channel: Channel, typed: str) -> Delivery:
        """Types a slash command, such as `/regen abc 2`, into a conversation."""
        return await self._dispatcher.act(gestures.command(self._at, user, channel, typed))

    async def click(
        self, user: User, target: Message | View, action_id: str, block_id: str | None = None
    ) -> Delivery:
        """Presses a button of a message, an ephemeral or a view, as it stands now."""
        parcel = gestures.click(self._at, user, self._now(target), action_id, block_id)
        return await self._dispatcher.act(parcel)

    async def select(
        self,
        user: User,
        target: Message | View,
        action_id: str,
        value: str | Sequence[str],
        block_id: str | None = None,
    ) -> Delivery | None:
        """Chooses options of a select by their values, several of a multi select.

        None where the app is not told: in a field of a view without `dispatch_action`.
        """
        parcel = choices.selection(self._at, user, self._now(target), action_id, value, block_id)
        return None if parcel is None else await self._dispatcher.act(parcel)

    async def suggest(
        self,
        user: User,
        target: Message | View,
        action_id: str,
        typed: str = "",
        block_id: str | None = None,
    ) -> Delivery:
        """Types into an external select; what is offered is `ack["options"]`."""
        where = self._now(target)
        parcel = choices.suggestion(self._at, user, where, action_id, typed, block_id)
        return await self._dispatcher.act(parcel)

    def fill(self, view: View, action_id: str, value: object, block_id: str | None = None) -> View:
        """Types or picks a value in a field of a view, which tells the app nothing."""
        current = self.workspace.views.find(view_id=view.id)
        return choices.typing(self._at, current, action_id, value, block_id)

    async def submit(self, user: User, view_id: str, values: State) -> Delivery:
        """Submits a modal with what was typed, `{block_id: {action_id: {"value": …}}}`.

        Fields left out keep what they held at first.
        """
        view = self.workspace.views.find(view_id=view_id)
        return await self._dispatcher.act(gestures.submission(self._at, user, view, values))

    async def close_view(self, user: User, view_id: str) -> Delivery | None:
        """Closes a modal; None where the app did not ask to be told (`notify_on_close`)."""
        view = self.workspace.views.find(view_id=view_id)
        self.workspace.views.close(view)
        if not view.body.get("notify_on_close"):
            return None
        return await self._dispatcher.act(gestures.closing(self._at, user, view))

    async def shortcut(
        self, user: User, callback_id: str, message: Message | None = None
    ) -> Delivery:
        """Uses a global shortcut, or with `message` one on that message."""
        return await self._dispatcher.act(gestures.shortcut(self._at, user, callback_id, message))

    async def open_home(self, user: User) -> Delivery:
        """Opens the app's Home tab."""
        return await self._dispatcher.act(events.home_opened(self._at, user))

    async def redeliver(self, delivery: Delivery) -> Delivery:
        """Delivers the very same payload again, in a new envelope or request."""
        return await self._dispatcher.deliver(delivery.parcel)

    async def refresh_connections(
        self, reason: str = "refresh_requested", *, at_most: int | None = None
    ) -> None:
        """Asks the oldest connections to be replaced; `warning` is the other reason."""
        await self._sockets.disconnect(reason, at_most=at_most)

    async def drop_connections(self) -> None:
        """Breaks every Socket Mode connection, without a word."""
        await self._sockets.drop()

    async def disable_socket_mode(self) -> None:
        """Switches Socket Mode off: `link_disabled`, and no connection is handed out any more."""
        self._at.socket_mode = False
        await self._sockets.disconnect("link_disabled")
        await self._sockets.close()

    def _now(self, target: Message | View) -> Message | View:
        if isinstance(target, View):
            return self.workspace.views.find(view_id=target.id)
        return self.workspace.message(target.channel, target.ts)
