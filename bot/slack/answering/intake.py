"""Accepts requests: written to Redis first, and only then acknowledged."""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot import metrics
from bot.deliveries import SLACK_WAITS, slack_waits
from bot.domain.command import MeantVideo, VideoRef
from bot.domain.errors import NoLastVideo, NotAVideo, UserError
from bot.domain.request import ChannelId, Origin, Request, RequestId, State
from bot.fair_timeout import FairTimeout
from bot.slack.answering.access import Access
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import plain, problem_message
from bot.slack.blocks.texts import Texts
from bot.slack.connection.errors import SlackError
from bot.slack.connection.under_way import UnderWay
from bot.store.errors import OvertakenError, StoreAwayError
from bot.store.records import KEPT
from bot.store.requests import Accepted, Requests
from bot.store.videos import Videos
from bot.transitions import about, note

log = logging.getLogger(__name__)

WITHIN = 1.0
"""Seconds within which Redis must have taken a request: Slack waits three for the answer."""
MOST_UNDER_WAY = 500
"""Deliveries that one process works on at a time. Of more, the last would miss Slack's deadline."""
UNCONFIRMED = 10.0
"""Grace period (s) before an unconfirmed request may start, so that we can still withdraw it if we
told its user no. Redis is away for less than that as a rule."""
WITHDRAWALS = 300
"""How often we try to withdraw a request that Redis may have taken without our hearing of it."""
PAUSE = 0.2
"""Seconds between two tries; a worker that could claim the request looks less often."""

Listener = Callable[[AsyncArgs], Awaitable[None]]
Ask = Callable[[Request], Coroutine[Any, Any, None]]


class NotWrittenError(Exception):
    """Redis did not take the request in time, so nothing will be started."""


class BusyError(Exception):
    """More is waiting than can be started soon, so nothing will be started."""


@contextlib.asynccontextmanager
async def in_time() -> AsyncIterator[None]:
    """Gives Redis `WITHIN` to answer all that is asked of it within the block.

    Raises:
        NotWrittenError: it does not answer.
    """
    try:
        async with FairTimeout(WITHIN):
            yield
    except (StoreAwayError, TimeoutError) as error:
        raise NotWrittenError from error


