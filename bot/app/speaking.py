"""Builds what reads words, and shows what they ask for: command, mentions, direct messages."""

from bot.slack.answering.context import AnsweringContext
from bot.slack.command.listeners import RegenCommand
from bot.slack.command.showing import Showing
from bot.slack.following.listeners import Following
from bot.slack.form.listeners import Forms
from bot.slack.mention.listeners import Mentions
from bot.slack.mention.threads import ThreadReader
from bot.slack.naming.listeners import Naming
from bot.slack.routes import Surface
from bot.slack.status.listeners import Status
from bot.slack.storyboard.listeners import Storyboards
from bot.slack.takes.listeners import EarlierTakes


def build_speaking(context: AnsweringContext, forms: Forms, status: Status) -> tuple[Surface, ...]:
    """Builds them: the same words mean the same, wherever they stand."""
    storyboards, naming, takes = Storyboards(context), Naming(context), EarlierTakes(context)
    showing = Showing(context, storyboards, naming, status, takes)
    following = Following(context)
    mentions = Mentions(context, showing, ThreadReader(context), following)
    command = RegenCommand(context, forms, showing, following)
    return command, mentions, following, storyboards, naming, takes
