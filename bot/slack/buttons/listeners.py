"""Listens for presses under the bot's messages. Each press is a request of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import NoLongerRunning, StaleButton
from bot.domain.request import (
    MessageTs,
    Order,
    Origin,
    Request,
    RequestId,
    UserId,
)
from bot.slack.answering import late_question, privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.interactions import press_id, pressed, value_of
from bot.slack.blocks import agreeing, buttons
from bot.slack.blocks.placing import place_of
from bot.slack.connection.routing import Route, RouteKind
from bot.stopping import Stopping

Carried = tuple[Order, MessageTs | None]
Stop = Callable[[RequestId, UserId], Awaitable[None]]
"""Ends something of a request, for that person."""
Repetition = Callable[[RequestId, MessageTs], Awaitable[None]]
"""Takes the announcement that somebody pressed on, in case it was posted twice."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Answers presses that start or stop something. Checks again what each button carries."""

    context: AnsweringContext
    stopping: Stopping
    repetition: Repetition

    def routes(self) -> tuple[Route, ...]:
        """Returns what stands under messages of the bot, and under its questions."""
        return (
            Route(RouteKind.ACTION, buttons.AGAIN, self.repeat),
            Route(RouteKind.ACTION, buttons.RETRY, self.repeat),
            Route(RouteKind.ACTION, buttons.KEEP_WATCHING, self.repeat),
            Route(RouteKind.ACTION, buttons.ANOTHER_EFFECT, self.another_effect),
            Route(RouteKind.ACTION, buttons.GO_AHEAD, self.go_ahead),
            Route(RouteKind.ACTION, agreeing.AFTER_RENDER, self.go_ahead),
            Route(RouteKind.ACTION, agreeing.LEAVE_IT, self.leave_it),
            Route(RouteKind.ACTION, agreeing.KEEP_WAITING, self.repeat),
            Route(RouteKind.ACTION, agreeing.CANCEL_WAITING, self.cancel_waiting),
            Route(RouteKind.ACTION, late_question.START_NOW, self.start_now),
            Route(RouteKind.ACTION, buttons.STOP_WATCHING, self.stop_watching),
            Route(RouteKind.ACTION, buttons.WATCH, self.watch),
        )

    async def repeat(self, args: AsyncArgs) -> None:
        """Starts what «Regenerate again», «Retry», «Keep watching» or «Keep waiting» carries."""
        await self._accept(args, self._carried)

    async def another_effect(self, args: AsyncArgs) -> None:
        """Starts what the button beside the menu of effects carries, with the chosen effect."""
        await self._accept(args, self._with_effect)

    async def go_ahead(self, args: AsyncArgs) -> None:
        """Takes the yes to a question: starts what it asked about, and removes the question."""
        if await self._accept(args, self._carried):
            await privately.take_away(self.context.slack, args.body["response_url"])

    async def leave_it(self, args: AsyncArgs) -> None:
        """Takes a question away that was answered with no."""
        await args.ack()
        await privately.take_away(self.context.slack, args.body["response_url"])

    async def start_now(self, args: AsyncArgs) -> None:
        """Takes the yes to a request that Slack had given up: starts it under its old id."""
        if await self._explain(args, self._pressed(args), self._start_late(args.body)):
            await privately.take_away(self.context.slack, args.body["response_url"])

    async def stop_watching(self, args: AsyncArgs) -> None:
        """Stops watching a request; what was spent on it stays spent."""
        await args.ack()
        origin = self._pressed(args)
        await self._explain(args, origin, self.stop(args.body, origin, self.stopping.watching))

    async def cancel_waiting(self, args: AsyncArgs) -> None:
        """Ends the waiting of a request for a render; nothing was spent on it."""
        await args.ack()
        origin = self._pressed(args)
        await self._explain(args, origin, self.stop(args.body, origin, self.stopping.waiting))

    async def watch(self, args: AsyncArgs) -> None:
        """Acknowledges a press on the link to the video, as Slack wants that of links too."""
        await args.ack()

    async def _accept(self, args: AsyncArgs, read: Callable[[dict[str, Any]], Carried]) -> bool:
        origin = self._pressed(args)
        return await self._explain(args, origin, self._start(args, read))

    def _pressed(self, args: AsyncArgs) -> Origin:
        return pressed(args.body, self.context.intake.now())

    async def _explain(self, args: AsyncArgs, origin: Origin, work: Awaitable[None]) -> bool:
        """Returns whether the work went well; tells that person alone what went wrong."""
        return await privately.explain_press(self.context, args, origin, work)

    async def _start(self, args: AsyncArgs, read: Callable[[dict[str, Any]], Carried]) -> None:
        origin = self._pressed(args)
        # First, so that only people who may spend can have a hostile value parsed.
        self.context.access.check_at_hand(origin, None)
        order, thread = read(args.body)
        channel = place_of(value_of(args.body)) if read == self._carried else None
        if channel is not None:  # a question asked on Home, and answered in a direct message
            await self.context.access.check_carried(origin, channel)
        place = replace(origin, channel=channel or origin.channel)
        await self.context.intake.accept(self._request(args.body, place, order, thread))

    async def _start_late(self, body: dict[str, Any]) -> None:
        origin = pressed(body, self.context.intake.now())
        self.context.access.check_at_hand(origin, None)
        order, thread = self._carried(body)
        name, channel = late_question.named(value_of(body))
        await self.context.access.check_carried(origin, channel)
        await self.context.intake.accept(
            Request(name, replace(origin, channel=channel, thread=thread), order)
        )

    async def stop(self, body: dict[str, Any], origin: Origin, stop: Stop) -> None:
        """Stops something of the request that was pressed on, if that person may see it.

        Raises:
            NotAllowed: they may not stop it.
            NoLongerRunning: it has ended, or they may not see it.
            NotRunningYet: it is not watched, or does not wait, yet.
            NoLongerInLine: it does not wait any more.
            NotWrittenError: Redis does not answer.
        """
        if not self.context.access.is_admin(origin.user):
            await self.context.access.check(origin, None)
        name = RequestId(value_of(body))
        if await self.context.intake.seen(name, origin) is None:
            raise NoLongerRunning  # as if it had ended, so that it gives nothing away
        where = body["container"]
        # An ephemeral is no announcement, whatever its timestamp.
        if "message_ts" in where and not where.get("is_ephemeral"):
            await self.repetition(name, MessageTs(str(where["message_ts"])))
        await stop(name, origin.user)

    def _carried(self, body: dict[str, Any]) -> Carried:
        return buttons.carried(value_of(body), self.context.effects)

    def _with_effect(self, body: dict[str, Any]) -> Carried:
        chosen = body["actions"][0]["selected_option"]["value"]
        order, thread = buttons.carried(_value_beside(body), self.context.effects)
        return replace(order, effect=self.context.effects.find(str(chosen))), thread

    def _request(
        self, body: dict[str, Any], origin: Origin, order: Order, thread: MessageTs | None
    ) -> Request:
        place = replace(origin, thread=thread or origin.thread)
        return Request(press_id(body), place, order)


def _value_beside(body: dict[str, Any]) -> str:
    """Returns the value of the button in the menu's row: an option has no room for an order.

    Raises:
        StaleButton: there is no such button.
    """
    row = body["actions"][0].get("block_id")
    for block in body.get("message", {}).get("blocks", ()):
        for element in block.get("elements", ()) if block.get("block_id") == row else ():
            if element.get("action_id") in {buttons.AGAIN, buttons.RETRY}:
                return str(element.get("value", ""))
    raise StaleButton
