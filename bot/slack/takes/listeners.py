"""Shows a sequence's earlier takes to one person, and starts a regeneration like one of them."""

from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.checking import named_one, one_sequence
from bot.domain.command import MeantVideo, ShowTakes
from bot.domain.errors import BadImage
from bot.domain.images import image_link
from bot.domain.request import MessageTs, Order, Origin, Request, Selection
from bot.domain.take import Take, completed, without_overwritten
from bot.domain.take_problems import NoSuchTake
from bot.domain.video import SequenceId, VideoId
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import in_time
from bot.slack.answering.interactions import press_id, pressed, value_of
from bot.slack.blocks import buttons, take_buttons
from bot.slack.blocks.message import Message
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.takes import messages
from bot.slack.takes.messages import TakesOfSequence


@dataclass(frozen=True, slots=True)
class EarlierTakes:
    """Shows takes, each to those who may see the request that it comes from."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the button that shows takes, and the buttons on their cards."""
        return (
            Route(RouteKind.ACTION, take_buttons.EARLIER_TAKES, self.open),
            Route(RouteKind.ACTION, take_buttons.LIKE_THIS, self.repeat),
            Route(RouteKind.ACTION, take_buttons.CLIP, self.follow),
            Route(RouteKind.ACTION, take_buttons.FILM, self.follow),
        )

    async def show(self, command: ShowTakes, origin: Origin) -> Message:
        """Returns what `/regen takes <video> <sequence>` shows.

        Raises:
            UserError: no one sequence is named, or IACrea does not show the video.
            StoreAwayError: Redis does not answer.
        """
        # Before IACrea is asked, as without one sequence there is nothing to look for.
        named_one(command.selection)
        meant = await self.context.intake.video(command.video, origin.channel)
        return await self._meant(meant, command.selection, origin)

    async def open(self, args: AsyncArgs) -> None:
        """Answers «Earlier takes» like the command, for the person who presses it."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self._open(args.body, origin))

    async def repeat(self, args: AsyncArgs) -> None:
        """Answers «Regenerate like this one»: writes it down, then acknowledges."""
        origin = pressed(args.body, self.context.intake.now())
        start = self._start(args.body, origin)
        await privately.explain_press(self.context, args, origin, start)

    async def follow(self, args: AsyncArgs) -> None:
        """Acknowledges a press on a link, which Slack wants too."""
        await args.ack()

    async def _meant(self, meant: MeantVideo, selection: Selection, origin: Origin) -> Message:
        video = await self.context.reader.which(meant)
        return await self._shown(video, selection, origin.thread, origin)

    async def _open(self, body: dict[str, Any], origin: Origin) -> Message:
        order, thread = buttons.carried(value_of(body), self.context.effects)
        named_one(order.selection)
        thread = thread or origin.thread
        return await self._shown(order.video, order.selection, thread, origin)

    async def _shown(
        self, video: VideoId, selection: Selection, thread: MessageTs | None, origin: Origin
    ) -> Message:
        board = await self.context.reader.at(video)
        position, sequence = one_sequence(selection, board.video)
        takes = await self._takes(video, sequence.id, origin)
        shown = TakesOfSequence(board, position, sequence, takes, thread, origin.at)
        return messages.earlier_takes(shown, await self.context.languages.of(origin.user))

    async def _takes(
        self, video: VideoId, sequence: SequenceId, origin: Origin
    ) -> tuple[Take, ...]:
        """Returns those that this person may see, the newest first; the others as if not there."""
        kept = completed(await self.context.stores.takes.of(video, sequence))
        seen = [each for each in without_overwritten(kept) if self._sees(origin, each)]
        if not await self.context.access.sees_credits(origin.user, origin.teams):
            seen = [replace(each, entry=replace(each.entry, credits=None)) for each in seen]
        return tuple(seen)

    def _sees(self, origin: Origin, take: Take) -> bool:
        return self.context.access.sees_asked(origin, take.entry.channel, take.entry.by)

    async def _start(self, body: dict[str, Any], origin: Origin) -> None:
        """Starts what the take says, and not what the button says of it.

        Raises:
            UserError: it is not to be started.
            NotWrittenError, BusyError: nothing will be started.
        """
        self.context.access.check_at_hand(origin, None)  # before anything is read
        name, since, thread = take_buttons.carried_take(value_of(body), self.context.effects)
        async with in_time():
            take = await self.context.stores.takes.named(name)
        if take is None or not self._sees(origin, take):
            raise NoSuchTake
        place = replace(origin, thread=thread or origin.thread)
        await self.context.intake.accept(Request(press_id(body), place, _order(take, since)))


def _order(take: Take, since: float | None) -> Order:
    """Returns the order for another clip with that take's effect and picture, if that is known."""
    entry = take.entry
    selection = Selection(ids=(entry.sequence,))
    return Order(entry.video, selection, entry.effect, _source(take.picture), since=since)


def _source(link: str | None) -> str | None:
    """Returns the link as IACrea may be given it; None keeps the picture that is there."""
    try:
        return None if link is None else image_link(link)
    except BadImage:  # one of IACrea's own may be too long
        return None
