"""Says at least that a request has ended, when its outcome cannot be shown."""

from bot.domain.request import Request
from bot.slack.answering import privately
from bot.slack.answering.languages import Languages
from bot.slack.blocks.message import code
from bot.slack.blocks.problems import plain
from bot.slack.connection.errors import SlackError
from bot.slack.connection.web_api import WebApi


class NobodyToldError(SlackError):
    """Slack refused every way in which an outcome can be told."""


async def apologise(slack: WebApi, languages: Languages, request: Request) -> None:
    """Tells whoever asked, in a way that notifies them.

    Raises:
        SlackError: one of its subclasses; nobody was told, or nobody knows.
    """
    texts = await languages.of(request.origin.user)
    words = plain("outcome-unsaid", texts, video=code(request.name or request.order.video, 64))
    await privately.notify(slack, request.origin, words)
