"""Finds out which videos a thread is about, and what was done in it last."""

import logging
from dataclasses import dataclass

from bot.domain.errors import NothingToRepeat
from bot.domain.request import GenerationState, Order, Origin, Outcome, Request, Selection
from bot.domain.video import VideoId
from bot.fair_timeout import FairTimeout
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import in_time
from bot.slack.connection.errors import SlackError
from bot.slack.form.video_of_message import videos_in
from bot.slack.status.listeners import MOST_READ

log = logging.getLogger(__name__)

LOOK_LIMIT = 1.0
"""Seconds for Slack to show a thread's parent. Our acknowledgement, due after three, waits."""
_LEFT_ALONE = frozenset({GenerationState.DONE, GenerationState.EXPIRED, GenerationState.STOPPED})
"""States that *Retry* leaves out; it is offered for sequences that ended otherwise."""


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """Reads what is noted of a thread, and looks at its parent message if nothing is."""

    context: AnsweringContext

    async def videos(self, origin: Origin) -> tuple[VideoId, ...]:
        """Returns the videos that the thread is about; none outside a thread.

        Raises:
            NotWrittenError: Redis does not answer.
        """
        if origin.thread is None:
            return ()
        async with in_time():
            known = await self.context.stores.threads.videos(origin.channel, origin.thread)
        return known or await self._of_parent(origin)

    async def repeated(self, origin: Origin) -> Order:
        """Returns what *Regenerate again*, or *Retry*, starts under the thread's newest outcome.

        Raises:
            NothingToRepeat: nothing has ended there, or it is no thread.
            NotWrittenError: Redis does not answer.
        """
        async with in_time():
            ended = await self._ended(origin)
        if not ended:
            raise NothingToRepeat(in_thread=True)
        return _again(max(ended, key=lambda each: each.ended_at or 0.0))

    async def _ended(self, origin: Origin) -> list[Request]:
        """Returns the requests on the thread's videos that have ended in it.

        Raises:
            NothingToRepeat: it is no thread.
        """
        if origin.thread is None:
            raise NothingToRepeat(in_thread=False)
        stores = self.context.stores
        known = await stores.threads.videos(origin.channel, origin.thread)
        found = [await stores.requests.newest(video=each, most=MOST_READ) for each in known]
        return [
            each
            for requests in found
            for each in requests
            if each.ended
            and each.outcome is not Outcome.REJECTED  # it never started
            and each.thread == origin.thread  # unique in its channel only, which comes next
            and self.context.access.points_to(origin.channel, each)
        ]

    async def _of_parent(self, origin: Origin) -> tuple[VideoId, ...]:
        """Returns the videos that the parent names; none without a history scope."""
        try:
            async with FairTimeout(LOOK_LIMIT):
                answer = await self.context.slack.ask(
                    "conversations.replies", channel=origin.channel, ts=origin.thread, limit=1
                )
        except (SlackError, TimeoutError) as error:
            log.info("what a thread is about is not known: %r", error)
            return ()
        messages = [each for each in answer.get("messages") or () if each["ts"] == origin.thread]
        return videos_in(messages[0], self.context.effects) if messages else ()


def _again(request: Request) -> Order:
    """Returns the order that the button under its outcome carries."""
    bad = [each for each in request.generations if each.state not in _LEFT_ALONE]
    sequences = tuple(each.sequence for each in bad or request.generations)
    order, since = request.order, request.ended_at
    return Order(order.video, Selection(ids=sequences), order.effect, order.image, since=since)
