"""Listens to what is said to the bot. Starts what is wholly a command; offers help otherwise."""

import contextlib
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot import metrics
from bot.deliveries import slack_waits
from bot.domain.budget import Limit, Priority, Turn
from bot.domain.command import (
    Again,
    Command,
    FollowVideo,
    OpenForm,
    Regenerate,
    ShowRequest,
    ShowTakes,
    VideoRef,
    Word,
)
from bot.domain.errors import NotAVideo
from bot.domain.mention import Mistyped, guess, plain_name, read
from bot.domain.request import Order, Origin, Request
from bot.domain.video import VideoId
from bot.fair_timeout import FairTimeout
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import WITHIN, explained, in_time
from bot.slack.answering.interactions import pressed, request_id
from bot.slack.blocks.drafts import Prefill
from bot.slack.blocks.message import Message
from bot.slack.command.showing import Showing
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.following.listeners import Following
from bot.slack.form.video_of_message import videos_in
from bot.slack.mention import messages
from bot.slack.mention.events import Heard, heard
from bot.slack.mention.threads import ThreadReader
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

ONCE = 25 * 3600.0
"""Seconds for which an event is remembered. Slack delivers one again within minutes, and for a day
if Delayed Events are switched on (docs.slack.dev/apis/events-api)."""
PROSE_APART = 3600.0
"""Seconds between two answers to prose by one person in one thread."""
ANSWERS = Limit(per_minute=4, burst=6)
"""Answers to one person that start nothing; never more than ten in any minute."""


@dataclass(frozen=True, slots=True)
class Misnamed:
    """Holds a command about a plain word that is no video's name, which may just be a sentence."""

    command: Regenerate


