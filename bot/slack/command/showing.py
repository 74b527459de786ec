"""Answers the words that spend nothing, in the command and in mentions."""

from dataclasses import dataclass, replace
from typing import assert_never

from bot.domain.command import (
    FollowVideo,
    Help,
    ListEffects,
    MeantVideo,
    NameVideo,
    Regenerate,
    ShowRequest,
    ShowStatus,
    ShowStoryboard,
    ShowTakes,
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
from bot.slack.takes.listeners import EarlierTakes

Shown = Help | ListEffects | ShowStatus | ShowStoryboard | ShowRequest | ShowTakes | NameVideo
"""Commands that spend nothing, so they may be lost with the process."""
About = ShowStoryboard | ShowRequest | ShowTakes | NameVideo | FollowVideo | Regenerate
"""Commands about one video, which may be misnamed."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Answers each word that spends nothing."""

    context: AnsweringContext
    storyboards: Storyboards
    naming: Naming
    status: Status
    takes: EarlierTakes

    async def answer(self, command: Shown, origin: Origin) -> Message | None:
        """Returns what to tell that person alone, if anything.

        Raises:
            UserError: it cannot be shown, or they may not see it.
            NotWrittenError: Redis does not answer.
        """
        try:
            return await self._answer(command, origin)
        except NOT_FOUND as error:
            if isinstance(command, Help | ListEffects | ShowStatus):
                raise
            return await self.meant(error, command, origin)

    async def meant(self, error: UserError, command: About, origin: Origin) -> Message:
        """Says that there is no such video, and offers those with similar names.

        Raises:
            UserError: no name is similar; it is the error that was given.
        """
        near = await self.context.nearby.to(error, origin)
        if not near:
            raise error
        # The order is made for any of them; each button then carries it with a video of its own.
        wanted = (
            replace(command.order(MeantVideo(next(iter(near)))), since=origin.at)
            if isinstance(command, Regenerate)
            else command
        )
        texts = await self.context.languages.of(origin.user)
        return did_you_mean(error, wanted, near, origin.thread, texts)

    async def _answer(self, command: Shown, origin: Origin) -> Message | None:
        match command:
            case Help() | ListEffects():
                told = usage if isinstance(command, Help) else effect_list
                return told(await self.context.languages.of(origin.user))
            case ShowStoryboard():
                return await self.storyboards.show(command, origin)
            case ShowStatus():
                return await self.status.show(origin)
            case ShowRequest():
                return await self.status.show_request(command, origin)
            case ShowTakes():
                return await self.takes.show(command, origin)
            case NameVideo():
                return await self.naming.name(command, origin)
            case _:
                assert_never(command)
