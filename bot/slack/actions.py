"""Buttons and menus under the bot's messages: each press is a request of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import video_id
from bot.domain.errors import NoLongerRunning, NotAVideo, StaleButton
from bot.domain.request import (
    Asked,
    ChannelId,
    MessageTs,
    Request,
    RequestId,
    UserId,
    Wish,
)
from bot.domain.video import VideoId
from bot.slack import privately
from bot.slack.blocks import buttons, late
from bot.slack.intake import Intake, explained, request_id
from bot.slack.languages import Languages
from bot.slack.people import teams_of
from bot.slack.web_api import WebApi

Carried = tuple[Wish, MessageTs | None]
_NOWHERE = ChannelId("")
Stopping = Callable[[RequestId, UserId], Awaitable[None]]
"""Stops watching a request, for that person; raises NoLongerRunning, NotRunningYet."""
Repetition = Callable[[RequestId, MessageTs], Awaitable[None]]
"""Is told of the announcement that somebody pressed on, in case it stands twice."""


class Buttons:
    """The presses that start or stop something. What a button carries is checked again."""

    def __init__(
        self,
        intake: Intake,
        slack: WebApi,
        languages: Languages,
        stopping: Stopping,
        repetition: Repetition,
    ) -> None:
        self._intake = intake
        self._slack = slack
        self._languages = languages
        self._stopping = stopping
        self._repetition = repetition
        self._effects = languages.channel.effects

    async def repeat(self, args: AsyncArgs) -> None:
        """«Regenerate again», «Retry» and «Keep watching»: what the button carries."""
        await self._accept(args, self._carried)

    async def another_effect(self, args: AsyncArgs) -> None:
        """The menu of effects: what the button beside it carries, with the chosen effect."""
        await self._accept(args, self._with_effect)

    async def go_ahead(self, args: AsyncArgs) -> None:
        """Yes to a question: starts what was asked about, and takes the question away."""
        if await self._accept(args, self._carried):
            await privately.take_away(self._slack, args.body["response_url"])

    async def start_now(self, args: AsyncArgs) -> None:
        """Yes to what Slack had given up: starts exactly that, under the name that it had."""
        if await self._explain(args, self._pressed(args), self._start_late(args.body)):
            await privately.take_away(self._slack, args.body["response_url"])

    async def stop_watching(self, args: AsyncArgs) -> None:
        """Ends the watching of a request; what was spent on it stays spent."""
        await args.ack()
        asked = self._pressed(args)
        await self._explain(args, asked, self._stop(args.body))

    async def watch(self, args: AsyncArgs) -> None:
        """A link; Slack still wants the press acknowledged."""
        await args.ack()

    async def _accept(self, args: AsyncArgs, read: Callable[[dict[str, Any]], Carried]) -> bool:
        asked = self._pressed(args)
        return await self._explain(args, asked, self._start(args, read))

    def _pressed(self, args: AsyncArgs) -> Asked:
        return pressed(args.body, self._intake.now())

    async def _explain(self, args: AsyncArgs, asked: Asked, work: Awaitable[None]) -> bool:
        """Whether the work went well; what went wrong is told to that person alone."""
        answer = await explained(work, lambda: self._languages.of(asked.by))
        if args.ack.response is None:
            await args.ack()
        if answer is not None:
            await privately.answer(self._slack, asked, answer)
        return answer is None

    async def _start(self, args: AsyncArgs, read: Callable[[dict[str, Any]], Carried]) -> None:
        asked = self._pressed(args)
        self._intake.access.check_at_hand(asked, asked.channel)  # before anything is read
        wish, thread = read(args.body)
        await self._intake.accept(self._request(args.body, wish, thread))

    async def _start_late(self, body: dict[str, Any]) -> None:
        asked = pressed(body, self._intake.now())
        self._intake.access.check_at_hand(asked, None)
        wish, thread = self._carried(body)
        name, channel = late.named(value_of(body))
        await self._intake.access.check_carried(asked, channel)
        await self._intake.accept(
            Request(name, replace(asked, channel=channel, thread=thread), wish)
        )

    async def _stop(self, body: dict[str, Any]) -> None:
        asked = pressed(body, self._intake.now())
        if not self._intake.access.is_admin(asked.by):
            await self._intake.access.check(asked, None)
        name = RequestId(value_of(body))
        if await self._intake.seen(name, asked) is None:
            raise NoLongerRunning  # what somebody may not see is told apart by nothing
        if not body["container"].get("is_ephemeral"):
            await self._repetition(name, MessageTs(str(body["container"]["message_ts"])))
        await self._stopping(name, asked.by)

    def _carried(self, body: dict[str, Any]) -> Carried:
        return buttons.carried(value_of(body), self._effects)

    def _with_effect(self, body: dict[str, Any]) -> Carried:
        chosen = body["actions"][0]["selected_option"]["value"]
        wish, thread = buttons.carried(_value_beside(body), self._effects)
        return replace(wish, effect=self._effects.find(str(chosen))), thread

    def _request(self, body: dict[str, Any], wish: Wish, thread: MessageTs | None) -> Request:
        asked = pressed(body, self._intake.now())
        place = replace(asked, thread=thread or asked.thread)
        return Request(press_id(body), place, wish)


def pressed(body: dict[str, Any], now: float) -> Asked:
    """Who pressed something in a message, and where; `now` is Unix time in seconds."""
    return Asked(
        by=UserId(body["user"]["id"]),
        channel=ChannelId(body["channel"]["id"]),
        at=now,
        thread=_thread(body),
        response_url=body.get("response_url"),
        open_thread=open_thread(_container_thread(body), body["container"]["message_ts"]),
        teams=teams_of(body),
    )


def in_view(body: dict[str, Any], now: float, channel: ChannelId = _NOWHERE) -> Asked:
    """Who did something in a view, or with a global shortcut; neither names a channel."""
    by = UserId(body["user"]["id"])
    return Asked(by, channel, now, teams=teams_of(body))


def open_thread(thread: str | None, message: str) -> MessageTs | None:
    """The thread that somebody has open who acts on that message of it.

    A parent is acted on in the channel as well, so that it tells nothing.
    """
    return MessageTs(str(thread)) if thread and thread != message else None


def value_of(body: dict[str, Any]) -> str:
    """What the button that was pressed carries."""
    return str(body["actions"][0].get("value", ""))


def video_of(body: dict[str, Any]) -> VideoId:
    """The video that the button carries, checked again.

    Raises:
        StaleButton: it carries none.
    """
    try:
        return video_id(value_of(body))
    except NotAVideo:
        raise StaleButton from None


def press_id(body: dict[str, Any]) -> RequestId:
    """The name of the request that a press is, the same however often it is delivered."""
    action = body["actions"][0]
    return request_id(
        "press",
        body["channel"]["id"],
        str(body["container"]["message_ts"]),
        str(action.get("block_id", "")),
        action["action_id"],
        action["action_ts"],
    )


def _value_beside(body: dict[str, Any]) -> str:
    """The value of the button in the same row as the menu."""
    row = body["actions"][0].get("block_id")
    for block in body.get("message", {}).get("blocks", ()):
        for element in block.get("elements", ()) if block.get("block_id") == row else ():
            if element.get("action_id") in {buttons.AGAIN, buttons.RETRY}:
                return str(element.get("value", ""))
    raise StaleButton


def _thread(body: dict[str, Any]) -> MessageTs | None:
    """The thread of the message that was pressed on; a question in private has none."""
    container, thread = body["container"], _container_thread(body)
    if thread is None and not container.get("is_ephemeral"):
        thread = container["message_ts"]
    return MessageTs(str(thread)) if thread else None


def _container_thread(body: dict[str, Any]) -> str | None:
    """The thread of the message that was pressed on, as Slack names it."""
    thread = body["container"].get("thread_ts") or body.get("message", {}).get("thread_ts")
    return str(thread) if thread else None
