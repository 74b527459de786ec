"""Opens the form in each of its ways, and shows a video's sequences when one is chosen."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import NotAllowed, UserError
from bot.domain.estimate import Estimate
from bot.domain.parsing import sequences
from bot.domain.request import ChannelId, MessageTs, Order, Origin, Selection, UserId
from bot.domain.storyboard import Storyboard
from bot.fair_timeout import FairTimeout
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import WITHIN
from bot.slack.answering.interactions import in_view, open_thread, pressed, value_of, video_of
from bot.slack.answering.modals import fill_modal, open_modal, update_modal
from bot.slack.answering.people import teams_of
from bot.slack.blocks import buttons
from bot.slack.blocks.drafts import OPEN_WITH, Prefill, prefilled, typed_selection
from bot.slack.blocks.message import Message
from bot.slack.blocks.modal import Modal
from bot.slack.blocks.problems import plain, sentence
from bot.slack.blocks.texts import Texts
from bot.slack.connection.errors import SlackError
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.form.fields import VIDEO, Draft, FormContext, draft, form_context
from bot.slack.form.video_of_message import video_in
from bot.slack.form.view import Form, form, loading, picked, saying
from bot.store.errors import StoreAwayError

EVERYWHERE = "regenerate"
ON_MESSAGE = "regenerate_message"
"""Shortcuts, as the manifest calls them."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens the form, and fills it in as far as is known.

    Attributes:
        shared_too: whether to offer channels that are shared with other organisations.
    """

    context: AnsweringContext
    shared_too: bool

    def routes(self) -> tuple[Route, ...]:
        """Returns the ways into the form, and the choice of a video in it."""
        return (
            Route(RouteKind.SHORTCUT, EVERYWHERE, self.everywhere),
            Route(RouteKind.SHORTCUT, ON_MESSAGE, self.on_message),
            Route(RouteKind.ACTION, buttons.CHANGE, self.change),
            Route(RouteKind.ACTION, buttons.ANOTHER_IMAGE, self.another_image),
            Route(RouteKind.ACTION, OPEN_WITH, self.with_wish),
            Route(RouteKind.ACTION, VIDEO, self.choose),
        )

    async def change(self, args: AsyncArgs) -> None:
        """Answers «Change…»: opens the form with what the button carries."""
        await args.ack()
        await self._pressed(args.body)

    async def another_image(self, args: AsyncArgs) -> None:
        """Answers «Another image…»: opens the same, with the cursor in the image's field."""
        await args.ack()
        await self._pressed(args.body, at_image=True)

    async def with_wish(self, args: AsyncArgs) -> None:
        """Answers «Open the form»: fills in as much as the bot understood of what was said."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self._understood(args.body, origin))

    async def everywhere(self, args: AsyncArgs) -> None:
        """Answers the global shortcut and «Open the form» on Home, which know of no channel."""
        await args.ack()
        origin = in_view(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self.open(origin, args.body["trigger_id"]))

    async def on_video(self, args: AsyncArgs) -> None:
        """Answers «Regenerate…» beside a video on the Home tab."""
        await args.ack()
        origin = in_view(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self._on_video(args.body, origin))

    async def on_message(self, args: AsyncArgs) -> None:
        """Answers the shortcut on a message, for its thread and the video that it speaks of."""
        await args.ack()
        body, message = args.body, args.body["message"]
        origin = Origin(
            user=UserId(body["user"]["id"]),
            channel=ChannelId(body["channel"]["id"]),
            at=self.context.intake.now(),
            # A message outside a thread starts one, so that the answer stands below it.
            thread=MessageTs(str(message.get("thread_ts") or message["ts"])),
            response_url=body.get("response_url"),
            open_thread=open_thread(message.get("thread_ts"), message["ts"]),
            teams=teams_of(body),
        )
        await privately.explain(
            self.context, origin, self._about(message, origin, body["trigger_id"])
        )

    async def _about(self, message: dict[str, Any], origin: Origin, trigger: str) -> Message | None:
        """Opens the form for the video of a message; reads none for somebody who may not spend."""
        self.context.access.check_at_hand(origin, None)
        video = video_in(message, self.context.effects)
        order = None if video is None else Order(video, Selection())
        return await self.open(origin, trigger, order)

    async def open(
        self,
        origin: Origin,
        trigger: str,
        order: Order | Prefill | None = None,
        *,
        at_image: bool = False,
    ) -> Message | None:
        """Opens it at once, then fills in what is known. Returns what to tell if it came too late.

        Raises:
            NotAllowed: that person may not spend credits anywhere.
            SlackError: Slack did not open it.
        """
        self.context.access.check_at_hand(origin, None)
        # Empty at first: Slack's trigger lives three seconds, and IACrea may take longer.
        view_id = await open_modal(
            self.context.slack, trigger, loading(self.context.languages.at_hand(origin.user))
        )
        texts = await self.context.languages.of(origin.user)
        if view_id is None:
            return plain("too-slow", texts)
        async with self._ended(view_id, texts):
            filled = await self._first(origin, order, texts, at_image=at_image)
            await fill_modal(self.context.slack, view_id, filled)
        return None

    async def _first(
        self, origin: Origin, order: Order | Prefill | None, texts: Texts, *, at_image: bool
    ) -> Modal:
        """Returns what takes the place of «One moment…»."""
        try:
            self.context.access.check_at_hand(origin, None)  # by now Slack has told who they are
        except NotAllowed as refused:
            return saying(sentence(refused, texts), texts)
        channel = origin.channel or None
        start = Form(
            FormContext(channel, origin.thread, open_thread=origin.open_thread),
            Draft(channel=channel),
            at_image=at_image,
            shared_too=self.shared_too,
        )
        if order is not None:
            fields = replace(start.draft, video=order.video, effect=order.effect, image=order.image)
            # Positions mean nothing yet without a video; the form carries them until one is chosen.
            wanted = typed_selection(order.selection) if order.video is None else ""
            place = replace(start.form_context, wanted=wanted or None)
            start = replace(start, form_context=place, draft=fields)
        shown = await self.filled(start, order.selection if order else Selection(), texts)
        return form(await self.discreet(shown, origin), texts)

    @contextlib.asynccontextmanager
    async def _ended(self, view_id: str, texts: Texts) -> AsyncIterator[None]:
        """Makes a form that cannot be filled say so, instead of «One moment…» for ever."""
        try:
            yield
        except Exception:
            with contextlib.suppress(SlackError):
                sorry = saying(texts.say("form-not-filled"), texts)
                await update_modal(self.context.slack, view_id, sorry)
            raise

    async def choose(self, args: AsyncArgs) -> None:
        """Shows the sequences of the video that was chosen in the form."""
        await args.ack()
        origin = in_view(args.body, self.context.intake.now())
        try:
            # Again, as a form may stay open for long.
            self.context.access.check_at_hand(origin, None)
        except NotAllowed:  # the field of the channel says so, once it is submitted
            return
        await privately.explain(self.context, origin, self._choose(args, origin))

    async def _choose(self, args: AsyncArgs, origin: Origin) -> None:
        view, chosen = args.body["view"], float(args.body["actions"][0]["action_ts"])
        # First, so that a look at an earlier choice learns of this one while IACrea is asked.
        await self._is_last(view["id"], chosen)
        fields, texts = draft(view), await self.context.languages.of(origin.user)
        opened = form_context(view)
        selection = Selection(positions=fields.positions or ())
        if fields.positions is None and opened.wanted is not None:
            selection = sequences(opened.wanted)
        start = Form(opened, fields, shared_too=self.shared_too)
        shown = await self.filled(start, selection, texts)
        filled = form(await self.discreet(shown, origin), texts)
        # A slow answer must not replace that of a later choice. The hash shows that a view came in
        # between, and Redis which of the two was chosen last.
        for seen in (str(view["hash"]), None):
            if not await self._is_last(view["id"], chosen):
                return
            if await update_modal(self.context.slack, view["id"], filled, seen=seen):
                return

    async def _is_last(self, view: str, chosen: float) -> bool:
        """Returns whether nothing was chosen later in that form; true if Redis does not tell."""
        try:
            async with FairTimeout(WITHIN):
                return await self.context.stores.form_choices.is_last(view, chosen)
        except (StoreAwayError, TimeoutError):
            return True

    async def _pressed(self, body: dict[str, Any], *, at_image: bool = False) -> None:
        origin = pressed(body, self.context.intake.now())
        await privately.explain(
            self.context, origin, self._carried(body, origin, at_image=at_image)
        )

    async def _carried(
        self, body: dict[str, Any], origin: Origin, *, at_image: bool
    ) -> Message | None:
        self.context.access.check_at_hand(origin, None)
        order, thread = buttons.carried(value_of(body), self.context.effects)
        place = replace(origin, thread=thread or origin.thread)
        return await self.open(place, body["trigger_id"], order, at_image=at_image)

    async def _on_video(self, body: dict[str, Any], origin: Origin) -> Message | None:
        self.context.access.check_at_hand(origin, None)
        return await self.open(origin, body["trigger_id"], Prefill(video_of(body)))

    async def _understood(self, body: dict[str, Any], origin: Origin) -> Message | None:
        self.context.access.check_at_hand(origin, None)
        prefill = prefilled(value_of(body), self.context.effects)
        return await self.open(origin, body["trigger_id"], prefill)

    async def filled(self, start: Form, selection: Selection, texts: Texts) -> Form:
        """Returns the form with the chosen video's sequences, or with why they cannot be shown."""
        video = start.draft.video
        if video is None:
            return _priced(start, await self._estimate())
        try:
            board = await self.context.reader.at(video)
        except UserError as error:
            return _priced(replace(start, unread=sentence(error, texts)), await self._estimate())
        except StoreAwayError:
            return replace(start, unread=texts.say("form-unread"))
        return _on(start, board, selection)

    async def discreet(self, shown: Form, origin: Origin) -> Form:
        """Returns the form, without the balance if this person may not see it."""
        if await self.context.access.sees_credits(origin.user, origin.teams):
            return shown
        return replace(shown, form_context=replace(shown.form_context, left=None))

    async def _estimate(self) -> Estimate:
        """Returns what is known of costs; nothing if Redis does not answer in time."""
        try:
            async with FairTimeout(WITHIN):
                return await self.context.stores.estimates.current()
        except (StoreAwayError, TimeoutError):
            return Estimate()


def _on(start: Form, board: Storyboard, selection: Selection) -> Form:
    left = board.video.credits_left
    # What IACrea has just said is newer than what was noted.
    estimate = board.estimate if left is None else replace(board.estimate, left=left)
    fields = replace(start.draft, positions=picked(selection, board))
    return _priced(replace(start, draft=fields, board=board), estimate)


def _priced(shown: Form, estimate: Estimate) -> Form:
    return replace(
        shown, form_context=replace(shown.form_context, cost=estimate.cost, left=estimate.left)
    )
