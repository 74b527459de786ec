"""`/regen`: parse, accept, acknowledge."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import Help, ListEffects, parse
from bot.domain.effects import Effects
from bot.domain.request import Asked, ChannelId, Request, UserId, Wish
from bot.slack.blocks.help import effect_list, usage
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import Workspace
from bot.slack.intake import Intake, explained, request_id


class RegenCommand:
    """The slash command, answered within Slack's three seconds whatever happens."""

    def __init__(self, intake: Intake, effects: Effects, workspace: Workspace) -> None:
        self._intake = intake
        self._effects = effects
        self._workspace = workspace

    @property
    def name(self) -> str:
        """The command as it is typed, with its slash."""
        return self._workspace.command

    async def accept(self, args: AsyncArgs) -> None:
        """Acknowledges, with an answer for that person alone where there is one to give."""
        answer = await explained(self._answer(args.body), self._workspace)
        if answer is None:
            await args.ack()
        else:
            await args.ack(**answer.fields(), response_type="ephemeral")

    async def _answer(self, body: dict[str, str]) -> Message | None:
        command = parse(body.get("text", ""), self._effects)
        match command:
            case Help():
                return usage(self._workspace.command)
            case ListEffects():
                return effect_list(self._effects, self._workspace.command)
            case Wish():
                return await self._intake.accept(self._request(command, body))

    def _request(self, wish: Wish, body: dict[str, str]) -> Request:
        asked = Asked(
            by=UserId(body["user_id"]),
            channel=ChannelId(body["channel_id"]),
            at=self._intake.now(),
            response_url=body.get("response_url"),
        )
        return Request(request_id("command", body["trigger_id"]), asked, wish)
