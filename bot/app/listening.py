"""Receives what people type and press, over WebSockets or as signed HTTP."""

import asyncio

from bot.app.building import SlackSide
from bot.app.core import Core
from bot.app.health import Health
from bot.config import Config, Secret
from bot.process import garbage
from bot.slack.connection.client import Client
from bot.slack.connection.web_api import web_client
from bot.web.server import WebServer

DRAIN = 3.0
"""Seconds that a stop gives deliveries to be answered; Slack waits no longer either."""


def client_with(token: Secret, config: Config) -> Client:
    """Returns the SDK's client for one of Slack's tokens."""
    return web_client(token.reveal(), config.slack_api_url, config.network)


async def listen(core: Core, side: SlackSide, web: WebServer, health: Health) -> None:
    """Hands Bolt what Slack delivers, until it is cancelled.

    Raises:
        SlackFatalError: Slack refuses the app-level token.
    """
    garbage.settle()
    app_token = core.config.slack_app_token
    if app_token is not None:
        await _over_sockets(core, side, client_with(app_token, core.config), health)
        return
    web.serve_slack(side.app)
    health.serving = True
    # Nothing sets it: the web server works, and this waits for its cancellation.
    await asyncio.get_running_loop().create_future()


async def _over_sockets(core: Core, side: SlackSide, client: Client, health: Health) -> None:
    from bot.slack.connection.envelopes import Envelopes  # noqa: PLC0415 - HTTP mode does without
    from bot.slack.connection.socket_mode import SocketMode  # noqa: PLC0415

    envelopes = Envelopes(side.app, side.under_way, core.deliveries)
    sockets = SocketMode(client, envelopes, core.deliveries.clock)
    health.connected = sockets.connected
    health.trouble = sockets.trouble
    health.serving = True
    try:
        await sockets.run()
    finally:
        await side.under_way.drain(DRAIN)
        await sockets.close()
