"""Keeps this replica's Socket Mode connections to Slack, and opens them one at a time."""

import asyncio
import contextlib
import logging
import time

from bot import metrics
from bot.deliveries import SlackClock
from bot.slack.connection.client import Client
from bot.slack.connection.envelopes import Envelopes
from bot.slack.connection.errors import (
    SlackBusyError,
    SlackError,
    SlackRefusedError,
    SlackUnauthorisedError,
)
from bot.slack.connection.installation import SlackFatalError
from bot.slack.connection.reconnecting import LIVED, MOST_OF_APP, ConnectionAllowance, Pauses
from bot.slack.connection.web_api import WebApi
from bot.slack.connection.websocket import Connection, ConnectionCallbacks, ConnectionState

log = logging.getLogger(__name__)

LINGER = 3.5
"""Seconds for which a replaced connection stays open for acknowledgements: Slack waits three for
each."""
TOO_MANY = "too_many_websockets"
LINK_DISABLED = "link_disabled"
GIVEN_BACK = "given_back"
"""Reasons why a connection ends: two of Slack's, and one of ours."""
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
"""Errors of apps.connections.open that trying again does not mend (docs.slack.dev)."""


class SocketMode:
    """Keeps the connections of this replica."""

    def __init__(
        self, client: Client, envelopes: Envelopes, clock: SlackClock | None = None
    ) -> None:
        """Takes a client with the app-level token, and what answers deliveries.

        `clock` learns Slack's time when a connection is opened.
        """
        self._network = client.network
        self._api = WebApi(client, clock=clock)
        self._callbacks = ConnectionCallbacks(self._greeted, self._over, envelopes.take)
        self._connections: dict[Connection, asyncio.Task[None]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._pauses = Pauses()
        self._allowance = ConnectionAllowance()
        self._changed = asyncio.Event()
        self._stopped = False
        self._disabled = False
        self._unopened = ""

    async def run(self) -> None:
        """Keeps the bot connected, however long Slack is away, until it is cancelled.

        Raises:
            SlackFatalError: Slack refuses to connect for good.
        """
        while True:
            await self._until_one_is_missing()
            # Asking again is no use until somebody switches Socket Mode on.
            if self._disabled:
                raise _fatal(LINK_DISABLED)
            pause = self._pauses.seconds()
            if pause > 0:
                log.warning("the next try to connect to Slack is in %.1f s", pause)
                await asyncio.sleep(pause)
            await self._open()

    def connected(self) -> bool:
        """Returns whether Slack can deliver now: a connection has had its `hello` and is open."""
        return any(each.stands for each in self._connections)

    def trouble(self) -> str:
        """Returns why the last connection was not opened, or never greeted; else nothing."""
        return self._api.trouble or self._unopened

    async def close(self) -> None:
        """Closes all connections at once.

        One after the other would be worse: the last would still take what nobody answers.
        """
        self._stopped = True
        await asyncio.gather(*(each.close() for each in self._connections))
        for task in (*self._connections.values(), *self._closing):
            task.cancel()

    async def _until_one_is_missing(self) -> None:
        # One at a time: only the `hello` of one tells whether Slack has room for the next.
        while (
            self._in(ConnectionState.OPENING)
            or len(self._in(ConnectionState.STANDING)) >= self._allowance.wanted
        ):
            self._changed.clear()
            # Nothing tells us that there may be room again, so the wait ends by itself then.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._allowance.seconds() or None):
                    await self._changed.wait()

    def _in(self, state: ConnectionState) -> list[Connection]:
        return [each for each in self._connections if each.state is state]

    async def _open(self) -> None:
        begun = time.monotonic()
        try:
            answer = await self._api.call("apps.connections.open")
        except SlackError as error:
            self._not_opened(error, begun)
            return
        connection = Connection(self._callbacks)
        serving = asyncio.create_task(connection.serve(str(answer["url"]), self._network))
        self._connections[connection] = serving
        serving.add_done_callback(lambda _: self._forget(connection))

    def _not_opened(self, error: SlackError, begun: float) -> None:
        refused = isinstance(error, SlackRefusedError | SlackUnauthorisedError)
        if refused and str(error) in _FATAL:
            raise _fatal(str(error)) from error
        if isinstance(error, SlackBusyError):
            self._pauses.told_to_wait(error.retry_after)
        self._pauses.failed(begun)
        log.warning("Slack hands out no connection (%r)", error)

    def _greeted(self, connection: Connection) -> None:
        log.info("connected to Slack, which counts %d WebSockets of the app", connection.of_app)
        metrics.WEBSOCKETS_OF_APP.set(connection.of_app)
        self._unopened = ""
        asyncio.get_running_loop().call_later(LIVED, self._prove, connection)
        standing = len(self._in(ConnectionState.STANDING))
        leaving = self._in(ConnectionState.LEAVING)
        # Those of ours that Slack is replacing still count, and are about to go.
        if connection.of_app - len(leaving) >= MOST_OF_APP:
            self._allowance.is_full()
            if standing > 1:  # another replica may get this one, and be ready
                connection.leave(GIVEN_BACK)
        else:
            self._allowance.has(standing)
        # Only now that another one stands, so that a delivery always finds one open.
        for each in leaving:
            self._close_soon(each)
        self._note()

    def _prove(self, connection: Connection) -> None:
        if connection.state is ConnectionState.STANDING:
            self._pauses.lived()

    def _over(self, connection: Connection) -> None:
        # We closed it ourselves, so that nothing has failed.
        if self._stopped:
            return
        reason = connection.reason
        log.info("a connection to Slack is over after %.0f s (%s)", connection.lived, reason)
        if reason == GIVEN_BACK:
            self._close_soon(connection)
        elif reason == TOO_MANY:
            self._turned_away(connection)
        # Otherwise a Slack, or a proxy, that takes us and hangs up would be asked at once for ever.
        elif connection.lived < LIVED:
            self._pauses.failed(connection.begun)
        if connection.greeted_at is None:
            self._unopened = reason
        self._disabled |= reason == LINK_DISABLED
        self._note()

    def _turned_away(self, connection: Connection) -> None:
        """Makes do with one connection, as those that Slack is replacing count as well."""
        metrics.WEBSOCKETS_OF_APP.set(MOST_OF_APP)
        self._allowance.is_full()
        for each in self._in(ConnectionState.LEAVING):
            self._close_soon(each)
        # With one standing there is time: `_allowance` says when to ask for a second.
        if not self._in(ConnectionState.STANDING):
            self._pauses.failed(connection.begun)

    def _close_soon(self, connection: Connection) -> None:
        task = asyncio.create_task(_closed(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _forget(self, connection: Connection) -> None:
        del self._connections[connection]
        self._note()

    def _note(self) -> None:
        metrics.WEBSOCKETS.set(sum(each.stands for each in self._connections))
        self._changed.set()


async def _closed(connection: Connection) -> None:
    await asyncio.sleep(LINGER)
    await connection.close()


def _fatal(reason: str) -> SlackFatalError:
    return SlackFatalError(
        f"Slack refuses SLACK_APP_TOKEN ({reason}): make an app-level token with the scope "
        "connections:write, and switch Socket Mode on"
    )
