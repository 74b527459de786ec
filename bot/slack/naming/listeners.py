"""Names videos, by command or by the button under a storyboard."""

import logging
from dataclasses import dataclass, replace

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import NameVideo
from bot.domain.errors import BadName, NameTaken, NoSuchVideo, UserError
from bot.domain.names import Flaw, video_name
from bot.domain.parsing import video_ref
from bot.domain.request import Origin
from bot.domain.video import VideoId
from bot.fair_timeout import FairTimeout
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import WITHIN
from bot.slack.answering.interactions import in_view, pressed, value_of, video_of
from bot.slack.answering.modals import open_modal
from bot.slack.blocks.did_you_mean import NAME_MEANT, naming
from bot.slack.blocks.message import Message
from bot.slack.blocks.modal import field_error
from bot.slack.blocks.problems import plain
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.naming.saying import named_by, say, take_back
from bot.slack.naming.sequences import SequenceNaming
from bot.slack.naming.view import (
    NAME,
    NAMING,
    NewName,
    already_called,
    name_message,
    name_modal,
    opened_for,
    typed,
)
from bot.slack.storyboard.messages import NAME_VIDEO
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Naming:
    """Gives videos names that people remember. Anybody who may spend credits on one may name it."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the buttons that name a video and its sequences, and their modals."""
        return (
            Route(RouteKind.ACTION, NAME_VIDEO, self.press),
            Route(RouteKind.ACTION, NAME_MEANT, self.name_meant),
            Route(RouteKind.VIEW, NAMING, self.submit),
            *SequenceNaming(self.context).routes(),
        )

    async def name(self, command: NameVideo, origin: Origin) -> Message | None:
        """Answers `/regen name <video> <name>`.

        Raises:
            UserError: there is no such video, another one is called that, or they may not.
            NotWrittenError: Redis does not answer.
        """
        await self.context.access.check(origin, origin.channel)
        meant = await self.context.intake.video(command.video, origin.channel)
        try:
            video = await self.context.reader.which(meant)
            # A name for a mistyped id would pass the mistake on to everybody who uses it.
            if not await self.context.reader.exists(video):
                raise NoSuchVideo(video=video)
            await self._check(video, command.name)
            return await self._call(video, command.name, origin)
        except StoreAwayError:
            return plain("name-not-kept", await self.context.languages.of(origin.user))

    async def press(self, args: AsyncArgs) -> None:
        """Answers «Name this video»."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self._ask(args, origin))

    async def name_meant(self, args: AsyncArgs) -> None:
        """Gives the video that was meant the name that somebody gave to one that does not exist."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self._name_meant(args, origin))

    async def submit(self, args: AsyncArgs) -> None:
        """Takes the name that was typed; says beside the field what is wrong with it."""
        view = args.body["view"]
        video, channel, thread = opened_for(view)
        origin = replace(in_view(args.body, self.context.intake.now(), channel), open_thread=thread)
        wrong: UserError | str
        try:
            await self.context.access.check(origin, channel)
            # The error has to reach the field while Slack still waits; IACrea may be asked as well.
            async with FairTimeout(WITHIN):
                name = video_name(typed(view))
                await self._check(video, name)
        except UserError as error:
            wrong = error
        except (StoreAwayError, TimeoutError):
            wrong = "name-not-kept"
        else:
            await args.ack()
            await privately.explain(self.context, origin, self._kept(video, name, origin))
            return
        words = field_error(wrong, await self.context.languages.of(origin.user))
        await args.ack(response_action="errors", errors={NAME: words})

    async def _name_meant(self, args: AsyncArgs, origin: Origin) -> Message | None:
        return await self.name(naming(value_of(args.body)), origin)

    async def _ask(self, args: AsyncArgs, origin: Origin) -> Message | None:
        # Nothing may be asked of Slack before the modal is open: its trigger lives three seconds.
        self.context.access.check_at_hand(origin, origin.channel)
        texts = self.context.languages.at_hand(origin.user)
        view = name_modal(video_of(args.body), origin.channel, texts, origin.open_thread)
        if await open_modal(self.context.slack, args.body["trigger_id"], view) is None:
            return plain("too-slow", await self.context.languages.of(origin.user))
        return None

    async def _check(self, video: VideoId, name: str) -> None:
        """Checks whether the video can have that name.

        Raises:
            NameTaken: another video has it.
            BadName: it is the id of a video, and an id goes before a name.
        """
        holder = await self.context.stores.videos.find(name)
        if holder not in {None, video}:
            raise NameTaken(name=name, video=str(holder))
        meant = video_ref(name).id
        if meant is not None and await self.context.reader.exists(meant):
            raise BadName(typed=name, reason=Flaw.ID)

    async def _kept(self, video: VideoId, name: str, origin: Origin) -> Message | None:
        try:
            return await self._call(video, name, origin)
        except StoreAwayError:
            return plain("name-not-kept", await self.context.languages.of(origin.user))

    async def _call(self, video: VideoId, name: str, origin: Origin) -> Message | None:
        """Says it in the channel, then does it: no name may work that nobody there could read."""
        old = (await self.context.stores.videos.names([video])).get(video)
        if old == name:
            return already_called(video, name, await self.context.languages.of(origin.user))
        texts = await self.context.languages.in_channel(origin.channel)
        new = NewName(video, name, old, await named_by(self.context, origin))
        posted = await say(self.context, origin, name_message(new, texts))
        try:
            await self.context.stores.videos.name(video, name)
        except (NameTaken, StoreAwayError):  # taken since `_check`
            await take_back(self.context, origin, posted)
            raise
        facts = {"video": video, "called": name, "before": old or "", "by": origin.user}
        log.info("named", extra={**facts, "channel": origin.channel})
        # Their form offers it from now on.
        await self.context.stores.videos.touch(video, origin.user)
        return None
