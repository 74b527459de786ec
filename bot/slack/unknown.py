"""Answers what no listener knows: from an older message, another version, another setting."""

import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import AnotherCommand, StaleButton
from bot.domain.request import ChannelId, Origin, UserId
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.interactions import pressed
from bot.slack.blocks.message import section
from bot.slack.blocks.modal import modal
from bot.slack.blocks.problems import problem_message, sentence
from bot.slack.connection.routing import Route, RouteKind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnknownInteractions:
    """Acknowledges what no listener knows, or Slack shows an error, and says what to do."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns everything that no other surface knows."""
        return (
            Route(RouteKind.COMMAND, None, self.command),
            Route(RouteKind.ACTION, None, self.press),
            Route(RouteKind.SHORTCUT, None, self.press),
            Route(RouteKind.VIEW, None, self.submit),
            Route(RouteKind.VIEW_CLOSED, None, self.ignore),
            Route(RouteKind.OPTIONS, None, self.offer),
            Route(RouteKind.EVENT, None, self.ignore),
        )

    async def command(self, args: AsyncArgs) -> None:
        """Answers a command of the app that this bot does not know, as SLACK_COMMAND is another."""
        log.warning("Slack delivers a command that is not SLACK_COMMAND: see the app's manifest")
        texts = await self.context.languages.of(UserId(args.body["user_id"]))
        answer = problem_message(AnotherCommand(typed=args.body["command"]), texts)
        await args.ack(**answer.fields(), response_type="ephemeral")

    async def press(self, args: AsyncArgs) -> None:
        """Answers a button, a menu or a shortcut, but no link: that has opened without us."""
        await args.ack()
        body = args.body
        log.info("not known, so of another version: %s", body["type"])
        if not any(action.get("url") for action in body.get("actions", ())):
            origin = self._origin(body)
            answer = problem_message(StaleButton(), await self.context.languages.of(origin.user))
            await privately.answer(self.context.slack, origin, answer)

    async def submit(self, args: AsyncArgs) -> None:
        """Answers a form: puts what to do in its place."""
        # Slack waits for the acknowledgement, so there is no time to ask for their language.
        texts = self.context.languages.at_hand(UserId(args.body["user"]["id"]))
        view = modal(texts.say("form-title"), [section(sentence(StaleButton(), texts))], texts)
        await args.ack(response_action="update", view=view)

    async def offer(self, args: AsyncArgs) -> None:
        """Answers a menu that asks for its options: there are none."""
        await args.ack(options=[])

    async def ignore(self, args: AsyncArgs) -> None:
        """Acknowledges what nobody waits for, since Slack would send it again."""
        await args.ack()

    def _origin(self, body: dict[str, Any]) -> Origin:
        """Returns who did it, and where, unless it was a global shortcut, a form or Home."""
        # It is `message` or `message_attachment`.
        if "message" in body.get("container", {}).get("type", ""):
            return pressed(body, self.context.intake.now())
        return Origin(
            user=UserId(body["user"]["id"]),
            channel=ChannelId((body.get("channel") or {}).get("id", "")),
            at=self.context.intake.now(),
            response_url=body.get("response_url"),
        )
