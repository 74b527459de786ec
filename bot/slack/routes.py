"""The routing table: every id that Slack may send, and who answers it."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.answering.messages import START_NOW
from bot.slack.blocks.buttons import (
    AGAIN,
    ANOTHER_EFFECT,
    ANOTHER_IMAGE,
    CHANGE,
    GO_AHEAD,
    KEEP_WATCHING,
    RETRY,
    STOP_WATCHING,
    STORYBOARD,
    WATCH,
)
from bot.slack.buttons.listeners import Buttons
from bot.slack.command.listeners import RegenCommand
from bot.slack.connection.under_way import UnderWay
from bot.slack.form.fields import VIDEO
from bot.slack.form.listeners import Forms
from bot.slack.form.submissions import Submissions
from bot.slack.form.videos_menu import VideosMenu
from bot.slack.form.view import CONFIRM, FORM
from bot.slack.home.listeners import HomeTabs
from bot.slack.home.view import OPEN_FORM
from bot.slack.moved import Moved
from bot.slack.naming.listeners import Naming
from bot.slack.naming.view import NAMING
from bot.slack.status.listeners import Status
from bot.slack.status.messages import SHOW
from bot.slack.storyboard.listeners import Storyboards
from bot.slack.storyboard.messages import NAME_VIDEO, NEXT, PREVIOUS, SHARE
from bot.slack.unknown import Unknown

EVERYWHERE = "regenerate"
ON_MESSAGE = "regenerate_message"
"""Shortcuts, as the manifest calls them."""
_ANY = re.compile("")


def register(
    app: AsyncApp,
    under_way: UnderWay,
    command: RegenCommand,
    buttons: Buttons,
    storyboards: Storyboards,
) -> None:
    """Registers every listener, each in `under_way`'s care."""
    app.command(command.name)(under_way.tracked(command.accept))
    app.action(AGAIN)(under_way.tracked(buttons.repeat))
    app.action(RETRY)(under_way.tracked(buttons.repeat))
    app.action(KEEP_WATCHING)(under_way.tracked(buttons.repeat))
    app.action(ANOTHER_EFFECT)(under_way.tracked(buttons.another_effect))
    app.action(GO_AHEAD)(under_way.tracked(buttons.go_ahead))
    app.action(START_NOW)(under_way.tracked(buttons.start_now))
    app.action(STOP_WATCHING)(under_way.tracked(buttons.stop_watching))
    app.action(WATCH)(under_way.tracked(buttons.watch))
    app.action(STORYBOARD)(under_way.tracked(storyboards.open))
    app.action(NEXT)(under_way.tracked(storyboards.turn))
    app.action(PREVIOUS)(under_way.tracked(storyboards.turn))
    app.action(SHARE)(under_way.tracked(storyboards.share))


def register_form(
    app: AsyncApp, under_way: UnderWay, forms: Forms, submissions: Submissions, menu: VideosMenu
) -> None:
    """The ways into the form, and what is done in it."""
    app.shortcut(EVERYWHERE)(under_way.tracked(forms.everywhere))
    app.action(OPEN_FORM)(under_way.tracked(forms.everywhere))
    app.shortcut(ON_MESSAGE)(under_way.tracked(forms.on_message))
    app.action(CHANGE)(under_way.tracked(forms.change))
    app.action(ANOTHER_IMAGE)(under_way.tracked(forms.another_image))
    app.options(VIDEO)(under_way.tracked(menu.offer))
    app.action(VIDEO)(under_way.tracked(forms.choose))
    app.view(FORM)(under_way.tracked(submissions.submit))
    app.view(CONFIRM)(under_way.tracked(submissions.confirm))


def register_naming(app: AsyncApp, under_way: UnderWay, naming: Naming) -> None:
    """The button that names a video, and its modal."""
    app.action(NAME_VIDEO)(under_way.tracked(naming.press))
    app.view(NAMING)(under_way.tracked(naming.submit))


def register_moved(app: AsyncApp, under_way: UnderWay, moved: Moved) -> None:
    """What becomes of channels."""
    app.event("channel_id_changed")(under_way.tracked(moved.changed))


def register_overviews(app: AsyncApp, under_way: UnderWay, status: Status, homes: HomeTabs) -> None:
    """What shows requests at a glance."""
    app.action(SHOW)(under_way.tracked(status.open))
    app.event("app_home_opened")(under_way.tracked(homes.opened))


def register_unknown(app: AsyncApp, under_way: UnderWay, unknown: Unknown) -> None:
    """Everything else. Registered last: Bolt takes the first listener that fits."""
    app.command(_ANY)(under_way.tracked(unknown.command))
    app.action(_ANY)(under_way.tracked(unknown.press))
    app.shortcut(_ANY)(under_way.tracked(unknown.press))
    app.view_submission(_ANY)(under_way.tracked(unknown.submit))
    app.view_closed(_ANY)(under_way.tracked(unknown.ignore))
    app.options(_ANY)(under_way.tracked(unknown.offer))
    app.event(_ANY)(under_way.tracked(unknown.ignore))