Started = Regenerate | Again | FollowVideo
"""What is written down before it is acknowledged."""
Said = Command | Mistyped | Misnamed | None
"""A command, one with a mistake in it, or None for prose."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Answers mentions, and everything that is said in the bot's direct messages."""

    context: AnsweringContext
    showing: Showing
    threads: ThreadReader
    following: Following

    def routes(self) -> tuple[Route, ...]:
        """Returns the events of what is said, and the button beside the help."""
        return (
            Route(RouteKind.EVENT, "app_mention", self.mention),
            Route(RouteKind.EVENT, "message", self.message),
            Route(RouteKind.ACTION, messages.STATUS_HERE, self.status),
        )

    async def mention(self, args: AsyncArgs) -> None:
        """Hears a mention in a channel, or in a thread of one."""
        await self._hear(args, direct=False)

    async def message(self, args: AsyncArgs) -> None:
        """Hears a direct message; ignores those in channels, if the app gets them too."""
        await self._hear(args, direct=args.body["event"].get("channel_type") == "im")

    async def status(self, args: AsyncArgs) -> None:
        """Answers «Status» like the word."""
        await args.ack()
        origin = pressed(args.body, self.context.intake.now())
        await privately.explain(self.context, origin, self.showing.status.show(origin))

    async def _hear(self, args: AsyncArgs, *, direct: bool) -> None:
        mentioned = args.body["event"]["type"] == "app_mention"
        bot, now = str(args.context.bot_user_id), self.context.intake.now()
        said = heard(args.body, bot, now, direct=direct) if mentioned or direct else None
        if said is None:
            await args.ack()
            return
        meant = await self._settled(said)
        metrics.COMMANDS.labels("prose" if meant is None else metrics.word(type(meant))).inc()
        if isinstance(meant, Regenerate | Again | FollowVideo):
            await self._start(args, meant, said)
            return
        await args.ack()
        if await self._once(said):
            await self._tell(said.origin, await self._explained(self._shown(meant, said), said))

    async def _settled(self, said: Heard) -> Said:
        """Returns what is meant, once it has looked whether a video is called like a plain word."""
        if said.set_apart:
            return None
        meant = read(said.text, said.bot, self.context.effects, direct=said.direct)
        name = None if meant is None else plain_name(meant)
        # A direct message is surely meant for us, so a slip in it is answered as one.
        if name is None or (said.direct and isinstance(meant, Regenerate | Mistyped)):
            return meant
        # With Redis away we keep the command: to carry it out needs Redis, and will say so.
        with contextlib.suppress(StoreAwayError, TimeoutError):
            async with FairTimeout(WITHIN):
                if await self.context.stores.videos.find(name) is None:
                    return Misnamed(meant) if isinstance(meant, Regenerate) else None
        return meant

    async def _start(self, args: AsyncArgs, meant: Started, said: Heard) -> None:
        """Writes it down, then acknowledges; tells what is wrong once, for all deliveries."""
        work = (
            self._followed(meant, said)
            if isinstance(meant, FollowVideo)
            else self._started(meant, said)
        )
        answer = await self._explained(work, said)
        # Only now, as what is acknowledged has to be written down first.
        if args.ack.response is None:
            await args.ack()
        # A repeated event has the same request's id; only the answer would be given twice.
        if answer is not None and await self._once(said):
            await self._tell(said.origin, answer)

    async def _started(self, meant: Regenerate | Again, said: Heard) -> Message | None:
        origin, intake = said.origin, self.context.intake
        # First, so that we read Redis and the thread only for people who may spend.
        self.context.access.check_at_hand(origin, origin.channel)
        if isinstance(meant, Again):
            order = await self.threads.repeated(origin)
        elif not meant.video.left_out:
            try:
                order = meant.order(await intake.video(meant.video, origin.channel))
            except NotAVideo as error:
                return await self.showing.meant(error, meant, origin)
        else:
            videos = await self.threads.videos(origin)
            if len(videos) != 1:
                return await self._which(videos, meant, origin)
            order = _order(meant, videos[0])
        # A late one is only asked about, so it has to pass the limits of answers first.
        if slack_waits() > 0 or (await self._once(said) and await self._has_room(origin)):
            await intake.accept(Request(request_id("event", said.event), origin, order))
        return None

    async def _followed(self, meant: FollowVideo, said: Heard) -> Message | None:
        origin, video = said.origin, meant.video
        if video.left_out:
            videos = await self.threads.videos(origin)
            if len(videos) != 1:
                return await self._which_one(Word.WATCH, videos, origin)
            video = VideoRef(videos[0], id=videos[0])
        try:
            found = await self.context.intake.video(video, origin.channel)
        except NotAVideo as error:
            return await self.showing.meant(error, meant, origin)
        return await self.following.begin(request_id("event", said.event), found, origin)

    async def _shown(self, meant: Said, said: Heard) -> Message | None:
        match meant:
            case None:
                return await self._prose(said)
            case OpenForm():
                return messages.greeting(await self.context.languages.of(said.origin.user))
            case (
                ShowRequest(video=VideoRef(left_out=True))
                | ShowTakes(video=VideoRef(left_out=True))
            ):
                return await self._left_out(meant, said.origin)
            case Mistyped(error=error):
                raise error
            case Misnamed(command=command):
                return await self._misnamed(command, said)
            case Regenerate() | Again() | FollowVideo():
                return None  # `_start` has these
            case _:
                return await self.showing.answer(meant, said.origin)

    async def _misnamed(self, command: Regenerate, said: Heard) -> Message | None:
        """Offers the videos with similar names; treats it as prose if there are none."""
        try:
            error = NotAVideo(typed=command.video.typed)
            return await self.showing.meant(error, command, said.origin)
        except NotAVideo:
            return await self._prose(said)

    async def _prose(self, said: Heard) -> Message | None:
        """Says what it could mean; once an hour to each person in a thread, not to bother them."""
        origin = said.origin
        where = f"prose:{origin.user}:{origin.channel}:{origin.thread or ''}"
        if not said.direct and await self._taken(where, PROSE_APART):
            return None
        named = videos_in(said.message, self.context.effects) or await self.threads.videos(origin)
        video = named[0] if len(named) == 1 else None  # among several nothing is guessed
        texts = await self.context.languages.of(origin.user)
        return messages.prose(guess(said.text, self.context.effects), video, texts)

    async def _left_out(self, meant: ShowRequest | ShowTakes, origin: Origin) -> Message | None:
        """Shows what is wanted of the thread's video."""
        videos = await self.threads.videos(origin)
        if len(videos) == 1:
            return await self.showing.answer(_about(meant, videos[0]), origin)
        if isinstance(meant, ShowTakes):
            return await self._which_one(Word.TAKES, videos, origin, meant.typed)
        return await self._which_one(Word.SHOW, videos, origin)

    async def _which_one(
        self, word: Word, videos: tuple[VideoId, ...], origin: Origin, behind: str = ""
    ) -> Message:
        """Asks which video is meant where nothing is spent."""
        texts = await self.context.languages.of(origin.user)
        if not videos:
            return messages.no_video(Prefill(), texts, f"{word} <video> {behind}")
        return messages.which_shown(await self._names(videos), texts, word, behind)

    async def _which(
        self, videos: tuple[VideoId, ...], meant: Regenerate, origin: Origin
    ) -> Message:
        texts = await self.context.languages.of(origin.user)
        if not videos:
            return messages.no_video(
                Prefill(None, meant.selection, meant.effect, meant.image), texts
            )
        # A press may come late; by `since` it is asked about what others started in between.
        order = replace(_order(meant, videos[0]), since=origin.at)
        return messages.which_video(order, await self._names(videos), origin.thread, texts)

    async def _names(self, videos: tuple[VideoId, ...]) -> dict[VideoId, str | None]:
        async with in_time():
            known = await self.context.stores.videos.names(videos)
        return {each: known.get(each) for each in videos}

    async def _explained(self, work: Awaitable[Message | None], said: Heard) -> Message | None:
        return await explained(work, lambda: self.context.languages.of(said.origin.user))

    async def _once(self, said: Heard) -> bool:
        """Returns whether that event was not answered yet; true if Redis does not tell."""
        return not await self._taken(f"event:{said.event}", ONCE)

    async def _taken(self, name: str, seconds: float) -> bool:
        with contextlib.suppress(StoreAwayError):
            return await self.context.stores.requests.take_turn(name, seconds) > 0
        return False

    async def _tell(self, origin: Origin, answer: Message | None) -> None:
        """Tells that person alone."""
        if answer is not None and await self._has_room(origin):
            await privately.answer(self.context.slack, origin, answer)

    async def _has_room(self, origin: Origin) -> bool:
        """Returns whether they may be answered within the limit; true if Redis does not tell."""
        with contextlib.suppress(StoreAwayError):
            # Counted in Redis like the calls to Slack, since any replica may answer.
            limits, turn = {f"answers:{origin.user}": ANSWERS}, Turn(Priority.OUTCOME)
            wait, _ = await self.context.stores.budget.take(limits, turn)
            if wait > 0:
                log.info("not answered: more than anybody can read", extra={"by": origin.user})
            return wait <= 0
        return True


def _about(meant: ShowRequest | ShowTakes, video: VideoId) -> ShowRequest | ShowTakes:
    ref = VideoRef(video, id=video)
    return ShowRequest(video, ref) if isinstance(meant, ShowRequest) else replace(meant, video=ref)


def _order(meant: Regenerate, video: VideoId) -> Order:
    return Order(video, meant.selection, meant.effect, meant.image)
