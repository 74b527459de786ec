"""The routing table: every id that Slack may send, and who answers it."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.actions import Buttons
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
from bot.slack.blocks.filled import VIDEO
from bot.slack.blocks.form import CONFIRM, FORM
from bot.slack.blocks.home import OPEN_FORM
from bot.slack.blocks.late import START_NOW
from bot.slack.blocks.naming import NAMING
from bot.slack.blocks.status import SHOW
from bot.slack.blocks.storyboard import NAME_VIDEO, NEXT, PREVIOUS, SHARE
from bot.slack.commands import RegenCommand
from bot.slack.form import Forms
from bot.slack.home import HomeTabs
from bot.slack.intake import Intake
from bot.slack.moved import Moved
from bot.slack.naming import Naming
from bot.slack.status import Status
from bot.slack.storyboards import Storyboards
from bot.slack.submissions import Submissions
from bot.slack.unknown import Unknown
from bot.slack.videos_menu import VideosMenu

EVERYWHERE = "regenerate"
ON_MESSAGE = "regenerate_message"
"""Shortcuts, as the manifest calls them."""
_ANY = re.compile("")


def register(
    app: AsyncApp,
    intake: Intake,
    command: RegenCommand,
    buttons: Buttons,
    storyboards: Storyboards,
) -> None:
    """Registers every listener, each in `intake`'s care."""
    app.command(command.name)(intake.tracked(command.accept))
    app.action(AGAIN)(intake.tracked(buttons.repeat))
    app.action(RETRY)(intake.tracked(buttons.repeat))
    app.action(KEEP_WATCHING)(intake.tracked(buttons.repeat))
    app.action(ANOTHER_EFFECT)(intake.tracked(buttons.another_effect))
    app.action(GO_AHEAD)(intake.tracked(buttons.go_ahead))
    app.action(START_NOW)(intake.tracked(buttons.start_now))
    app.action(STOP_WATCHING)(intake.tracked(buttons.stop_watching))
    app.action(WATCH)(intake.tracked(buttons.watch))
    app.action(STORYBOARD)(intake.tracked(storyboards.open))
    app.action(NEXT)(intake.tracked(storyboards.turn))
    app.action(PREVIOUS)(intake.tracked(storyboards.turn))
    app.action(SHARE)(intake.tracked(storyboards.share))


def register_form(
    app: AsyncApp, intake: Intake, forms: Forms, submissions: Submissions, menu: VideosMenu
) -> None:
    """The ways into the form, and what is done in it."""
    app.shortcut(EVERYWHERE)(intake.tracked(forms.everywhere))
    app.action(OPEN_FORM)(intake.tracked(forms.everywhere))
    app.shortcut(ON_MESSAGE)(intake.tracked(forms.on_message))
    app.action(CHANGE)(intake.tracked(forms.change))
    app.action(ANOTHER_IMAGE)(intake.tracked(forms.another_image))
    app.options(VIDEO)(intake.tracked(menu.offer))
    app.action(VIDEO)(intake.tracked(forms.choose))
    app.view(FORM)(intake.tracked(submissions.submit))
    app.view(CONFIRM)(intake.tracked(submissions.confirm))


def register_naming(app: AsyncApp, intake: Intake, naming: Naming) -> None:
    """The button that names a video, and its modal."""
    app.action(NAME_VIDEO)(intake.tracked(naming.press))
    app.view(NAMING)(intake.tracked(naming.submit))


def register_moved(app: AsyncApp, intake: Intake, moved: Moved) -> None:
    """What becomes of channels."""
    app.event("channel_id_changed")(intake.tracked(moved.changed))


def register_overviews(app: AsyncApp, intake: Intake, status: Status, homes: HomeTabs) -> None:
    """What shows requests at a glance."""
    app.action(SHOW)(intake.tracked(status.open))
    app.event("app_home_opened")(intake.tracked(homes.opened))


def register_unknown(app: AsyncApp, intake: Intake, unknown: Unknown) -> None:
    """Everything else. Registered last: Bolt takes the first listener that fits."""
    app.command(_ANY)(intake.tracked(unknown.command))
    app.action(_ANY)(intake.tracked(unknown.press))
    app.shortcut(_ANY)(intake.tracked(unknown.press))
    app.view_submission(_ANY)(intake.tracked(unknown.submit))
    app.view_closed(_ANY)(intake.tracked(unknown.ignore))
    app.options(_ANY)(intake.tracked(unknown.offer))
    app.event(_ANY)(intake.tracked(unknown.ignore))
