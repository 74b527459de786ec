"""Buttons and menus under the bot's messages: each press is a request of its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.effects import Effects
from bot.domain.errors import StaleButton
from bot.domain.request import Asked, ChannelId, MessageTs, Request, UserId, Wish
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import Workspace
from bot.slack.intake import Intake, explained, request_id
from bot.slack.web_api import WebApi

Carried = tuple[Wish, MessageTs | None]


class Buttons:
    """The presses that start something. What a button carries is checked again."""

    def __init__(
        self, intake: Intake, slack: WebApi, effects: Effects, workspace: Workspace
    ) -> None:
        self._intake = intake
        self._slack = slack
        self._effects = effects
        self._workspace = workspace

    async def repeat(self, args: AsyncArgs) -> None:
        """«Regenerate again», «Retry» and «Keep watching»: what the button carries."""
        await self._accept(args, self._carried)

    async def another_effect(self, args: AsyncArgs) -> None:
        """The menu of effects: what the button beside it carries, with the chosen effect."""
        await self._accept(args, self._with_effect)

    async def go_ahead(self, args: AsyncArgs) -> None:
        """Yes to a question: starts what was asked about, and takes the question away."""
        if await self._accept(args, self._carried):
            await self._slack.respond(args.body["response_url"], {"delete_original": True})

    async def watch(self, args: AsyncArgs) -> None:
        """A link; Slack still wants the press acknowledged."""
        await args.ack()

    async def _accept(self, args: AsyncArgs, read: Callable[[dict[str, Any]], Carried]) -> bool:
        answer = await explained(self._answer(args.body, read), self._workspace)
        await args.ack()
        if answer is not None:
            private = {"response_type": "ephemeral", "replace_original": False}
            await self._slack.respond(args.body["response_url"], answer.fields() | private)
        return answer is None

    async def _answer(
        self, body: dict[str, Any], read: Callable[[dict[str, Any]], Carried]
    ) -> Message | None:
        wish, thread = read(body)
        return await self._intake.accept(self._request(body, wish, thread))

    def _carried(self, body: dict[str, Any]) -> Carried:
        return buttons.carried(str(body["actions"][0].get("value", "")), self._effects)

    def _with_effect(self, body: dict[str, Any]) -> Carried:
        chosen = body["actions"][0]["selected_option"]["value"]
        wish, thread = buttons.carried(_value_beside(body), self._effects)
        return replace(wish, effect=self._effects.find(str(chosen))), thread

    def _request(self, body: dict[str, Any], wish: Wish, thread: MessageTs | None) -> Request:
        action, channel, message = body["actions"][0], body["channel"]["id"], _message(body)
        asked = Asked(
            by=UserId(body["user"]["id"]),
            channel=ChannelId(channel),
            at=self._intake.now(),
            thread=thread or _thread(body),
            response_url=body.get("response_url"),
        )
        name = request_id("press", channel, message, action["action_id"], action["action_ts"])
        return Request(name, asked, wish)


def _value_beside(body: dict[str, Any]) -> str:
    """The value of the button in the same row as the menu."""
    row = body["actions"][0].get("block_id")
    for block in body.get("message", {}).get("blocks", ()):
        for element in block.get("elements", ()) if block.get("block_id") == row else ():
            if element.get("action_id") in {buttons.AGAIN, buttons.RETRY}:
                return str(element.get("value", ""))
    raise StaleButton


def _message(body: dict[str, Any]) -> str:
    return str(body["container"]["message_ts"])


def _thread(body: dict[str, Any]) -> MessageTs | None:
    """The thread of the message that was pressed on; a question in private has none."""
    container = body["container"]
    thread = container.get("thread_ts") or body.get("message", {}).get("thread_ts")
    if thread is None and not container.get("is_ephemeral"):
        thread = container["message_ts"]
    return MessageTs(str(thread)) if thread else None
