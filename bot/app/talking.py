"""Runs Slack's side of the bot, from the first question to the last acknowledgement."""

import asyncio

from bot.app.building import SlackSide, build
from bot.app.core import Core
from bot.app.health import Health
from bot.app.stopping import end, finish
from bot.app.workspace import Workspace
from bot.config import Config, Secret
from bot.process import garbage
from bot.slack.connection.client import Client
from bot.slack.connection.installation import bot_token_refused, identify
from bot.slack.connection.pace import Pace
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.moved import Moved
from bot.web.server import WebServer

DRAIN = 3.0
"""Seconds for deliveries to be answered at the stop; Slack waits no longer."""


async def talk(core: Core, web: WebServer, health: Health) -> None:
    """Connects, then runs until it is cancelled.

    Raises:
        SlackFatalError: Slack refuses one of the tokens.
    """
    config = core.config
    client = _client(config, config.slack_bot_token)
    moved = Moved(core.stores.channels, config.allowed_channels)
    slack = WebApi(client, moved.where, core.deliveries.clock, Pace(core.stores.budget))
    health.trouble = lambda: slack.trouble
    installation = await identify(slack, config.slack_bot_token.reveal())
    side = build(core, Workspace(client, slack, moved, installation))
    telling = asyncio.create_task(side.notices.run())
    running = (_listen(core, side, web, health), _until_refused(slack))
    others = [asyncio.create_task(each) for each in (*running, *(loop() for loop in side.loops))]
    try:
        done, _ = await asyncio.wait({telling, *others}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await side.under_way.drain(DRAIN)
        for task in others:
            await end(task)
        await finish([side.notices], {telling})


def _client(config: Config, token: Secret) -> Client:
    return web_client(token.reveal(), config.slack_api_url, config.network)


async def _until_refused(slack: WebApi) -> None:
    """Ends the bot once its token is revoked; what is to be told waits for the next start."""
    raise bot_token_refused(await slack.until_refused())


async def _listen(core: Core, side: SlackSide, web: WebServer, health: Health) -> None:
    """Takes what people type and press."""
    garbage.settle()
    app_token = core.config.slack_app_token
    if app_token is not None:
        await _over_sockets(core, side, _client(core.config, app_token), health)
        return
    web.serve_slack(side.app)
    health.serving = True
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
