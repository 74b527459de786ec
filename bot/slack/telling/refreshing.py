"""Keeps things current in Slack: shows only their newest state, after all other calls."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Generic, Protocol

from bot.cache import Cache, Key, Value
from bot.domain.budget import Priority, Turn
from bot.slack.connection.errors import SlackBusyError, SlackError
from bot.slack.connection.web_api import WebApi
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds between two looks at what is out of date."""
MOST_REMEMBERED = 2**20
"""Bytes to remember when things may be shown again, enough for some 4,000 things."""


@dataclass(frozen=True, slots=True)
class Refreshment:
    """Holds what to send so that one thing shows its newest state.

    Attributes:
        send: sends it, once its turn was taken. It may raise SlackError, and is prepared anew then.
        calls: how many calls that takes.
    """

    send: Callable[[], Awaitable[None]]
    calls: int = 1


class NewestStates(Generic[Key, Value]):
    """Holds the newest state of each thing until it may be shown.

    It also remembers what was shown, which spares edits without a change.
    """

    def __init__(self, size: Callable[[Value], int], *, most: int) -> None:
        """`size` and `most` are as of `Cache`, for what is wanted and for what was shown."""
        self._wanted: Cache[Key, Value] = Cache(size, most=most)
        self._shown: Cache[Key, Value] = Cache(size, most=most)

    def want(self, key: Key, state: Value) -> None:
        """Notes what to show, in the place of what was noted before."""
        if self._shown.get(key) != state:
            self._wanted[key] = state

    def wanted(self) -> Collection[Key]:
        """Returns what has something to be shown."""
        return tuple(self._wanted)

    def take(self, key: Key) -> Value | None:
        """Returns what to show, which counts as shown from now on; None if there is nothing.

        It is taken before the edit, so that what is noted during it is still shown afterwards.
        """
        state = self._wanted.get(key)
        if state is not None:
            self._wanted.forget(key)
            self._shown[key] = state
        return state

    def forget(self, key: Key) -> None:
        """Forgets a thing that is not shown any more."""
        self._wanted.forget(key)
        self._shown.forget(key)


class Source(Protocol):
    """Provides things of one kind that are kept current.

    Attributes:
        method: Slack's method that shows them.
        apart: seconds between two calls for one of them, by all replicas together.
    """

    method: str
    apart: float

    async def out_of_date(self) -> Collection[str]:
        """Returns the names of those that may be out of date, the longest waiting first."""

    async def prepare(self, name: str) -> Refreshment | None:
        """Returns what to send for one of them; None if it is current after all."""


class Refreshing:
    """Shows in one loop whatever is out of date, as far as Slack's limits leave room for it."""

    def __init__(self, slack: WebApi) -> None:
        self._slack = slack
        self._not_before: Cache[str, float] = Cache(lambda _: 0, most=MOST_REMEMBERED)
        self._paused: dict[str, float] = {}

    async def run(self, *sources: Source) -> None:
        """Refreshes what these sources have, until cancelled."""
        while True:
            await asyncio.sleep(TICK)
            for source in sources:
                try:
                    await self._round(source)
                except StoreAwayError:
                    log.debug("nothing is refreshed while Redis is away")
                except Exception:  # the others are kept current all the same
                    log.exception("what is out of date could not be refreshed")

    async def _round(self, source: Source) -> None:
        if self._waits(source):
            return
        for name in await source.out_of_date():
            if (self._not_before.get(name) or 0.0) > time.monotonic():
                continue
            await self._refresh(source, name)
            if self._waits(source):
                return

    def _waits(self, source: Source) -> bool:
        return self._paused.get(source.method, 0.0) > time.monotonic()

    async def _refresh(self, source: Source, name: str) -> None:
        refreshment = await source.prepare(name)
        if refreshment is None:
            return
        turn = Turn(Priority.PROGRESS, name, refreshment.calls, source.apart)
        try:
            await self._slack.take_turn(source.method, "", turn)
            self._not_before[name] = time.monotonic() + source.apart * refreshment.calls
            await refreshment.send()
        except SlackBusyError as busy:
            until = time.monotonic() + busy.retry_after
            if busy.of == name:  # another replica has just shown it
                self._not_before[name] = until
            else:
                # By method, since other sources share its limit.
                self._paused[source.method] = until
        except SlackError as error:
            log.info("%s is not current: %r", name, error)
