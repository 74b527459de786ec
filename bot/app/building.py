"""Builds Slack's side of the bot, once it is known who the bot is there."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.app.answering import build_context
from bot.app.core import Core
from bot.app.following import build_following
from bot.app.forms import build_forms
from bot.app.surfaces import build_surfaces
from bot.app.telling import build_telling
from bot.app.workspace import Workspace
from bot.slack.connection.bolt import bolt
from bot.slack.connection.under_way import UnderWay
from bot.slack.routes import Surface, register
from bot.slack.telling.refreshing import Refreshing
from bot.worker import Worker

Loop = Callable[[], Coroutine[None, None, None]]
"""Runs until it is cancelled."""


@dataclass(frozen=True, slots=True)
class SlackSide:
    """Holds Slack's side of the bot.

    Attributes:
        app: Bolt, with every listener.
        surfaces: what people see and act on.
        under_way: the deliveries that are being answered.
        workers: say what is due.
        loops: keep messages and Home tabs in Slack up to date.
    """

    app: AsyncApp
    surfaces: tuple[Surface, ...]
    under_way: UnderWay
    workers: tuple[Worker, ...]
    loops: tuple[Loop, ...]


def build(core: Core, workspace: Workspace) -> SlackSide:
    """Builds it; starts nothing and asks nobody anything."""
    under_way = UnderWay()
    context = build_context(core, workspace, under_way)
    looked_at = build_forms(core, context)
    telling = build_telling(core, workspace, context, looked_at)
    follows, cards = build_following(core, context, telling.edits)
    home, surfaces = build_surfaces(core, looked_at.forms, telling.courier.explain_repetition)
    surfaces = (*surfaces, workspace.moved, workspace.groups)
    app = bolt(workspace.installation, workspace.client)
    register(app, under_way, surfaces)
    refreshing = Refreshing(workspace.slack)
    refresh = partial(refreshing.run, telling.progress, telling.storyboards, cards, home)
    loops = (refresh, workspace.moved.run, workspace.groups.run)
    return SlackSide(app, surfaces, under_way, (telling.notices, follows), loops)
