"""Following: begun by word or button, by whoever may look; written down, then acknowledged."""

from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain import following
from bot.domain.command import MeantVideo
from bot.domain.errors import NoLongerRunning, NotRunningYet
from bot.domain.follow import Follow, FollowState
from bot.domain.request import Origin, RequestId
from bot.domain.timing import Timing
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import WITHIN, NotWrittenError, in_time
from bot.slack.answering.interactions import (
    in_view,
    press_id,
    pressed,
    request_id,
    value_of,
    video_of,
)
from bot.slack.blocks.following import (
    FOLLOW,
    FOLLOW_THERE,
    KEEP_FOLLOWING,
    STOP_FOLLOWING,
    kept,
    there,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import plain
from bot.slack.connection.routing import Route, RouteKind
from bot.store.errors import OvertakenError


@dataclass(frozen=True, slots=True)
class Following:
    """Begins and ends follows. Nobody needs credits for it, nor the right to spend them."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the buttons that begin a follow, end one, or go on with it."""
        return (
            Route(RouteKind.ACTION, FOLLOW, self.follow),
            Route(RouteKind.ACTION, FOLLOW_THERE, self.follow_there),
            Route(RouteKind.ACTION, STOP_FOLLOWING, self.stop),
            Route(RouteKind.ACTION, KEEP_FOLLOWING, self.keep),
        )

    async def begin(self, name: RequestId, meant: MeantVideo, origin: Origin) -> Message | None:
        """Writes down that a video is followed, once; or returns why it is not.

        `name` is the same for each delivery of the same action.

        Raises:
            NotWrittenError: Redis does not answer.
        """
        return await self._written(Follow(name, origin, meant.video, instead=meant.instead))

    async def follow(self, args: AsyncArgs) -> None:
        """«Follow» under a storyboard."""
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain_press(self.context, args, origin, self._pressed(args.body, origin))

    async def follow_there(self, args: AsyncArgs) -> None:
        """«Follow» in the form: where the form was opened."""
        origin = in_view(args.body, self.context.intake.now())
        await privately.explain_press(
            self.context, args, origin, self._from_view(args.body, origin)
        )

    async def keep(self, args: AsyncArgs) -> None:
        """«Keep watching»: goes on in the card of the follow that has ended."""
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain_press(self.context, args, origin, self._kept(args.body, origin))

    async def stop(self, args: AsyncArgs) -> None:
        """«Stop watching»: for whoever sees the card."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain_press(
            self.context, args, origin, self._stop(RequestId(value_of(args.body)), origin)
        )

    async def _pressed(self, body: dict[str, Any], origin: Origin) -> Message | None:
        # Below a message of the channel the card is a message of the channel, too.
        thread = None if origin.open_thread is None else origin.thread
        place = replace(origin, thread=thread)
        return await self.begin(press_id(body), MeantVideo(video_of(body)), place)

    async def _from_view(self, body: dict[str, Any], origin: Origin) -> Message | None:
        video, channel, thread = there(value_of(body))
        name = request_id("press", body["view"]["id"], body["actions"][0]["action_ts"])
        place = replace(origin, channel=channel, thread=thread, open_thread=thread)
        return await self.begin(name, MeantVideo(video), place)

    async def _kept(self, body: dict[str, Any], origin: Origin) -> Message | None:
        video, earlier = kept(value_of(body))
        before = await self._seen(earlier, origin)
        # After Redis was emptied, or with an edited value, it begins anew where it was pressed.
        if before is None or before.video != video or before.message is None:
            return await self.begin(press_id(body), MeantVideo(video), origin)
        place = replace(origin, channel=before.origin.channel, thread=before.origin.thread)
        # What the thread says already is not said again.
        told = tuple(each for each in before.failing if each.told)
        again = Follow(press_id(body), place, video, message=before.message, failing=told)
        return await self._written(again)

    async def _written(self, follow: Follow) -> Message | None:
        # A button may be older than FOLLOW=off.
        if not self.context.languages.channel.follows:
            return plain("follow-off", await self.context.languages.of(follow.origin.user))
        async with in_time():
            written = await self.context.stores.follows.accept(follow, within=WITHIN)
        if not written:
            raise NotWrittenError
        return None

    async def _stop(self, follow_id: RequestId, origin: Origin) -> None:
        follow = await self._seen(follow_id, origin)
        if follow is None or follow.state in {FollowState.ENDED, FollowState.TOLD}:
            raise NoLongerRunning  # what somebody may not see is told apart by nothing
        if follow.state is not FollowState.FOLLOWING:
            raise NotRunningYet
        stopped = following.stopped(follow, origin.user, Timing(self.context.intake.now(), 0.0))
        try:
            await self.context.stores.follows.save(stopped)
        except OvertakenError:  # a poll wrote meanwhile
            await self._stop(follow_id, origin)

    async def _seen(self, follow_id: RequestId, origin: Origin) -> Follow | None:
        """Returns the follow if this person may see it there, whatever the button says.

        Raises:
            NotWrittenError: Redis does not answer.
        """
        async with in_time():
            found = await self.context.stores.follows.load(follow_id)
        return found if found is not None and self.context.access.sees(origin, found) else None
