"""Builds what people see and act on in Slack."""

from bot.app.core import Core
from bot.app.home import build_home
from bot.app.speaking import build_speaking
from bot.slack.buttons.listeners import Buttons, Repetition
from bot.slack.form.listeners import Forms
from bot.slack.form.surface import FormSurface
from bot.slack.home.listeners import HomeTabs
from bot.slack.routes import Surface
from bot.slack.status.listeners import Reports, Status
from bot.slack.unknown import UnknownInteractions


def build_surfaces(
    core: Core, forms: Forms, repetition: Repetition
) -> tuple[HomeTabs, tuple[Surface, ...]]:
    """Builds them; returns the Home tabs apart as well, since a loop keeps them up to date.

    `repetition` is called with an announcement that somebody pressed on.
    """
    stores, context = core.stores, forms.context
    reports = Reports(stores.requests, stores.videos, stores.ledger, stores.estimates)
    status = Status(context, reports)
    buttons = Buttons(context, core.stopping, repetition)
    homes, home = build_home(context, reports, forms, buttons)
    return homes, (
        *build_speaking(context, forms, status),
        FormSurface(context, forms),
        buttons,
        status,
        *home,
        # It takes what is left; `register` puts such routes last, wherever this stands.
        UnknownInteractions(context),
    )
