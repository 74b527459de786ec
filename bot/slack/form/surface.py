"""Joins what answers the form into one surface."""

from dataclasses import dataclass

from bot.slack.answering.context import AnsweringContext
from bot.slack.connection.routing import Route
from bot.slack.form.listeners import Forms
from bot.slack.form.submissions import Submissions
from bot.slack.form.videos_menu import VideosMenu


@dataclass(frozen=True, slots=True)
class FormSurface:
    """Joins the listeners that open the form, offer videos in it, and take it."""

    context: AnsweringContext
    forms: Forms

    def routes(self) -> tuple[Route, ...]:
        """Returns the ways into the form, and everything in it."""
        submissions, menu = Submissions(self.context), VideosMenu(self.context)
        return *self.forms.routes(), *submissions.routes(), *menu.routes()