class Intake:
    """Writes requests to Redis, which is what makes them ours to finish."""

    def __init__(
        self,
        store: Requests,
        videos: Videos,
        access: Access,
        ask: Ask,
        under_way: UnderWay,
    ) -> None:
        """`ask` asks a person whom Slack told that it failed whether to start it all the same."""
        self._store = store
        self._videos = videos
        self._ask = ask
        self._access = access
        self._under_way = under_way

    def now(self) -> float:
        """Returns Unix time in seconds, by Redis's clock."""
        return self._store.now()

    async def video(self, ref: VideoRef, channel: ChannelId) -> MeantVideo:
        """Returns the video that somebody means in that channel; looks up only what is unclear.

        If an id may look like a name, IACrea has the last word: an id that exists wins.

        Raises:
            NoLastVideo, NotAVideo: there is none.
            NotWrittenError: Redis does not answer.
        """
        if ref.id is not None and ref.name is None:
            return MeantVideo(ref.id)  # it can be no name
        async with in_time():
            found = await self._look_up(ref, channel)
        if found is None:
            raise NoLastVideo if ref.last else NotAVideo(typed=ref.typed)
        return found

    async def _look_up(self, ref: VideoRef, channel: ChannelId) -> MeantVideo | None:
        if ref.last:
            last = await self._videos.last(channel)
            return None if last is None else MeantVideo(last)
        named = await self._videos.find(ref.name or "")
        if named is None:
            return None if ref.id is None else MeantVideo(ref.id)
        if ref.id is None:
            return MeantVideo(named, called=ref.typed)
        return MeantVideo(ref.id, called=ref.typed, instead=named)

    async def seen(self, request_id: RequestId, origin: Origin) -> Request | None:
        """Returns the request of that id if this person may see it there, whatever a button says.

        Raises:
            NotWrittenError: Redis does not answer.
        """
        async with in_time():
            found = await self._store.load(request_id)
        return found if found is not None and self._access.sees(origin, found) else None

    async def accept(self, request: Request) -> None:
        """Writes the request down, once however often Slack delivers it.

        One that Slack has given up is not written down: its person was told that it failed, and may
        have asked again already. They are asked what they want.

        Raises:
            NotAllowed: that person may not spend credits, or not there.
            NotWrittenError, BusyError: nothing will be started.
        """
        self._access.check_at_hand(request.origin, request.origin.channel)
        # To say no at once is better than to be late for everybody.
        if len(self._under_way) > MOST_UNDER_WAY:
            raise BusyError
        accepted = Accepted.LATE if _too_late(request) else await self._written(request)
        if accepted is Accepted.BUSY:
            log.warning("too many requests are waiting to be started", extra=about(request))
            raise BusyError
        # Redis's own clock found it late, though Slack still waits: it took its whole second.
        if accepted is Accepted.LATE and not _too_late(request):
            raise NotWrittenError
        if accepted is Accepted.LATE:
            self._under_way.begin(self._given_up(request))
        elif accepted is Accepted.SAVED and _too_late(request):
            self._under_way.begin(self._take_back(request))
        elif accepted is Accepted.SAVED:
            note(None, request)
            # Only now, so that the acknowledgement does not wait for a second write.
            self._under_way.begin(self._start(request))

    async def _written(self, request: Request) -> Accepted:
        """Returns what Redis made of it; withdraws it where we do not know.

        Raises:
            NotWrittenError: nothing will be started.
        """
        try:
            return await self._write(request)
        except (StoreAwayError, TimeoutError) as error:
            why = str(error) or type(error).__name__
            log.warning("not written down: %s", why, extra=about(request))
            self._under_way.begin(self._withdraw(request))
            raise NotWrittenError from error

    async def _write(self, request: Request) -> Accepted:
        """Returns Redis's verdict; LATE only if Redis took too long, or Slack gave the request up.

        Raises:
            StoreAwayError, TimeoutError: it may have been written, or not.
        """
        accepted = Accepted.LATE
        async with FairTimeout(WITHIN) as limit:
            # Once more where it reached Redis late only because this event loop stood still.
            while (
                accepted is Accepted.LATE
                and (within := min(limit.left(), _slack_waits(request))) > 0
            ):
                accepted = await self._store.accept(request, within=within, after=UNCONFIRMED)
        return accepted

    async def _given_up(self, request: Request) -> None:
        """Asks the person, unless an earlier delivery of the same came in time."""
        # While Redis is away nobody knows; to ask once too often costs nothing.
        with contextlib.suppress(StoreAwayError):
            if await self._store.load(request.id) is not None:
                return
        log.warning("not started: it came when Slack had given it up", extra=about(request))
        metrics.GIVEN_UP.inc()
        # It was sent as long ago as has gone by of Slack's wait.
        sent = self.now() - SLACK_WAITS + slack_waits()
        since = sent if request.order.since is None else request.order.since
        await self._ask(replace(request, order=replace(request.order, since=since)))

    async def _take_back(self, request: Request) -> None:
        """Undoes a write that Slack had given up by the time it was done, and asks the person.

        The record goes altogether, so that a yes, or the same form again, can start it anew.
        """
        await self._withdraw(request, kept=0)
        await self._given_up(request)

    async def _start(self, request: Request) -> None:
        """Makes it due now; where the process dies before, it is due after its grace period."""
        with contextlib.suppress(StoreAwayError):
            await self._store.start(request.id)

    async def _withdraw(self, request: Request, kept: int = KEPT) -> None:
        """Withdraws a request whose person was told no, as Redis may have it nevertheless."""
        for _ in range(WITHDRAWALS):
            if await self._withdrawn(request, kept):
                return
            await asyncio.sleep(PAUSE)
        log.warning("could not withdraw it", extra=about(request))

    async def _withdrawn(self, request: Request, kept: int) -> bool:
        try:
            # As one that was told, so that nobody starts it and nothing more is said of it.
            await self._store.save(replace(request, state=State.TOLD), kept=kept)
        except StoreAwayError:
            return False
        except OvertakenError:
            return True  # it was never written
        return True


def _slack_waits(request: Request) -> float:
    """Returns for how long Slack waits (s): for ever if nothing is spent, as in watching."""
    return math.inf if request.order.watch else slack_waits()


def _too_late(request: Request) -> bool:
    return _slack_waits(request) <= 0


async def explained(
    answer: Awaitable[Message | None] | Awaitable[None], texts: Callable[[], Awaitable[Texts]]
) -> Message | None:
    """Returns what to tell that person alone: the answer, or what went wrong in plain words."""
    try:
        return await answer
    except UserError as error:
        return problem_message(error, await texts())
    except (NotWrittenError, StoreAwayError):
        return plain("not-written-down", await texts())
    except BusyError:
        return plain("busy", await texts())
    except SlackError as trouble:
        log.warning("a delivery could not be answered (%s)", trouble)
        return plain("slack-in-trouble", await texts())
    except Exception:
        log.exception("a delivery could not be answered")
        return plain("sorry", await texts())
