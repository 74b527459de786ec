"""Listens for `/regen`. Writes down what spends before it acknowledges."""

from dataclasses import dataclass

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot import metrics
from bot.domain.command import Again, FollowVideo, Help, ListEffects, OpenForm, Regenerate
from bot.domain.errors import NotAVideo, NothingToRepeat
from bot.domain.parsing import parse
from bot.domain.request import ChannelId, Origin, Request, UserId
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import explained
from bot.slack.answering.interactions import request_id
from bot.slack.answering.people import teams_of
from bot.slack.blocks.message import Message
from bot.slack.command.showing import Showing
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.following.listeners import Following
from bot.slack.form.listeners import Forms


@dataclass(frozen=True, slots=True)
class RegenCommand:
    """Answers the slash command within Slack's three seconds, whatever happens."""

    context: AnsweringContext
    forms: Forms
    showing: Showing
    following: Following

    def routes(self) -> tuple[Route, ...]:
        """Returns the command, by the name that SLACK_COMMAND gives it."""
        return (Route(RouteKind.COMMAND, self.context.languages.channel.command, self.accept),)

    async def accept(self, args: AsyncArgs) -> None:
        """Acknowledges, and tells that person alone what there is to tell."""
        origin = self._origin(args.body)
        answer = await explained(
            self._answer(args, origin), lambda: self.context.languages.of(origin.user)
        )
        if answer is not None and args.ack.response is None:
            await args.ack(**answer.fields(), response_type="ephemeral")
        elif args.ack.response is None:
            await args.ack()
        elif answer is not None:
            await privately.answer(self.context.slack, origin, answer)

    async def _answer(self, args: AsyncArgs, origin: Origin) -> Message | None:
        command = parse(args.body.get("text", ""), self.context.effects)
        metrics.COMMANDS.labels(metrics.word(type(command))).inc()
        match command:
            case Regenerate():
                return await self._regenerate(command, args, origin)
            case FollowVideo():
                return await self._follow(command, args, origin)
            case Again():  # meant for threads, and Slack takes no command in one
                raise NothingToRepeat(in_thread=False)
            case Help() | ListEffects():  # needs no lookup, so it can go in the acknowledgement
                return await self.showing.answer(command, origin)
            case OpenForm():
                await args.ack()  # it spends nothing until the form is submitted
                return await self.forms.open(origin, args.body["trigger_id"])
            case _:
                await args.ack()
                return await self.showing.answer(command, origin)

    async def _regenerate(
        self, command: Regenerate, args: AsyncArgs, origin: Origin
    ) -> Message | None:
        try:
            meant = await self.context.intake.video(command.video, origin.channel)
        except NotAVideo as error:
            await args.ack()  # nothing was started, and the search for like names may take long
            return await self.showing.meant(error, command, origin)
        # A slash command has no id; the trigger is the closest thing to one that the payload has.
        name = request_id("command", args.body["trigger_id"])
        await self.context.intake.accept(Request(name, origin, command.order(meant)))
        return None

    async def _follow(
        self, command: FollowVideo, args: AsyncArgs, origin: Origin
    ) -> Message | None:
        try:
            meant = await self.context.intake.video(command.video, origin.channel)
        except NotAVideo as error:
            await args.ack()  # as above
            return await self.showing.meant(error, command, origin)
        name = request_id("command", args.body["trigger_id"])
        return await self.following.begin(name, meant, origin)

    def _origin(self, body: dict[str, str]) -> Origin:
        return Origin(
            user=UserId(body["user_id"]),
            channel=ChannelId(body["channel_id"]),
            at=self.context.intake.now(),
            response_url=body.get("response_url"),
            teams=teams_of(body),
        )
