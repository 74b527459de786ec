"""Gives videos names: by command, or by the button under a storyboard."""

import asyncio
import contextlib
from dataclasses import replace

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import NameVideo
from bot.domain.errors import NotReady, UserError
from bot.domain.names import video_name
from bot.domain.request import Asked
from bot.domain.video import VideoId
from bot.slack import privately
from bot.slack.actions import in_view, pressed, video_of
from bot.slack.blocks.message import Message
from bot.slack.blocks.modal import field_error
from bot.slack.blocks.naming import NAME, asked_about, asking, named, typed
from bot.slack.blocks.problems import plain
from bot.slack.intake import WITHIN, Intake
from bot.slack.languages import Languages
from bot.slack.looking import Looking
from bot.slack.modals import open_modal
from bot.slack.showing import Shown
from bot.slack.web_api import WebApi
from bot.store.door import StoreAwayError
from bot.store.videos import Videos


class Naming:
    """Calls a video something that people remember; whoever may spend credits on it may."""

    def __init__(
        self,
        slack: WebApi,
        intake: Intake,
        languages: Languages,
        looking: Looking,
        videos: Videos,
    ) -> None:
        self._slack = slack
        self._intake = intake
        self._languages = languages
        self._looking = looking
        self._videos = videos

    async def show(self, command: Shown, asked: Asked, _: str) -> Message | None:
        """`/regen name <video> <name>`.

        Raises:
            UserError: there is no such video, another one is called that, or they may not.
            NotWrittenError: Redis does not answer.
        """
        if not isinstance(command, NameVideo):
            return None
        await self._intake.access.check(asked, None)
        video = await self._intake.video(command.video, asked.channel)
        try:
            with contextlib.suppress(NotReady):  # it exists, and that is all that is asked for
                await self._looking.at(video)
            return await self._call(video, command.name, asked)
        except StoreAwayError:
            return plain("name-not-kept", await self._languages.of(asked.by))

    async def press(self, args: AsyncArgs) -> None:
        """«Name this video»."""
        await args.ack()
        asked = pressed(args.body, self._intake.now())
        await privately.explain(self._slack, self._languages, asked, self._ask(args, asked))

    async def submit(self, args: AsyncArgs) -> None:
        """The name that was typed; what is wrong with it is said beside it."""
        view = args.body["view"]
        video, channel, thread = asked_about(view)
        asked = replace(in_view(args.body, self._intake.now(), channel), open_thread=thread)
        wrong: UserError | str
        try:
            await self._intake.access.check(asked, None)
            async with asyncio.timeout(WITHIN):
                answer = await self._call(video, video_name(typed(view)), asked)
        except UserError as error:
            wrong = error
        except (StoreAwayError, TimeoutError):
            wrong = "name-not-kept"
        else:
            await args.ack()
            await privately.answer(self._slack, asked, answer)
            return
        words = field_error(wrong, await self._languages.of(asked.by))
        await args.ack(response_action="errors", errors={NAME: words})

    async def _ask(self, args: AsyncArgs, asked: Asked) -> Message | None:
        self._intake.access.check_at_hand(asked, None)
        voice = self._languages.at_hand(asked.by)
        view = asking(video_of(args.body), asked.channel, voice, asked.open_thread)
        if await open_modal(self._slack, args.body["trigger_id"], view) is None:
            return plain("too-slow", await self._languages.of(asked.by))
        return None

    async def _call(self, video: VideoId, name: str, asked: Asked) -> Message:
        await self._videos.name(video, name)
        await self._videos.touch(video, asked.channel, asked.by)
        return named(video, name, await self._languages.of(asked.by))
