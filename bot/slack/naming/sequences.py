"""Names sequences, by the button under a storyboard. A name wins over IACrea's category."""

import logging
from dataclasses import dataclass, replace

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import BadName, NotAllowed
from bot.domain.names import video_name
from bot.domain.request import Origin
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import in_time
from bot.slack.answering.interactions import in_view, pressed, value_of
from bot.slack.answering.modals import open_modal
from bot.slack.blocks.message import Message
from bot.slack.blocks.modal import Modal, field_error
from bot.slack.blocks.problems import plain
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.naming.saying import named_by, say, take_back
from bot.slack.naming.sequences_view import (
    SEQUENCE_NAMING,
    NamedSequence,
    Opened,
    block_of,
    names_message,
    opened_for,
    sequences_modal,
    typed,
)
from bot.slack.storyboard.messages import NAME_SEQUENCES, PAGE, page_ref
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SequenceNaming:
    """Gives sequences names that people remember. Anybody who may name the video may name them."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the button that names sequences, and its modal."""
        return (
            Route(RouteKind.ACTION, NAME_SEQUENCES, self.press),
            Route(RouteKind.VIEW, SEQUENCE_NAMING, self.submit),
        )

    async def press(self, args: AsyncArgs) -> None:
        """Answers «Name sequences»."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self._ask(args, origin))

    async def submit(self, args: AsyncArgs) -> None:
        """Takes the names that were typed; says beside each field what is wrong with its name."""
        opened = opened_for(args.body["view"])
        origin = in_view(args.body, self.context.intake.now(), opened.channel)
        origin = replace(origin, open_thread=opened.thread)
        wrong, named = await self._read(args.body["view"], opened, origin)
        if wrong:
            await args.ack(response_action="errors", errors=wrong)
            return
        await args.ack()
        await privately.explain(self.context, origin, self._call(opened, named, origin))

    async def _ask(self, args: AsyncArgs, origin: Origin) -> Message | None:
        """Opens the modal with what Redis knows, as IACrea may take too long for Slack."""
        self.context.access.check_at_hand(origin, origin.channel)
        page, stores = page_ref(value_of(args.body)), self.context.stores
        async with in_time():
            ids = await stores.requests.recall(page.video)
            names = await stores.videos.sequence_names(page.video)
        start = page.page * PAGE
        shown = tuple(
            NamedSequence(each, position, names.get(each, ""))
            for position, each in enumerate(ids[start : start + PAGE], start=start + 1)
        )
        opened = Opened(page.video, origin.channel, origin.open_thread, shown)
        view = sequences_modal(opened, self.context.languages.at_hand(origin.user))
        if await open_modal(self.context.slack, args.body["trigger_id"], view) is None:
            return plain("too-slow", await self.context.languages.of(origin.user))
        return None

    async def _read(
        self, view: Modal, opened: Opened, origin: Origin
    ) -> tuple[dict[str, str], dict[NamedSequence, str]]:
        """Returns what is wrong, by field, and the names that are new."""
        texts = await self.context.languages.of(origin.user)
        wrong: dict[str, str] = {}
        named: dict[NamedSequence, str] = {}
        try:
            await self.context.access.check(origin, opened.channel)
        except NotAllowed as error:
            # At every field, as a modal has no other place for an error.
            return {block_of(each): field_error(error, texts) for each in opened.sequences}, {}
        for each in opened.sequences:
            try:
                name = video_name(typed(view, each)) if typed(view, each) else ""
            except BadName as error:
                wrong[block_of(each)] = field_error(error, texts)
            else:
                # Only what changed, so that a name given meanwhile by somebody else stays.
                named |= {} if name == each.name else {each: name}
        return wrong, named

    async def _call(
        self, opened: Opened, named: dict[NamedSequence, str], origin: Origin
    ) -> Message | None:
        """Says it in the channel, then does it, for the same reason as with videos."""
        if not named:
            return None
        videos = self.context.stores.videos
        texts = await self.context.languages.in_channel(origin.channel)
        try:
            called = (await videos.names([opened.video])).get(opened.video, opened.video)
            who = await named_by(self.context, origin)
            changed = {each.position: name for each, name in named.items()}
            posted = await say(self.context, origin, names_message(called, changed, who, texts))
        except StoreAwayError:
            return plain("name-not-kept", await self.context.languages.of(origin.user))
        try:
            await videos.call_sequences(opened.video, {each.id: to for each, to in named.items()})
        except StoreAwayError:
            await take_back(self.context, origin, posted)
            return plain("name-not-kept", await self.context.languages.of(origin.user))
        facts = {"video": opened.video, "called": list(named.values()), "by": origin.user}
        log.info("sequences named", extra={**facts, "channel": origin.channel})
        return None
