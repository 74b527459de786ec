"""Progress in the announcement: the newest state or none, and never beyond Slack's budget."""

import asyncio
import logging
import time

from bot.cache import Cache
from bot.domain.progress import Progress
from bot.domain.request import Request, RequestId, State
from bot.slack.connection.web_api import SlackBusyError, SlackError
from bot.slack.telling import messages
from bot.slack.telling.context import TellingContext
from bot.slack.telling.posting import edit
from bot.store.errors import StoreAwayError
from bot.store.learned import Learned
from bot.store.requests import Requests
from bot.transitions import about

log = logging.getLogger(__name__)

SHORTEST = 3.0
"""Seconds between two edits of one message. Source: issue «main job», and Slack's Tier 3."""
BETWEEN = 1.2
"""Seconds between two of any: chat.update allows 50 a minute for the whole workspace
(docs.slack.dev/apis/web-api/rate-limits, Tier 3), and no outcome must wait for a progress bar."""
EDITS = "edits"
"""Whose turn is taken for `BETWEEN`; no request is called that."""
TICK = 0.25
"""Seconds between two looks at what is to be edited."""
MOST_REMEMBERED = 4 * 2**20
"""Bytes of what is wanted, and of what was shown, so that nothing is edited into what it shows.
Where there is more of it than of some 10,000 requests, the oldest is not shown, or shown again."""


class ProgressEdits:
    """Holds the newest progress of each running request until it may be shown."""

    def __init__(self, store: Requests, learned: Learned) -> None:
        self._store = store
        self._learned = learned
        self._wanted: Cache[RequestId, Progress] = Cache(_size, most=MOST_REMEMBERED)
        self._not_before: Cache[RequestId, float] = Cache(lambda _: 0, most=MOST_REMEMBERED)
        self._shown: Cache[RequestId, Progress] = Cache(_size, most=MOST_REMEMBERED)
        self._paused_until = 0.0

    def note(self, request: Request, progress: Progress) -> None:
        """Takes the place of what was to be shown before."""
        if request.message is not None and self._shown.get(request.id) != progress:
            self._wanted[request.id] = progress

    async def run(self, context: TellingContext) -> None:
        """Edits what may be edited, until cancelled."""
        while True:
            await asyncio.sleep(TICK)
            try:
                await self._round(context)
            except StoreAwayError:
                log.debug("no progress is shown while Redis is away")

    async def _round(self, context: TellingContext) -> None:
        now = time.monotonic()
        if now < self._paused_until:
            return
        due = [each for each in self._wanted if (self._not_before.get(each) or 0.0) <= now]
        for request_id in due:
            request = await self._store.load(request_id)
            if request is None or request.state is not State.PENDING:
                self._forget(request_id)
                continue
            wait = await self._store.take_turn(EDITS, BETWEEN)
            if wait > 0:
                self._paused_until = now + wait
            else:
                await self._edit(context, request)
            return

    def _forget(self, request_id: RequestId) -> None:
        for each in (self._wanted, self._not_before, self._shown):
            each.forget(request_id)

    async def _edit(self, context: TellingContext, request: Request) -> None:
        wait = await self._store.take_turn(request.id, SHORTEST)
        self._not_before[request.id] = time.monotonic() + (wait or SHORTEST)
        progress = self._wanted.get(request.id)
        if wait > 0 or progress is None:  # another replica has just edited it
            return
        self._wanted.forget(request.id)
        self._shown[request.id] = progress
        facts = await self._learned.facts()
        try:
            now, texts = self._store.now(), context.languages.channel
            card = messages.running(request, progress, facts.seconds, now, texts)
            await edit(context.slack, request, card)
        except SlackBusyError as busy:
            self._paused_until = time.monotonic() + busy.retry_after
        except SlackError as error:
            log.info("progress not shown: %r", error, extra=about(request))


def _size(progress: Progress) -> int:
    return len(progress.status)
