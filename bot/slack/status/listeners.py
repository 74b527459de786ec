"""Tells what is running and what was spent, and shows the card of a request again."""

import logging
from dataclasses import dataclass, replace

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import ShowRequest
from bot.domain.errors import NoSuchRequest, UserError
from bot.domain.ledger import month
from bot.domain.progress import Progress, Stage, progress
from bot.domain.request import ChannelId, Origin, Request, RequestId, State, UserId
from bot.domain.video import VideoId
from bot.fair_timeout import FairTimeout
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.interactions import pressed, value_of
from bot.slack.blocks.did_you_mean import SHOW
from bot.slack.blocks.message import Message
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.status.messages import (
    Report,
    shown_ended,
    shown_running,
    status,
    without_credits,
)
from bot.store.estimates import Estimates
from bot.store.ledger import Ledger
from bot.store.requests import Requests
from bot.store.videos import Videos

log = logging.getLogger(__name__)

LOOK_LIMIT = 2.0
"""Seconds for IACrea to say how far a video is."""
MOST_READ = 100
"""Requests that are looked through, the newest ones."""


class Reports:
    """Puts reports together. Every method may raise StoreAwayError."""

    def __init__(
        self, store: Requests, videos: Videos, ledger: Ledger, estimates: Estimates
    ) -> None:
        self._store = store
        self._videos = videos
        self._ledger = ledger
        self._estimates = estimates

    async def of(self, *, channel: ChannelId | None = None, user: UserId | None = None) -> Report:
        """Returns the report of a channel, of a person, or of all."""
        found = await self._store.newest(channel=channel, user=user, most=MOST_READ)
        names = await self._videos.names({each.order.video for each in found})
        # By the names of today, as a video may have been named since.
        named = [replace(each, name=names.get(each.order.video, each.name)) for each in found]
        spent = await self._ledger.spent(month(self._store.now()))
        return Report(
            running=tuple(each for each in named if not each.ended),
            ended=tuple(each for each in named if each.ended),
            left=(await self._estimates.current()).left,
            spent=tuple(sorted(spent.items(), key=_most_first)),
        )


@dataclass(frozen=True, slots=True)
class Status:
    """Shows a channel's requests, and the card of one, to whoever asks."""

    context: AnsweringContext
    reports: Reports

    def routes(self) -> tuple[Route, ...]:
        """Returns the button beside each request."""
        return (Route(RouteKind.ACTION, SHOW, self.open),)

    async def show(self, origin: Origin) -> Message:
        """Returns what `/regen status` answers.

        Raises:
            StoreAwayError: Redis does not answer.
        """
        overview = await self.reports.of(channel=origin.channel)
        active = await self.context.stores.follows.active()
        if not await self._sees_credits(origin):
            overview = overview.without_credits()
        points_to = self.context.access.points_to
        # What is followed elsewhere may be private there, and a row links to its card.
        here = tuple(each for each in active if points_to(origin.channel, each))
        overview = replace(overview, followed=here)
        own = None if self.context.access.is_admin(origin.user) else origin.user
        return status(overview.for_one(own), own, await self.context.languages.of(origin.user))

    async def show_request(self, command: ShowRequest, origin: Origin) -> Message:
        """Returns what `/regen show` answers: the card of a request.

        Raises:
            NoSuchRequest, NotAVideo, NoLastVideo: there is none.
            StoreAwayError: Redis does not answer.
        """
        request = await self._find(command, origin)
        # Before it was checked it has no sequences, and so no card.
        if request is None or not request.generations:
            raise NoSuchRequest(command.request)
        return await self._card(request, origin)

    async def open(self, args: AsyncArgs) -> None:
        """Answers «Show» beside a request."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        command = ShowRequest(value_of(args.body), None)
        work = self.show_request(command, origin)
        await privately.explain(self.context, origin, work)

    async def _find(self, command: ShowRequest, origin: Origin) -> Request | None:
        """Finds a request by its id, or else the newest one on the video of that id.

        What is typed may be the id of either. Those that this person may not see are passed over,
        as if there were none.
        """
        video = VideoId(command.request)
        if command.video is not None:
            meant = await self.context.intake.video(command.video, origin.channel)
            video = await self.context.reader.which(meant)
        else:
            request = await self.context.intake.seen(RequestId(command.request), origin)
            if request is not None:
                return request
        # Many, as the newest ones may all be others' whom this person may not see.
        on_it = await self.context.stores.requests.newest(video=video, most=MOST_READ)
        return next((each for each in on_it if self.context.access.sees(origin, each)), None)

    async def _sees_credits(self, origin: Origin) -> bool:
        return await self.context.access.sees_credits(origin.user, origin.teams)

    async def _card(self, request: Request, origin: Origin) -> Message:
        if not await self._sees_credits(origin):
            request = without_credits(request)
        texts = await self.context.languages.of(origin.user)
        if request.ended:
            return shown_ended(request, origin.channel, texts)
        current, usual = None, None
        # Only these wait for IACrea; of the others the record says all.
        if request.state in {State.PENDING, State.IN_LINE}:
            current, usual = await self._look(request.order.video)
        return shown_running(request, current, usual, self.context.intake.now(), texts)

    async def _look(self, video: VideoId) -> tuple[Progress, float | None]:
        """Returns how far IACrea is, and how many seconds others took."""
        try:
            async with FairTimeout(LOOK_LIMIT):
                board = await self.context.reader.at(video)
        except (UserError, TimeoutError) as error:  # the card is worth showing without it
            log.info("its progress is not known: %r", error, extra={"video": video})
            return Progress(Stage.SILENT), None
        return progress(board.video), board.estimate.seconds


def _most_first(spent: tuple[UserId, float]) -> tuple[float, str]:
    user, each = spent
    return -each, user
