"""Answers presses on the Home tab, which has no channel, in modals.

A press there names the view in its `container`, and neither a channel nor a `response_url`
(docs.slack.dev/reference/interaction-payloads/block_actions-payload). A button that spends carries
the channel of its request. The new request goes on there, and there we check who may spend.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import ShowRequest
from bot.domain.errors import StaleButton
from bot.domain.request import Origin, Request, RequestId
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import explained
from bot.slack.answering.interactions import in_view, request_id, value_of, video_of
from bot.slack.answering.modals import fill_modal, open_modal
from bot.slack.blocks import answers, buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.placing import place_of
from bot.slack.blocks.problems import plain
from bot.slack.buttons.listeners import Buttons, Stop
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.home import rows
from bot.slack.home.listeners import HomeTabs
from bot.slack.status.listeners import Status
from bot.slack.storyboard.listeners import Storyboards

log = logging.getLogger(__name__)

REQUEST, STORYBOARD = "home-request", "home-storyboard"
"""Ids of the modals' titles in the catalogue."""

Work = Callable[[], Awaitable[Message | None]]


@dataclass(frozen=True, slots=True)
class Presses:
    """Answers every button on Home but those that open the form."""

    context: AnsweringContext
    homes: HomeTabs
    storyboards: Storyboards
    status: Status
    buttons: Buttons

    def routes(self) -> tuple[Route, ...]:
        """Returns the buttons, and the yes to a question that is asked in their modal."""
        return (
            Route(RouteKind.ACTION, rows.SHOW, self.show),
            Route(RouteKind.ACTION, rows.REPEAT, self.repeat),
            Route(RouteKind.ACTION, rows.KEEP_WATCHING, self.repeat),
            Route(RouteKind.ACTION, rows.STOP_WATCHING, self.stop_watching),
            Route(RouteKind.ACTION, rows.STORYBOARD, self.storyboard),
            Route(RouteKind.ACTION, rows.CANCEL_WAITING, self.cancel_waiting),
            Route(RouteKind.ACTION, answers.AFTER_RENDER_HERE, self.after_render),
            Route(RouteKind.VIEW, answers.AGREE, self.agree),
        )

    async def show(self, args: AsyncArgs) -> None:
        """Shows the card of a request."""
        await args.ack()
        origin, command = self._by(args.body), ShowRequest(value_of(args.body), None)
        work = self.status.show_request
        await self._read(args.body, REQUEST, origin, lambda: work(command, origin))

    async def storyboard(self, args: AsyncArgs) -> None:
        """Shows the sequences of a video."""
        await args.ack()
        origin, whole = self._by(args.body), self.storyboards.whole
        await self._read(args.body, STORYBOARD, origin, lambda: whole(video_of(args.body), origin))

    async def repeat(self, args: AsyncArgs) -> None:
        """Starts the same once more, or goes on watching. Writes it down, then acknowledges."""
        origin = self._by(args.body)
        view, answer = await self._accepted(args, origin)
        await self._open(args.body, origin, view, answer)
        await self.homes.refresh(args.body)

    async def after_render(self, args: AsyncArgs) -> None:
        """Takes the yes that waits for a render; shows in the question's place what came of it."""
        view, _ = await self._accepted(args, self._by(args.body))
        await self._fill(str(args.body["view"]["id"]), (view,))
        await self.homes.refresh(args.body)

    async def _accepted(
        self, args: AsyncArgs, origin: Origin
    ) -> tuple[dict[str, Any], Message | None]:
        """Writes down what a button starts; returns what to show, and what is wrong with it."""
        action, text = args.body["actions"][0], value_of(args.body)
        name = request_id(
            "home",
            str(args.body["view"]["id"]),
            str(action.get("block_id", "")),
            action["action_id"],
            action["action_ts"],
        )
        # The request first: if that leaves no time for a modal, a direct message says the same.
        answer = await self._explained(origin, lambda: self._start(origin, name, text))
        if args.ack.response is None:
            await args.ack()
        return await self._answered(origin, name, text, answer), answer

    async def agree(self, args: AsyncArgs) -> None:
        """Takes the yes to a question; shows in its place what was started, or what is wrong."""
        view: dict[str, Any] = args.body["view"]
        origin, text = self._by(args.body), str(view.get("private_metadata", ""))
        # The hash changes with each question, so a second yes in the same modal is another request.
        shown = str(view.get("root_view_id") or view["id"])
        name = request_id("home", shown, str(view["hash"]))
        answer = await self._explained(origin, lambda: self._start(origin, name, text))
        following = await self._answered(origin, name, text, answer)
        await args.ack(response_action="update", view=following)
        await self.homes.refresh(args.body)

    async def stop_watching(self, args: AsyncArgs) -> None:
        """Stops watching a request; the tab shows that, or a modal why it cannot be stopped."""
        await self._stop(args, self.buttons.stopping.watching)

    async def cancel_waiting(self, args: AsyncArgs) -> None:
        """Ends the waiting of a request for a render, and shows that likewise."""
        await self._stop(args, self.buttons.stopping.waiting)

    async def _stop(self, args: AsyncArgs, stop: Stop) -> None:
        await args.ack()
        origin = self._by(args.body)
        answer = await self._explained(origin, lambda: self.buttons.stop(args.body, origin, stop))
        if answer is not None:
            texts = await self.context.languages.of(origin.user)
            view = next(answers.answers(answer, texts, REQUEST))
            await self._open(args.body, origin, view, answer)
        await self.homes.refresh(args.body)

    def _by(self, body: dict[str, Any]) -> Origin:
        return in_view(body, self.context.intake.now())

    async def _explained(
        self, origin: Origin, work: Callable[[], Awaitable[None]]
    ) -> Message | None:
        return await explained(work(), lambda: self.context.languages.of(origin.user))

    async def _start(self, origin: Origin, name: RequestId, text: str) -> None:
        self.context.access.check_at_hand(origin, None)
        request = self._request(origin, name, text)
        await self.context.access.check_carried(origin, request.origin.channel)
        await self.context.intake.accept(request)

    def _request(self, origin: Origin, name: RequestId, text: str) -> Request:
        """Returns the request that a button carries, in the channel that it carries.

        Raises:
            StaleButton: it was made by another version, or tampered with.
        """
        order, thread = buttons.carried(text, self.context.effects)
        channel = place_of(text)
        if channel is None:
            raise StaleButton
        return Request(name, replace(origin, channel=channel, thread=thread, view=name), order)

    async def _answered(
        self, origin: Origin, name: RequestId, text: str, answer: Message | None
    ) -> dict[str, Any]:
        """Returns the modal that says what came of it; later answers find it by `external_id`."""
        texts = await self.context.languages.of(origin.user)
        told = answer or rows.taken(self._request(origin, name, text), texts)
        return next(answers.answers(told, texts, REQUEST)) | {"external_id": name}

    async def _open(
        self, body: dict[str, Any], origin: Origin, view: dict[str, Any], answer: Message | None
    ) -> None:
        """Opens a modal; says what is wrong in a direct message if it is too late for one."""
        opened = None
        try:
            opened = await open_modal(self.context.slack, body["trigger_id"], view)
        except SlackRefusedError as refused:  # such as of a second delivery: it is open already
            log.info("no modal: %s", refused)
        except SlackError as trouble:
            log.info("perhaps no modal: %s", trouble)
        # What was started is announced in its channel anyway.
        if opened is None and answer is not None:
            await privately.answer(self.context.slack, origin, answer)

    async def _read(self, body: dict[str, Any], title: str, origin: Origin, work: Work) -> None:
        """Opens a modal at once, and fills it with what was read."""
        languages, slack = self.context.languages, self.context.slack
        try:
            waiting = answers.loading(languages.at_hand(origin.user), title)
            view_id = await open_modal(slack, body["trigger_id"], waiting)
        except SlackError as trouble:
            log.info("no modal: %s", trouble)
            return
        texts = await languages.of(origin.user)
        if view_id is None:
            await privately.answer(slack, origin, plain("too-slow", texts))
            return
        told = await explained(work(), lambda: languages.of(origin.user))
        await self._fill(view_id, answers.answers(told or plain("sorry", texts), texts, title))

    async def _fill(self, view_id: str, views: Iterable[dict[str, Any]]) -> None:
        for view in views:
            try:
                await fill_modal(self.context.slack, view_id, view)
            except SlackRefusedError as refused:
                log.info("simpler, as Slack refuses it: %s", refused)
            except SlackError as trouble:
                log.warning("a modal is not filled: %s", trouble)
                return
            else:
                return
