"""Builds the form: what opens it, and what comes back to it once its image was looked at."""

from bot.app.core import Core
from bot.slack.answering.context import AnsweringContext
from bot.slack.form.listeners import Forms
from bot.slack.form.looked_at import LookedAt


def build_forms(core: Core, context: AnsweringContext) -> LookedAt:
    """Builds both; nothing is open yet."""
    return LookedAt(Forms(context, shared_too=bool(core.config.allowed_teams)))
