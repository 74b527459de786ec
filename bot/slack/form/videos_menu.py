"""Offers videos in the form's menu: those worked on lately, and whatever is typed."""

import contextlib
import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.command import VideoRef
from bot.domain.errors import NotAllowed, NotAVideo
from bot.domain.names import MOST_TYPED, folded
from bot.domain.parsing import video_ref
from bot.domain.request import ChannelId, UserId
from bot.domain.video import VideoId
from bot.fair_timeout import FairTimeout
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import WITHIN
from bot.slack.answering.interactions import in_view
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.form.fields import VIDEO, form_context
from bot.slack.form.view import video_option
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VideosMenu:
    """Offers videos from Redis alone, without IACrea: Slack waits three seconds for them."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the menu, which asks for its options as somebody types."""
        return (Route(RouteKind.OPTIONS, VIDEO, self.offer),)

    async def offer(self, args: AsyncArgs) -> None:
        """Offers the videos that fit what is typed; while Redis is away, the typed id itself."""
        body = args.body
        if not self._may(body):
            await args.ack(options=[])  # a menu has no place to say why
            return
        typed, channel = str(body.get("value") or "").strip(), form_context(body["view"]).channel
        try:
            async with FairTimeout(WITHIN):
                found = await self._found(typed, channel, UserId(body["user"]["id"]))
        except (StoreAwayError, TimeoutError):
            log.warning("no videos to offer: Redis does not answer")
            meant = _read(typed)
            found = {meant.id: None} if meant is not None and meant.id is not None else {}
        await args.ack(options=_options(found))

    def _may(self, body: dict[str, Any]) -> bool:
        """Returns whether that person may use the form."""
        with contextlib.suppress(NotAllowed):
            self.context.access.check_at_hand(in_view(body, self.context.intake.now()), None)
            return True
        return False

    async def _found(
        self, typed: str, channel: ChannelId | None, user: UserId
    ) -> dict[VideoId, str | None]:
        """Returns videos with their names, first the one that is called exactly that."""
        recent, meant = await self.context.stores.videos.recent(channel, user), _read(typed)
        named = None if meant is None else await self._named(meant, channel, recent)
        ids = [*([] if named is None else [named]), *recent]
        names = await self.context.stores.videos.names(dict.fromkeys(ids))
        wanted = comparable(typed)
        # `named` always fits: what was typed may be `last` or a link, which no name contains.
        fitting = [
            each
            for each in ids
            if each == named or wanted in folded(each) or wanted in folded(names.get(each, ""))
        ]
        # An id that nobody used here yet can be chosen too: IACrea is asked when it is.
        if named is None and meant is not None and meant.id is not None:
            fitting.append(meant.id)
        return {each: names.get(each) for each in fitting}

    async def _named(
        self, meant: VideoRef, channel: ChannelId | None, recent: list[VideoId]
    ) -> VideoId | None:
        if not meant.last:
            return None if meant.name is None else await self.context.stores.videos.find(meant.name)
        if channel is None:
            return next(iter(recent), None)  # `last` outside a channel is one's own last video
        return await self.context.stores.videos.last(channel)


def _read(typed: str) -> VideoRef | None:
    try:
        return video_ref(typed) if typed else None
    except NotAVideo:
        return None


def _options(found: dict[VideoId, str | None]) -> list[dict[str, Any]]:
    return [video_option(video, name).to_dict() for video, name in found.items()]


def comparable(typed: str) -> str:
    """Returns the text to look for in ids and names."""
    return folded(typed[:MOST_TYPED])
