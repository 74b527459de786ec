"""SPENDS ONCE: checks accepted requests, submits announced ones, gives up what takes too long."""

import asyncio
import contextlib
import logging
from dataclasses import replace

from bot import metrics, tracing
from bot.after_render import Line
from bot.checks import LIMIT, TRIES, Checks
from bot.domain import events, line
from bot.domain.backoff import backoff
from bot.domain.errors import (
    AlreadyRunning,
    AskFirst,
    HourlyLimit,
    TooLate,
)
from bot.domain.request import Generation, Request, RequestId, State
from bot.iacrea import errors as iacrea_errors
from bot.iacrea.client import IACrea
from bot.iacrea.pictures import LooksBusyError, Pictures
from bot.iacrea.problems import refusal, user_error
from bot.store.errors import (
    OvertakenError,
    SequenceTakenError,
    StoreAwayError,
    UnreadableRecordError,
)
from bot.store.queues import Queue
from bot.store.stores import Stores
from bot.superseding import supersede
from bot.transitions import Transitions, about

log = logging.getLogger(__name__)

LEASE = 6.0
"""Seconds for which a step belongs to the process that claimed it."""
SEND_LIMIT = 12.0
"""Seconds for the POST; past them its answer counts as lost."""
SEND_LEASE = SEND_LIMIT + 2.0
"""Seconds after which a POST whose process died counts as lost."""
SOON = 0.5
"""Seconds within which a request that was just accepted is announced, as a rule."""
STALE_AFTER = 1800.0
"""Seconds after which a request is not started any more. For as long Slack lets the bot answer in
private (docs.slack.dev/interactivity/handling-user-interaction, `response_url`)."""


