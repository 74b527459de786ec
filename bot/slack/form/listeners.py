"""The form: every way into it, and what happens when a video is chosen in it."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import NotAllowed, UserError
from bot.domain.learned import Facts
from bot.domain.request import Asked, ChannelId, MessageTs, Pick, UserId, Wish
from bot.domain.storyboard import Storyboard
from bot.limit import Limit
from bot.slack.answering import privately
from bot.slack.answering.intake import WITHIN, Intake
from bot.slack.answering.interactions import in_view, open_thread, pressed, value_of
from bot.slack.answering.languages import Languages
from bot.slack.answering.modals import fill_modal, open_modal, update_modal
from bot.slack.answering.people import teams_of
from bot.slack.answering.showing import Shown
from bot.slack.answering.video_reader import Looking
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.modal import Modal
from bot.slack.blocks.problems import plain, sentence
from bot.slack.blocks.voice import Voice
from bot.slack.connection.web_api import SlackError, WebApi
from bot.slack.form.fields import Draft, Opened, draft, opened
from bot.slack.form.mentioned import video_in
from bot.slack.form.view import Form, form, loading, picked, saying
from bot.store.choices import Choices
from bot.store.door import StoreAwayError
from bot.store.learned import Learned


class Forms:
    """Opens the form, and fills it in as far as is known."""

    def __init__(
        self,
        slack: WebApi,
        intake: Intake,
        languages: Languages,
        looking: Looking,
        learned: Learned,
        choices: Choices,
        *,
        shared_too: bool,
    ) -> None:
        """`shared_too`: channels that are shared with other organisations are offered as well."""
        self._slack = slack
        self._intake = intake
        self._languages = languages
        self._looking = looking
        self._learned = learned
        self._choices = choices
        self._shared_too = shared_too

    async def show(self, _: Shown, asked: Asked, trigger: str) -> Message | None:
        """`/regen` alone."""
        return await self.open(asked, trigger)

    async def change(self, args: AsyncArgs) -> None:
        """«Change…»: the form with what the button carries."""
        await args.ack()
        await self._pressed(args.body)

    async def another_image(self, args: AsyncArgs) -> None:
        """«Another image…»: the same, where the image is typed in."""
        await args.ack()
        await self._pressed(args.body, at_image=True)

    async def everywhere(self, args: AsyncArgs) -> None:
        """The global shortcut, which knows of no channel."""
        await args.ack()
        asked = in_view(args.body, self._intake.now())
        await privately.explain(
            self._slack, self._languages, asked, self.open(asked, args.body["trigger_id"])
        )

    async def on_message(self, args: AsyncArgs) -> None:
        """The shortcut on a message: for that message's thread and the video it speaks of."""
        await args.ack()
        body, message = args.body, args.body["message"]
        asked = Asked(
            by=UserId(body["user"]["id"]),
            channel=ChannelId(body["channel"]["id"]),
            at=self._intake.now(),
            thread=MessageTs(str(message.get("thread_ts") or message["ts"])),
            response_url=body.get("response_url"),
            open_thread=open_thread(message.get("thread_ts"), message["ts"]),
            teams=teams_of(body),
        )
        await privately.explain(
            self._slack, self._languages, asked, self._about(message, asked, body["trigger_id"])
        )

    async def _about(self, message: dict[str, Any], asked: Asked, trigger: str) -> Message | None:
        """Reads no message for somebody who may not spend."""
        self._intake.access.check_at_hand(asked, None)
        video = video_in(message, self._languages.channel.effects)
        wish = None if video is None else Wish(video, Pick())
        return await self.open(asked, trigger, wish)

    async def open(
        self, asked: Asked, trigger: str, wish: Wish | None = None, *, at_image: bool = False
    ) -> Message | None:
        """Opens it at once, then fills in what is wished; answers what to tell instead.

        Raises:
            NotAllowed: that person may not spend credits anywhere.
            SlackError: Slack did not open it.
        """
        self._intake.access.check_at_hand(asked, None)
        view_id = await open_modal(self._slack, trigger, loading(self._languages.at_hand(asked.by)))
        voice = await self._languages.of(asked.by)
        if view_id is None:
            return plain("too-slow", voice)
        async with self._ended(view_id, voice):
            filled = await self._first(asked, wish, voice, at_image=at_image)
            await fill_modal(self._slack, view_id, filled)
        return None

    async def _first(
        self, asked: Asked, wish: Wish | None, voice: Voice, *, at_image: bool
    ) -> Modal:
        """What takes the place of «One moment…»."""
        try:
            self._intake.access.check_at_hand(asked, None)  # now that more is known of them
        except NotAllowed as refused:
            return saying(sentence(refused, voice), voice)
        channel = asked.channel or None
        start = Form(
            Opened(channel, asked.thread, open_thread=asked.open_thread),
            Draft(channel=channel),
            at_image=at_image,
            shared_too=self._shared_too,
        )
        if wish is not None:
            fields = replace(start.draft, video=wish.video, effect=wish.effect, image=wish.image)
            start = replace(start, draft=fields)
        shown = await self._filled(start, wish.pick if wish else Pick(), voice)
        return form(await self._discreet(shown, asked), voice)

    @contextlib.asynccontextmanager
    async def _ended(self, view_id: str, voice: Voice) -> AsyncIterator[None]:
        """Has a form that cannot be filled say so, instead of «One moment…» for ever."""
        try:
            yield
        except Exception:
            with contextlib.suppress(SlackError):
                sorry = saying(voice.say("form-not-filled"), voice)
                await update_modal(self._slack, view_id, sorry)
            raise

    async def choose(self, args: AsyncArgs) -> None:
        """A video was chosen in the form: its sequences are shown."""
        await args.ack()
        asked = in_view(args.body, self._intake.now())
        try:
            self._intake.access.check_at_hand(asked, None)  # as when it was opened
        except NotAllowed:
            return
        await privately.explain(self._slack, self._languages, asked, self._choose(args, asked))

    async def _choose(self, args: AsyncArgs, asked: Asked) -> None:
        view, chosen = args.body["view"], float(args.body["actions"][0]["action_ts"])
        await self._is_last(view["id"], chosen)
        fields, voice = draft(view), await self._languages.of(asked.by)
        pick = Pick(positions=fields.positions or ())
        start = Form(opened(view), fields, shared_too=self._shared_too)
        shown = await self._filled(start, pick, voice)
        filled = form(await self._discreet(shown, asked), voice)
        # What was chosen later stays, by whichever replica and in whichever order it is shown.
        for seen in (str(view["hash"]), None):
            if not await self._is_last(view["id"], chosen):
                return
            if await update_modal(self._slack, view["id"], filled, seen=seen):
                return

    async def _is_last(self, view: str, chosen: float) -> bool:
        """Whether nothing was chosen later in that form, as far as Redis tells."""
        try:
            async with Limit(WITHIN):
                return await self._choices.is_last(view, chosen)
        except (StoreAwayError, TimeoutError):
            return True

    async def _pressed(self, body: dict[str, Any], *, at_image: bool = False) -> None:
        asked = pressed(body, self._intake.now())
        await privately.explain(
            self._slack, self._languages, asked, self._carried(body, asked, at_image=at_image)
        )

    async def _carried(
        self, body: dict[str, Any], asked: Asked, *, at_image: bool
    ) -> Message | None:
        self._intake.access.check_at_hand(asked, None)
        wish, thread = buttons.carried(value_of(body), self._languages.channel.effects)
        place = replace(asked, thread=thread or asked.thread)
        return await self.open(place, body["trigger_id"], wish, at_image=at_image)

    async def _filled(self, start: Form, pick: Pick, voice: Voice) -> Form:
        """The form with the chosen video's sequences, or with why they are not there."""
        video = start.draft.video
        if video is None:
            return _priced(start, await self._facts())
        try:
            board = await self._looking.at(video)
        except UserError as error:
            return _priced(replace(start, unread=sentence(error, voice)), await self._facts())
        except StoreAwayError:
            return replace(start, unread=voice.say("form-unread"))
        return _on(start, board, pick)

    async def _discreet(self, shown: Form, asked: Asked) -> Form:
        """The form without what is left on the account, where that is not for whoever asked."""
        if await self._intake.access.sees_credits(asked.by, asked.teams):
            return shown
        return replace(shown, opened=replace(shown.opened, left=None))

    async def _facts(self) -> Facts:
        """What is known of costs; the form does without, if it has to."""
        try:
            async with Limit(WITHIN):
                return await self._learned.facts()
        except (StoreAwayError, TimeoutError):
            return Facts()


def _on(start: Form, board: Storyboard, pick: Pick) -> Form:
    left = board.video.credits_left
    facts = board.facts if left is None else replace(board.facts, left=left)
    fields = replace(start.draft, positions=picked(pick, board))
    return _priced(replace(start, draft=fields, board=board), facts)


def _priced(shown: Form, facts: Facts) -> Form:
    return replace(shown, opened=replace(shown.opened, cost=facts.cost, left=facts.left))
