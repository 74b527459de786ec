"""Builds the Home tab, and the greeting that its other tab begins with."""

from bot.slack.answering.context import AnsweringContext
from bot.slack.buttons.listeners import Buttons
from bot.slack.form.listeners import Forms
from bot.slack.home.listeners import HomeTabs
from bot.slack.home.presses import Presses
from bot.slack.routes import Surface
from bot.slack.status.listeners import Reports, Status
from bot.slack.storyboard.listeners import Storyboards
from bot.slack.welcome.listeners import Welcome


def build_home(
    context: AnsweringContext, reports: Reports, forms: Forms, buttons: Buttons
) -> tuple[HomeTabs, tuple[Surface, ...]]:
    """Builds them; returns the Home tabs apart as well, since a loop keeps them up to date."""
    welcome, status = Welcome(context), Status(context, reports)
    homes = HomeTabs(context, reports, forms, welcome)
    presses = Presses(context, homes, Storyboards(context), status, buttons)
    return homes, (homes, presses, welcome)