class Regenerator:
    """Takes the steps of a request that need IACrea; the process that claimed a step takes it."""

    def __init__(
        self, stores: Stores, iacrea: IACrea, pictures: Pictures, *, timeout: float
    ) -> None:
        """`timeout` is the seconds after which the bot stops watching a generation."""
        self._store = stores.requests
        self._transitions = Transitions(stores.requests, timeout)
        self._videos = stores.videos
        self._estimates = stores.estimates
        self._iacrea = iacrea
        self._checks = Checks(stores, iacrea, pictures)
        self._line = Line(stores.requests, self._transitions)

    async def step(self, request_id: str) -> None:
        """Takes the next step of the request of that id."""
        request = await self._store.load(RequestId(request_id))
        if request is None:
            # Its record is gone, as after `regen-bot forget`, and it would be claimed for ever.
            await self._store.forget(Queue.STEPS, request_id)
            return
        try:
            await self._next(request)
        except OvertakenError:
            log.debug("overtaken", extra=about(request))
        except LooksBusyError:  # this process has its hands full; no try has failed
            await self._store.postpone(Queue.STEPS, request.id, SOON)
        except (StoreAwayError, UnreadableRecordError):
            # It stays due: another release may read what this one cannot.
            raise
        except Exception:
            log.exception("a step failed in a way that nobody foresaw", extra=about(request))
            await self._transitions.end(request.id)

    async def _next(self, request: Request) -> None:
        match request.state:
            case State.ACCEPTED:
                with tracing.step("check", request.id):
                    await self._check(request)
            case State.ANNOUNCED | State.SUBMITTING:
                with tracing.step("submit", request.id):
                    await self._submit(request)
            case State.IN_LINE:
                if not await self._transitions.watched_longer(request):
                    await self._transitions.apply(request, events.TimedOut())
            case State.PENDING:
                if not await self._transitions.watched_longer(request):
                    with tracing.step("give up", request.id):
                        await self._give_up(request)
            case State.CHECKED | State.ENDED | State.TOLD | State.ABANDONED:
                pass  # moved on between the claim and the reading

    async def _check(self, request: Request) -> None:
        """Proves that the video and its sequences exist, before anything is announced or spent."""
        event = self._too_late(request) or await self._checks.look(request)
        wait = backoff(request.tries + request.throttled, first=1.0, most=10.0)
        if isinstance(event, events.Retrying):
            await self._transitions.apply(request, event, after=wait)
            return
        checked = self._transitions.decide(request, event)
        # Also for a refusal below: it is to name the video that was meant, not what was typed.
        request = replace(request, order=checked.order)
        never = self._never(checked)
        if never is not None:
            await self._transitions.apply(request, events.Rejected(never))
            return
        holder = await self._already_ours(checked, event)
        if holder is not None:
            await self._point_to(holder, request)
            return
        try:
            await self._transitions.write(request, checked)
        except SequenceTakenError as taken:
            await self._point_to(taken.holder, request)
        except HourlyLimit as limit:
            await self._transitions.apply(request, events.Rejected(limit))

    def _never(self, checked: Request) -> HourlyLimit | None:
        """Returns what forbids it even after a yes, so that nobody is asked, or waits, in vain."""
        asking = checked.problem
        if isinstance(asking, AskFirst):
            return self._store.over_limit(asking.positions)
        waits = checked.order.after_render and not checked.ended
        positions = tuple(each.position for each in checked.generations)
        return self._store.over_limit(positions) if waits else None

    async def _already_ours(self, checked: Request, event: events.Event) -> RequestId | None:
        """Returns our request for which IACrea is generating the sequence already, if any."""
        asking = checked.problem
        if not isinstance(event, events.Checked) or not isinstance(asking, AskFirst):
            return None
        sequences = event.video.sequences or ()
        held = asking.pending if not asking.repeated else asking.positions
        ids = [sequences[position - 1].id for position in held if position]
        holder = await self._store.holder(event.video.id, ids)
        return None if holder == checked.order.over else holder

    async def _submit(self, request: Request) -> None:
        """Sends the next POST, having written down that it is about to be sent."""
        if request.sending is not None:  # the process that sent it died, so its answer is lost
            metrics.TAKEOVERS.labels("submit").inc()
            await self._transitions.apply(request, events.Lost())
            return
        if (ready := await self._ready(request)) is None:
            return
        request = ready
        if request.state is State.ANNOUNCED:
            # Not earlier: a request that is refused would decide what `last` means to others.
            await self._worked_on(request)
        # Before the POST, since its price is what the balance loses by it.
        left = (await self._estimates.current()).priced_from
        # While Redis confirms no write, we begin none that would have to be taken back.
        await self._store.replicas.probe()
        try:
            sending = await self._write_intent(request)
        except HourlyLimit as limit:  # of one that waited: it counts only now
            await self._transitions.apply(request, events.Rejected(limit))
            return
        if sending.sending is None:
            return
        event, after = await self._send(sending, sending.sending)
        if isinstance(event, events.Submitted):
            event = replace(event, left=left)
        result = await self._record(sending, event, after)
        if isinstance(event, events.Submitted):
            costs = {each.sequence: each.credits_used for each in result.generations}
            await self._learn(costs[sending.sending.sequence], event.receipt.credits_left)

    async def _ready(self, request: Request) -> Request | None:
        """Returns the request as it may be sent; None where it may not be any more, or not yet.

        To be late is what those asked for that waited for a render. They are checked again.
        """
        if request.order.after_render and request.state is State.ANNOUNCED:
            return await self._line.checked(request, self._checks)
        late = self._too_late(request)
        if late is not None:
            # When some of its sequences were sent already, only the others are refused.
            refused = late if request.state is State.ANNOUNCED else events.Refused(late.problem)
            await self._transitions.apply(request, refused)
        return None if late is not None else request

    async def _worked_on(self, request: Request) -> None:
        """Notes what `last` and a name mean now, once a request was let in and announced."""
        order, origin = request.order, request.origin
        if order.after_render:
            await supersede(request, self._store, self._transitions)
        await self._videos.touch(order.video, origin.user, origin.channel)
        if order.called is not None:
            await self._videos.note_meaning(origin.user, order.called, order.video)

    async def _write_intent(self, request: Request) -> Request:
        """Writes down that the next POST is about to be sent.

        If Redis does not confirm it, it may have it all the same, though nothing was sent. Only
        this process knows that, and says so as soon as Redis takes writes, also while it stops.
        """
        intent = self._transitions.decide(request, events.Sending())
        try:
            return await self._transitions.write(request, intent, after=SEND_LEASE)
        except (StoreAwayError, asyncio.CancelledError):
            # As Redis has it if it took it, so that no other process's note is taken back.
            await self._record(replace(intent, version=intent.version + 1), events.NotSent(), 0.0)
            raise

    async def _send(self, request: Request, generation: Generation) -> tuple[events.Event, float]:
        """Sends the POST once; returns what came of it, and in how many seconds to go on."""
        order = request.order
        pause = backoff(request.tries + request.throttled, first=1.0, most=60.0)
        try:
            async with asyncio.timeout(SEND_LIMIT):
                receipt = await self._iacrea.regenerate(
                    order.video, generation.sequence, effect=order.effect, image=order.image
                )
        except iacrea_errors.RateLimitedError as limited:
            return events.Throttled(), pause if limited.retry_after is None else limited.retry_after
        except iacrea_errors.RefusedError as refused:
            return events.Refused(refusal(refused, order, generation)), 0.0
        except iacrea_errors.NotSentError as unsent:
            log.warning("the POST was not sent (%s)", unsent.detail, extra=about(request))
            if request.tries + 1 < TRIES:
                return events.NotSent(), pause
            return events.Refused(user_error(unsent, order.video)), 0.0
        # Whatever else went wrong, the POST may have arrived, and it is never sent again.
        except (iacrea_errors.IACreaError, TimeoutError) as error:
            metrics.LOST_POSTS.inc()
            log.warning("the POST's answer is lost (%s)", error, extra=about(request))
            return events.Lost(), 0.0
        return events.Submitted(receipt), 0.0

    async def _record(self, sending: Request, event: events.Event, after: float) -> Request:
        """Writes down what came of the POST, even if Redis is away just then; returns it."""
        try:
            return await self._transitions.record(sending, event, after=after, own=True)
        except StoreAwayError:  # the next process takes its answer for lost, and watches the video
            log.warning(
                "what came of a POST is not written down: Redis is away", extra=about(sending)
            )
            return self._transitions.decide(sending, event)

    async def settle(self) -> None:
        """Waits, at the stop, until what came of POSTs is written down."""
        await self._transitions.settle()

    async def _learn(self, cost: float | None, left: float | None) -> None:
        """Notes the balance, from which the price of the next POST follows, whoever sends it."""
        with contextlib.suppress(StoreAwayError):
            await self._estimates.note_cost(cost, left)

    async def _give_up(self, request: Request) -> None:
        """Looks one last time, as the bot may have been away, and stops watching."""
        at = self._store.now()
        try:
            async with asyncio.timeout(LIMIT):
                video = await self._iacrea.video(request.order.video)
            seen = self._transitions.decide(request, events.Seen(video, at))
        except Exception:  # noqa: BLE001 - whatever it is, the watching ends
            log.info("no last look at the video", extra=about(request))
            seen = request
        # In one write, so that an end which the look has shown counts more than the time.
        late = self._transitions.decide(seen, events.TimedOut())
        await self._transitions.write(request, late)

    async def _point_to(self, holder: RequestId, request: Request) -> None:
        """Rejects a request in favour of the first one, once that one has a message to point to.

        Whether this person may see it is checked when they are told.
        """
        first = await self._store.load(holder)
        where = first.message or first.origin.thread if first is not None else None
        if where is None and request.tries + 1 < TRIES:
            await self._transitions.apply(request, events.Retrying(), after=SOON)
            return
        # Whose it is and where is not kept: who may see that is judged when they are told.
        running = AlreadyRunning(request=holder, by="", channel="", message=None)
        await self._transitions.apply(request, events.Rejected(running))

    def _too_late(self, request: Request) -> events.Rejected | None:
        now = self._store.now()
        # What waited for a render is late once its first sequence was sent so long ago.
        late = now - line.began(request) > STALE_AFTER
        return events.Rejected(TooLate(round((now - request.origin.at) / 60))) if late else None
