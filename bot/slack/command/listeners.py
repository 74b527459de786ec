"""`/regen`: parse, accept, acknowledge; what only shows something is acknowledged first."""

from dataclasses import dataclass
from typing import assert_never

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot import metrics
from bot.domain.command import (
    Again,
    Help,
    ListEffects,
    NameVideo,
    OpenForm,
    Regenerate,
    ShowRequest,
    ShowStatus,
    ShowStoryboard,
)
from bot.domain.errors import NothingToRepeat
from bot.domain.parsing import parse
from bot.domain.request import ChannelId, Origin, Request, UserId
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import explained
from bot.slack.answering.interactions import request_id
from bot.slack.answering.people import teams_of
from bot.slack.blocks.message import Message
from bot.slack.command.messages import effect_list, usage
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.form.listeners import Forms
from bot.slack.naming.listeners import Naming
from bot.slack.status.listeners import Status
from bot.slack.storyboard.listeners import Storyboards

Shown = OpenForm | ShowStatus | ShowStoryboard | ShowRequest | NameVideo
"""What spends nothing, so that it may be lost with the process."""


@dataclass(frozen=True, slots=True)
class RegenCommand:
    """The slash command, answered within Slack's three seconds whatever happens."""

    context: AnsweringContext
    forms: Forms
    storyboards: Storyboards
    naming: Naming
    status: Status

    def routes(self) -> tuple[Route, ...]:
        """Returns the command, by the name that SLACK_COMMAND gives it."""
        return (Route(RouteKind.COMMAND, self.context.languages.channel.command, self.accept),)

    async def accept(self, args: AsyncArgs) -> None:
        """Acknowledges, with an answer for that person alone where there is one to give."""
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
                meant = await self.context.intake.video(command.video, origin.channel)
                name = request_id("command", args.body["trigger_id"])
                await self.context.intake.accept(Request(name, origin, command.order(meant)))
                return None
            case Again():  # Slack takes no command in a thread, so it is none that is meant
                raise NothingToRepeat(in_thread=False)
            case Help():
                return usage(await self.context.languages.of(origin.user))
            case ListEffects():
                return effect_list(await self.context.languages.of(origin.user))
            case _:
                await args.ack()
                return await self._show(command, origin, args.body["trigger_id"])

    async def _show(self, command: Shown, origin: Origin, trigger: str) -> Message | None:
        match command:
            case OpenForm():
                return await self.forms.open(origin, trigger)
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

    def _origin(self, body: dict[str, str]) -> Origin:
        return Origin(
            user=UserId(body["user_id"]),
            channel=ChannelId(body["channel_id"]),
            at=self.context.intake.now(),
            response_url=body.get("response_url"),
            teams=teams_of(body),
        )
