"""Tells outcomes, in the thread or else in private, and edits cards a last time."""

import logging
from collections.abc import Sized
from dataclasses import replace
from typing import Protocol

from bot import metrics
from bot.domain import events
from bot.domain.budget import Priority, Turn
from bot.domain.errors import UserError
from bot.domain.request import Request
from bot.domain.video import VideoId
from bot.slack.answering import privately
from bot.slack.answering.modals import answer_in_modal, at_home
from bot.slack.answering.nearby import NearbyVideos
from bot.slack.answering.others_requests import OthersRequests
from bot.slack.blocks.did_you_mean import did_you_mean
from bot.slack.blocks.message import Message
from bot.slack.blocks.placing import place_question
from bot.slack.blocks.problems import problem_message
from bot.slack.connection.errors import SlackRefusedError, SlackUnclearError
from bot.slack.connection.limits import EDIT
from bot.slack.telling import messages
from bot.slack.telling.apology import NobodyToldError
from bot.slack.telling.context import TellingContext
from bot.slack.telling.own_messages import CannotLookError
from bot.slack.telling.posting import LEASE, OUTCOME, Poster, edit
from bot.store.estimates import Estimates
from bot.superseding import superseded_by
from bot.transitions import about

log = logging.getLogger(__name__)


class StoryboardRefresher(Protocol):
    """Knows where else a video is shown."""

    async def of(self, video: VideoId) -> Sized:
        """Returns the messages that show it."""

    async def refresh(self, video: VideoId) -> None:
        """Shows it there as it is now, once the turns for that were taken.

        Raises:
            SlackError: try it again.
        """


class Outcomes:
    """Tells what came of requests."""

    def __init__(
        self,
        context: TellingContext,
        estimates: Estimates,
        storyboards: StoryboardRefresher,
        nearby: NearbyVideos,
        *,
        uploads: bool,
    ) -> None:
        """Has each finished video uploaded to its thread too, if `uploads` is set."""
        self._context = context
        self._slack = context.slack
        self._store = context.store
        self._transitions = context.transitions
        self._languages = context.languages
        self._access = context.access
        self._others = OthersRequests(context.store, context.access)
        self._poster = Poster(context)
        self._estimates = estimates
        self._storyboards = storyboards
        self._nearby = nearby
        self._uploads = uploads

    async def tell(self, request: Request) -> None:
        """Says what came of it, but nothing that was said already."""
        if request.message is None:  # it ended before it was announced
            if request.problem is not None:
                await self._say_privately(request, request.problem)
            await self._transitions.apply(request, events.Told())
            return
        if request.reply is None and not request.reply_lost:
            request = await self._reply(request)
            if request.thread is not None:  # an older release may not have noted it
                await self._store.threads.belongs(
                    request.origin.channel, request.thread, request.order.video
                )
        if request.reply_lost and not request.told_privately:
            request = await self._notify(request)
        await self._close(request)

    async def _reply(self, request: Request) -> Request:
        texts = await self._languages.in_channel(request.origin.channel)

        def build(saved: Request) -> Message:
            return messages.outcome(saved, texts)

        try:
            request, ts = await self._poster.once(request, OUTCOME, build)
        except (SlackRefusedError, CannotLookError) as error:
            # It may stand, so it is not posted again but told in private and in the announcement.
            log.warning("no outcome in its thread: %r", error, extra=about(request))
            request = await self._context.reload(request)
            return await self._transitions.apply(request, events.ReplyLost(), after=LEASE)
        return self._timed(await self._transitions.record(request, events.Told(ts), after=LEASE))

    async def _notify(self, request: Request) -> Request:
        """Tells the outcome where its person is notified of it; the announcement tells it too."""
        texts = await self._languages.of(request.origin.user)
        try:
            await privately.notify(
                self._slack, request.origin, messages.told_elsewhere(request, texts)
            )
        except (SlackRefusedError, SlackUnclearError) as error:  # the announcement tells it too
            log.warning("perhaps not told in private: %r", error, extra=about(request))
            return request
        told = await self._transitions.record(request, events.ToldPrivately(), after=LEASE)
        return self._timed(told)

    def _timed(self, told: Request) -> Request:
        metrics.OUTCOME_SECONDS.labels(told.outcome).observe(self._store.now() - told.origin.at)
        return told

    async def _close(self, request: Request) -> None:
        """Edits the announcement one last time. To repeat the edit does no harm.

        Raises:
            NobodyToldError: nobody was told yet, and the announcement cannot tell it either.
        """
        # One turn for all of them, since refreshing storyboards takes none of its own.
        calls = 1 + len(await self._storyboards.of(request.order.video))
        turn = Turn(Priority.CLOSING, request.id, calls)
        await self._slack.take_turn(EDIT, request.origin.channel, turn)
        texts = await self._languages.in_channel(request.origin.channel)
        try:
            await edit(self._slack, request, messages.closing(request, texts))
        except SlackRefusedError as refused:
            log.info("announcement not edited: %s", refused, extra=about(request))
            if request.reply is None and not request.told_privately:
                raise NobodyToldError(refused.reason) from refused
        await self._storyboards.refresh(request.order.video)
        newer = await superseded_by(request, self._store)
        if newer is not None and newer != request.superseded_by:
            request = await self._transitions.apply(request, events.Superseded(newer), after=LEASE)
        await self._transitions.apply(request, events.Closed(upload=self._uploads))

    async def fade(self, request: Request) -> None:
        """Takes the buttons off the card of a request that a later one has superseded."""
        if request.reply is not None and request.superseded_by is not None:
            turn = Turn(Priority.CLOSING, request.id)
            await self._slack.take_turn(EDIT, request.origin.channel, turn)
            newer = await self._store.load(request.superseded_by)
            where = newer.message if newer is not None else None
            # No link leads where readers of this channel may not look.
            there = newer is not None and self._access.points_to(request.origin.channel, newer)
            link = (
                self._languages.channel.link(newer.origin.channel, where, newer.origin.thread)
                if newer and where and there
                else None
            )
            place = {"channel": request.origin.channel, "ts": request.reply}
            try:
                texts = await self._languages.in_channel(request.origin.channel)
                card = messages.faded(request, link, texts)
                await self._slack.say(EDIT, place, card, admitted=True)
            except SlackRefusedError as refused:
                log.info("older card not edited: %s", refused, extra=about(request))
        await self._transitions.apply(request, events.Faded())

    async def _say_privately(self, request: Request, error: UserError) -> None:
        texts = await self._languages.of(request.origin.user)
        estimate, origin = await self._estimates.current(), request.origin
        if not await self._access.sees_credits(origin.user, origin.teams):
            estimate = replace(estimate, left=None)
        error = await self._others.pointed_to(error, request)
        if await self._context.forms.tell(request, error):
            return
        near = await self._nearby.to(error, origin)
        if near:
            wanted = replace(request.order, since=origin.at)
            message = did_you_mean(error, wanted, near, origin.thread, texts)
            await privately.tell(self._slack, origin, message)
            return
        message = problem_message(
            error,
            texts,
            order=request.order,
            thread=origin.thread,
            estimate=estimate,
            since=origin.at,
        )
        if at_home(origin):  # a view has no channel in which a yes would start
            place_question(message.blocks, origin.channel)
        if not await answer_in_modal(self._slack, origin, message, texts):
            await privately.tell(self._slack, origin, message)
