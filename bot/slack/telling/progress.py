"""Progress in the announcement: the newest state or none, and never beyond Slack's budget."""

import asyncio
import logging
import time

from bot.domain.progress import Progress
from bot.domain.request import Request, RequestId, State
from bot.slack.connection.web_api import SlackBusyError, SlackError
from bot.slack.telling.courier import Courier
from bot.store.door import StoreAwayError
from bot.store.generations import Generations
from bot.store.learned import Learned
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
MOST_REMEMBERED = 10_000
"""Messages whose last state is remembered, so that nothing is edited into what it shows."""


class ProgressEdits:
    """Holds the newest progress of each running request until it may be shown."""

    def __init__(self, store: Generations, learned: Learned) -> None:
        self._store = store
        self._learned = learned
        self._wanted: dict[RequestId, tuple[Request, Progress]] = {}
        self._not_before: dict[RequestId, float] = {}
        self._shown: dict[RequestId, Progress] = {}
        self._paused_until = 0.0

    def note(self, request: Request, progress: Progress) -> None:
        """Takes the place of what was to be shown before."""
        if request.message is not None and self._shown.get(request.id) != progress:
            self._wanted[request.id] = (request, progress)

    async def run(self, courier: Courier) -> None:
        """Edits what may be edited, until cancelled."""
        while True:
            await asyncio.sleep(TICK)
            try:
                await self._round(courier)
            except StoreAwayError:
                log.debug("no progress is shown while Redis is away")

    async def _round(self, courier: Courier) -> None:
        now = time.monotonic()
        if now < self._paused_until:
            return
        due = [each for each in self._wanted if self._not_before.get(each, 0.0) <= now]
        for request_id in due:
            if not await self._runs(request_id):
                self._forget(request_id)
                continue
            wait = await self._store.take_turn(EDITS, BETWEEN)
            if wait > 0:
                self._paused_until = now + wait
            else:
                await self._edit(courier, request_id)
            return

    async def _runs(self, request_id: RequestId) -> bool:
        current = await self._store.load(request_id)
        return current is not None and current.state is State.PENDING

    def _forget(self, request_id: RequestId) -> None:
        for each in (self._wanted, self._not_before, self._shown):
            each.pop(request_id, None)

    async def _edit(self, courier: Courier, request_id: RequestId) -> None:
        wait = await self._store.take_turn(request_id, SHORTEST)
        self._not_before[request_id] = time.monotonic() + (wait or SHORTEST)
        if wait > 0:  # another replica has just edited it
            return
        request, progress = self._wanted.pop(request_id)
        if len(self._shown) >= MOST_REMEMBERED:
            self._shown.clear()
            self._not_before.clear()
        self._shown[request.id] = progress
        facts = await self._learned.facts()
        try:
            await courier.show_progress(request, progress, facts.seconds)
        except SlackBusyError as busy:
            self._paused_until = time.monotonic() + busy.retry_after
        except SlackError as error:
            log.info("progress not shown: %r", error, extra=about(request))
