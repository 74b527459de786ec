"""Runs Slack's side of the bot, from the first question to the last acknowledgement."""

import asyncio

from bot.app.building import build
from bot.app.core import Core
from bot.app.health import Health
from bot.app.listening import DRAIN, client_with, listen
from bot.app.stopping import end, finish
from bot.app.workspace import Workspace
from bot.slack.answering.user_groups import UserGroups
from bot.slack.connection.installation import bot_token_refused, identify
from bot.slack.connection.pace import Pace
from bot.slack.connection.web_api import WebApi
from bot.slack.moved_channels import MovedChannels
from bot.web.server import WebServer


async def run_slack_side(core: Core, web: WebServer, health: Health) -> None:
    """Connects, then runs until it is cancelled.

    Raises:
        SlackFatalError: Slack refuses one of the tokens.
    """
    config = core.config
    client = client_with(config.slack_bot_token, config)
    moved = MovedChannels(core.stores.channels, config.allowed_channels)
    slack = WebApi(client, moved.where, core.deliveries.clock, Pace(core.stores.budget))
    health.trouble = lambda: slack.trouble
    installation = await identify(slack, config.slack_bot_token.reveal())
    # Steps and polls have begun before this is known; takes until then go without it.
    core.stores.requests.workspace = installation.url
    listed = (*config.allowed_users, *config.admin_users)
    groups = UserGroups(core.stores.user_groups, slack, installation.scopes, listed)
    side = build(core, Workspace(client, slack, moved, groups, installation))
    telling = {asyncio.create_task(worker.run()) for worker in side.workers}
    running = (listen(core, side, web, health), _until_refused(slack))
    others = [asyncio.create_task(each) for each in (*running, *(loop() for loop in side.loops))]
    try:
        done, _ = await asyncio.wait({*telling, *others}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        # While the WebSockets still stand, over which deliveries are acknowledged.
        await side.under_way.drain(DRAIN)
        for task in others:
            await end(task)
        await finish(side.workers, telling)


async def _until_refused(slack: WebApi) -> None:
    """Ends the bot once its token is revoked; untold outcomes wait in Redis for the next start."""
    raise bot_token_refused(await slack.until_refused())
