"""Posts announcements: the message in the channel that stands before credits are spent."""

import logging
from functools import partial

from bot.domain import events
from bot.domain.errors import CannotPost, NotAllowed
from bot.domain.request import MessageTs, Request, RequestId
from bot.slack.blocks.message import Message
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.limits import EDIT
from bot.slack.telling import messages
from bot.slack.telling.context import TellingContext
from bot.slack.telling.own_messages import CannotLookError
from bot.slack.telling.posting import ANNOUNCEMENT, Poster
from bot.superseding import supersede
from bot.transitions import about, retry_while_away

log = logging.getLogger(__name__)


class Announcements:
    """Posts announcements, and makes the cards of older requests say that they are superseded."""

    def __init__(self, context: TellingContext) -> None:
        self._context = context
        self._slack = context.slack
        self._store = context.store
        self._transitions = context.transitions
        self._languages = context.languages
        self._access = context.access
        self._texts = context.languages.channel
        self._poster = Poster(context)

    async def post(self, request: Request) -> None:
        """Posts the announcement, unless its person may not start it any more."""
        if not request.posting:  # otherwise it may stand already
            try:
                await self._access.admit(request, self._store.now())
            except NotAllowed as refused:
                await self._transitions.apply(request, events.Rejected(refused))
                return
        try:
            request, ts = await self._announced(request)
        except SlackRefusedError as refused:
            # The poster has written to it since.
            request = await self._context.reload(request)
            cannot = CannotPost(refused.reason, direct=request.origin.in_direct_message)
            await self._transitions.apply(request, events.Rejected(cannot))
            return
        thread, video = request.origin.thread or ts, request.order.video
        # It stands by now: to try all of it again would begin with a search in Slack.
        belongs = self._store.threads.belongs
        await retry_while_away(partial(belongs, request.origin.channel, thread, video))
        # As late as possible: older cards can link to this message once it is recorded. One that
        # waits for a render takes their place when it is sent, as it may never be.
        if not request.order.after_render:
            taking = partial(supersede, request, self._store, self._transitions)
            await retry_while_away(taking)
        announced = await self._transitions.record(request, events.Announced(ts))
        await self._context.forms.started(announced)

    async def _announced(self, request: Request) -> tuple[Request, MessageTs]:
        """Posts the announcement, and once more if nobody can tell whether it stands.

        Nothing may be spent without one. The second one says that there may be two.
        """
        name = await self._languages.name(request.origin.user)

        def build(saved: Request) -> Message:
            return messages.announcement(saved, name, self._texts)

        try:
            return await self._poster.once(request, ANNOUNCEMENT, build)
        except CannotLookError:
            return await self._poster.anew(request, ANNOUNCEMENT, build, repeated=True)

    async def explain_repetition(self, request_id: RequestId, pressed: MessageTs) -> None:
        """Points from an announcement that was posted twice to the one that is kept up to date.

        We only learn its timestamp when somebody presses on it. Errors are only logged.
        """
        request = await self._store.load(request_id)
        if request is None or not request.repeated or request.message in {None, pressed}:
            return
        place = {"channel": request.origin.channel, "ts": pressed}
        try:
            card = messages.repetition(request, self._texts)
            await self._slack.say(EDIT, place, card)
        except SlackError as error:
            log.info("repeated announcement not edited: %r", error, extra=about(request))
