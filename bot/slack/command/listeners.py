"""`/regen`: parse, accept, acknowledge; what only shows something is acknowledged first."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot import metrics
from bot.domain.command import Help, ListEffects, Regenerate
from bot.domain.effects import Effects
from bot.domain.parsing import parse
from bot.domain.request import ChannelId, Origin, Request, UserId
from bot.slack.answering.intake import Intake, explained
from bot.slack.answering.interactions import request_id
from bot.slack.answering.languages import Languages
from bot.slack.answering.people import teams_of
from bot.slack.answering.showing import Showing
from bot.slack.blocks.message import Message
from bot.slack.command.messages import effect_list, usage


class RegenCommand:
    """The slash command, answered within Slack's three seconds whatever happens."""

    def __init__(
        self, intake: Intake, effects: Effects, languages: Languages, showing: Showing
    ) -> None:
        self._intake = intake
        self._effects = effects
        self._languages = languages
        self._showing = showing

    @property
    def name(self) -> str:
        """The command as it is typed, with its slash."""
        return self._languages.channel.command

    async def accept(self, args: AsyncArgs) -> None:
        """Acknowledges, with an answer for that person alone where there is one to give."""
        origin = self._asked(args.body)
        answer = await explained(
            self._answer(args, origin), lambda: self._languages.of(origin.user)
        )
        if answer is not None and args.ack.response is None:
            await args.ack(**answer.fields(), response_type="ephemeral")
        elif args.ack.response is None:
            await args.ack()
        elif answer is not None:
            await self._showing.tell(origin, answer)

    async def _answer(self, args: AsyncArgs, origin: Origin) -> Message | None:
        command = parse(args.body.get("text", ""), self._effects)
        metrics.COMMANDS.labels(metrics.word(type(command))).inc()
        match command:
            case Help():
                return usage(await self._languages.of(origin.user))
            case ListEffects():
                return effect_list(await self._languages.of(origin.user))
            case Regenerate():
                meant = await self._intake.video(command.video, origin.channel)
                name = request_id("command", args.body["trigger_id"])
                await self._intake.accept(Request(name, origin, command.order(meant)))
                return None
            case _:
                await args.ack()
                return await self._showing.show(command, origin, args.body["trigger_id"])

    def _asked(self, body: dict[str, str]) -> Origin:
        return Origin(
            user=UserId(body["user_id"]),
            channel=ChannelId(body["channel_id"]),
            at=self._intake.now(),
            response_url=body.get("response_url"),
            teams=teams_of(body),
        )
