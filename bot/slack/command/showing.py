"""What is shown to whoever asks for it in words, wherever they are; nothing is spent by it."""

from dataclasses import dataclass, replace
from typing import assert_never

from bot.domain.command import (
    Help,
    ListEffects,
    MeantVideo,
    NameVideo,
    Regenerate,
    ShowRequest,
    ShowStatus,
    ShowStoryboard,
)
from bot.domain.errors import UserError
from bot.domain.request import Origin
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.nearby import NOT_FOUND
from bot.slack.blocks.did_you_mean import did_you_mean
from bot.slack.blocks.message import Message
from bot.slack.command.messages import effect_list, usage
from bot.slack.naming.listeners import Naming
from bot.slack.status.listeners import Status
from bot.slack.storyboard.listeners import Storyboards

Shown = Help | ListEffects | ShowStatus | ShowStoryboard | ShowRequest | NameVideo
"""What spends nothing, so that it may be lost with the process."""
About = ShowStoryboard | ShowRequest | NameVideo | Regenerate
"""What is wanted of a video."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Answers each word that shows something."""

    context: AnsweringContext
    storyboards: Storyboards
    naming: Naming
    status: Status

    async def answer(self, command: Shown, origin: Origin) -> Message | None:
        """Returns what to tell that person alone, where there is something to tell.

        Raises:
            UserError: it is not to be shown.
            NotWrittenError: Redis does not answer.
        """
        try:
            return await self._answer(command, origin)
        except NOT_FOUND as error:
            if isinstance(command, Help | ListEffects | ShowStatus):
                raise
            return await self.meant(error, command, origin)

    async def meant(self, error: UserError, command: About, origin: Origin) -> Message:
        """Returns what to tell of a video that does not exist, with those that are called alike.

        Raises:
            UserError: that one, where none is.
        """
        near = await self.context.nearby.to(error, origin)
        if not near:
            raise error
        wanted = (
            replace(command.order(MeantVideo(next(iter(near)))), since=origin.at)
            if isinstance(command, Regenerate)
            else command
        )
        texts = await self.context.languages.of(origin.user)
        return did_you_mean(error, wanted, near, origin.thread, texts)

    async def _answer(self, command: Shown, origin: Origin) -> Message | None:
        match command:
            case Help():
                return usage(await self.context.languages.of(origin.user))
            case ListEffects():
                return effect_list(await self.context.languages.of(origin.user))
            case ShowStoryboard():
                return await self.storyboards.show(command, origin)
            case ShowStatus():
                return await self.status.show(origin)
            case ShowRequest():
                return await self.status.show_request(command, origin)
            case NameVideo():
                return await self.naming.name(command, origin)
            case _:
                assert_never(command)
