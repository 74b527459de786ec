"""What commands only show: acknowledged at once, and lost with the process if it dies."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.command import NameVideo, OpenForm, ShowRequest, ShowStatus, ShowStoryboard
from bot.domain.request import Origin
from bot.slack.answering import privately
from bot.slack.blocks.message import Message
from bot.slack.connection.web_api import WebApi

Shown = OpenForm | ShowStatus | ShowStoryboard | ShowRequest | NameVideo
Show = Callable[[Any, Origin, str], Awaitable[Message | None]]
"""Takes the command, who typed it where, and a trigger id; answers what to tell them."""


class Showing:
    """Hands each command to what shows it."""

    def __init__(self, slack: WebApi, shows: dict[type[Shown], Show]) -> None:
        """`shows`: who shows which command."""
        self._slack = slack
        self._shows = shows

    async def show(self, command: Shown, origin: Origin, trigger: str) -> Message | None:
        """What to tell that person, if anything is left to tell.

        Raises:
            UserError: what is wrong, and what to do instead.
        """
        return await self._shows[type(command)](command, origin, trigger)

    async def tell(self, origin: Origin, message: Message) -> None:
        """Says it to that person alone."""
        await privately.answer(self._slack, origin, message)
