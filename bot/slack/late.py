"""Asks whoever was told by Slack that it failed: it may start all the same, if they say so."""

from bot.domain.request import Request
from bot.slack import privately
from bot.slack.blocks.late import question
from bot.slack.languages import Languages
from bot.slack.web_api import WebApi


class Late:
    """What came when Slack had given it up."""

    def __init__(self, slack: WebApi, languages: Languages) -> None:
        self._slack = slack
        self._languages = languages

    async def ask(self, request: Request) -> None:
        """Asks in private; whoever has asked again already leaves the question alone."""
        voice = await self._languages.of(request.asked.by)
        await privately.answer(self._slack, request.asked, question(request, voice))
