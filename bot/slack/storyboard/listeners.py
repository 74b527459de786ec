"""Shows storyboards to one person, turns their pages, and shares them in a channel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import MeantVideo, ShowStoryboard
from bot.domain.errors import CannotPost
from bot.domain.request import MessageTs, Origin
from bot.domain.storyboard import Storyboard
from bot.domain.video import VideoId
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.interactions import press_id, pressed, value_of, video_of
from bot.slack.blocks.buttons import STORYBOARD
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import plain
from bot.slack.connection.errors import SlackRefusedError, SlackUnclearError
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.storyboard import messages as storyboard
from bot.slack.storyboard.messages import PageRef, page_ref

ONCE = 3600.0
"""Seconds for which a press on «Share» is known, so that its second delivery posts nothing."""

Work = Callable[[dict[str, Any], Origin], Awaitable[Message | None]]
"""Does what a press asks for: takes its payload, returns what to tell that person."""


@dataclass(frozen=True, slots=True)
class Storyboards:
    """Shows a video's sequences, with buttons for what can be done with them."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the button that shows a storyboard, and the buttons under one."""
        return (
            Route(RouteKind.ACTION, STORYBOARD, self.open),
            Route(RouteKind.ACTION, storyboard.NEXT, self.turn),
            Route(RouteKind.ACTION, storyboard.PREVIOUS, self.turn),
            Route(RouteKind.ACTION, storyboard.SHARE, self.share),
        )

    async def show(self, command: ShowStoryboard, origin: Origin) -> Message:
        """Returns the storyboard that `/regen <video>` shows.

        Raises:
            UserError: there is no such video, or IACrea does not show it.
            StoreAwayError: Redis does not answer.
        """
        meant = await self.context.intake.video(command.video, origin.channel)
        return await self._meant(meant, origin)

    async def open(self, args: AsyncArgs) -> None:
        """Answers «Storyboard» under a message like the command, for the person who presses it."""
        await self._answer(args, self._open)

    async def turn(self, args: AsyncArgs) -> None:
        """Puts another page in the place of this one."""
        await self._answer(args, self._turn)

    async def share(self, args: AsyncArgs) -> None:
        """Posts the storyboard for everybody in the channel; from then on it is kept up to date."""
        await self._answer(args, self._share)

    async def _answer(self, args: AsyncArgs, work: Work) -> None:
        """Acknowledges first, since nothing is started here that could be lost."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, work(args.body, origin))

    async def _meant(self, meant: MeantVideo, origin: Origin) -> Message:
        return await self._private(PageRef(await self.context.reader.which(meant)), origin)

    async def _open(self, body: dict[str, Any], origin: Origin) -> Message:
        return await self._private(PageRef(video_of(body), thread=origin.thread), origin)

    async def _turn(self, body: dict[str, Any], origin: Origin) -> None:
        page = await self._private(page_ref(value_of(body)), origin)
        await privately.replace(self.context.slack, origin, page)

    async def _share(self, body: dict[str, Any], origin: Origin) -> Message | None:
        await self.context.access.check(origin, origin.channel)
        video = video_of(body)
        # Noted before it is posted: to be left out is better than to be posted twice.
        if await self.context.stores.requests.take_turn(press_id(body), ONCE) != 0:
            return None
        try:
            await self._post(video, origin)
        except SlackUnclearError:  # it may stand there, and whoever tries again has it twice
            return plain("share-unclear", await self.context.languages.of(origin.user))
        return None

    async def whole(self, video: VideoId, origin: Origin) -> Message:
        """Returns all pages at once, for a modal.

        Raises:
            UserError: there is no such video, or IACrea does not show it.
            StoreAwayError: Redis does not answer.
        """
        board = await self._board(video, origin)
        return storyboard.whole(board, await self.context.languages.of(origin.user))

    async def _private(self, page_ref: PageRef, origin: Origin) -> Message:
        board = await self._board(page_ref.video, origin)
        return storyboard.private(board, page_ref, await self.context.languages.of(origin.user))

    async def _board(self, video: VideoId, origin: Origin) -> Storyboard:
        board, access = await self.context.reader.of_either_kind(video), self.context.access
        # Their form offers it from now on; a guest has no form, an automatic video no use for one.
        if not board.video.automatic and await access.may_spend(origin):
            await self.context.stores.videos.touch(video, origin.user)
        if not await access.sees_credits(origin.user, origin.teams):
            board = board.without_balance()
        return board

    async def _post(self, video: VideoId, origin: Origin) -> None:
        board = await self.context.reader.of_either_kind(video)
        message = storyboard.shared(board, await self.context.languages.in_channel(origin.channel))
        place = {"channel": origin.channel, "unfurl_links": False, "unfurl_media": False}
        try:
            answer = await self.context.slack.say("chat.postMessage", place, message)
        except SlackRefusedError as refused:
            raise CannotPost(refused.reason, direct=origin.in_direct_message) from refused
        stores, posted = self.context.stores, MessageTs(str(answer["ts"]))
        await stores.shared_storyboards.share(video, origin.channel, posted)
        await stores.threads.belongs(origin.channel, posted, video)
