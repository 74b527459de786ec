"""Takes each step of a follow: looks, posts its card, tells what fails, tells its end."""

import logging
from dataclasses import dataclass, replace
from functools import partial

from bot.checks import TRIES
from bot.domain import following
from bot.domain.backoff import backoff
from bot.domain.budget import Priority, Turn
from bot.domain.command import MeantVideo
from bot.domain.errors import CannotPost, IACreaUnavailable, NotReady, UserError
from bot.domain.follow import CARD, END, MOST_FOLLOWED, POSTING, Failing, Follow, FollowState
from bot.domain.request import RequestId
from bot.domain.video import Video
from bot.slack.answering import privately
from bot.slack.answering.context import AnsweringContext
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import plain, problem_message
from bot.slack.blocks.texts import Texts
from bot.slack.connection.errors import (
    SlackBusyError,
    SlackError,
    SlackRefusedError,
    SlackUnclearError,
)
from bot.slack.connection.limits import EDIT
from bot.slack.following import messages
from bot.slack.following.posting import FollowPoster
from bot.slack.following.progress import FollowNotes
from bot.slack.telling.outcomes import StoryboardRefresher
from bot.slack.telling.own_messages import CannotLookError
from bot.slack.telling.posting import PAUSE, edit
from bot.store.errors import FollowedError, OvertakenError, TooManyFollowsError
from bot.store.queues import Queue
from bot.store.records import KEPT
from bot.transitions import retry_while_away

log = logging.getLogger(__name__)

LEASE = POSTING + 2.0
"""Seconds for which a follow belongs to the process that claimed it."""
LONGEST_PAUSE = 600.0
"""Seconds between two tries to tell what could not be told for a long time."""


@dataclass(frozen=True, slots=True)
class FollowTeller:
    """Moves follows on, but for what polls see.

    Attributes:
        notes: what cards show; what has ended is forgotten.
        storyboards: where else a video is shown.
    """

    context: AnsweringContext
    poster: FollowPoster
    notes: FollowNotes
    storyboards: StoryboardRefresher

    async def step(self, follow_id: str) -> None:
        """Takes the next step of the follow of that id; it stays due until that was done."""
        follows = self.context.stores.follows
        follow = await follows.load(RequestId(follow_id))
        if follow is None:
            # Or an id without a record would be due again for ever.
            await follows.forget(RequestId(follow_id))
            return
        # Polls make it due as well, while another process may wait for Slack's answer.
        if self.poster.being_posted(follow):
            return
        try:
            await self._next(follow)
        except OvertakenError:
            log.debug("overtaken", extra=_about(follow))
        except SlackError as error:
            await self._later(follow, error)

    async def _next(self, follow: Follow) -> None:
        # Before anything is told, or where that fails for ever it would never end.
        late = following.expired(follow, self.poster.timing())
        if late != follow:
            await self.context.stores.follows.save(late)
            return
        # First what was begun: whether it stands has to be known before the next is posted.
        part = follow.posting or follow.to_post
        if follow.state is FollowState.ACCEPTED:
            await self._check(follow)
        elif part == CARD:
            await self._post_card(follow)
        elif part:
            await self._tell(follow, part)
        elif follow.state is FollowState.ENDED:
            await self._close(follow)
        elif follow.state is FollowState.FOLLOWING:
            await self.context.stores.follows.save(follow)  # due again at its deadline

    async def _check(self, follow: Follow) -> None:
        """Proves that the video exists and is not done, before anything is posted."""
        stores, reader = self.context.stores, self.context.reader
        try:
            meant = MeantVideo(follow.video, instead=follow.instead)
            video = await reader.seen(await reader.which(meant))
        except UserError as error:
            if isinstance(error, IACreaUnavailable) and follow.misses + 1 < TRIES:
                wait = backoff(follow.misses, first=1.0, most=10.0)
                await stores.follows.save(following.unanswered(follow), after=wait)
                return
            await self._refuse(follow, problem_message(error, await self._texts(follow)))
            return
        if video.ended and not await self._goes_on(follow, video):
            await self._refuse(follow, await self._done(follow, video))
            return
        names = await stores.videos.names([video.id])
        checked = following.checked(follow, video, names.get(video.id), self.poster.timing())
        try:
            await stores.follows.save(checked)
            by, channel = follow.origin.user, follow.origin.channel
            log.info("followed", extra={**_about(checked), "by": by, "channel": channel})
        except FollowedError as taken:
            await self._refuse(follow, await self._is_there(follow, taken.holder))
        except TooManyFollowsError:
            texts = await self._texts(follow)
            look = texts.typed(video.id)
            words = plain("follow-too-many", texts, most=str(MOST_FOLLOWED), example=look)
            await self._refuse(follow, words)

    async def _goes_on(self, follow: Follow, video: Video) -> bool:
        """Returns whether the end is still to come: to a card, or as a request of ours runs."""
        waiting = await self.context.stores.requests.waiting(video.id)
        return follow.message is not None or any(not each.ended for each in waiting)

    async def _done(self, follow: Follow, video: Video) -> Message:
        try:
            board = await self.context.reader.around(video)
        except NotReady as error:
            return problem_message(error, await self._texts(follow))
        return messages.done_already(board, follow.origin.at, await self._texts(follow))

    async def _is_there(self, follow: Follow, holder: RequestId) -> Message:
        """Points to the follow that there is already in that channel."""
        first, texts = await self.context.stores.follows.load(holder), await self._texts(follow)
        if first is None or first.message is None:
            return plain("follow-is-here", texts)
        link = texts.link(first.origin.channel, first.message, first.origin.thread)
        return plain("follow-is-there", texts, link=link)

    async def _refuse(self, follow: Follow, message: Message) -> None:
        """Tells that person alone why nothing is followed; once there is no way, nobody."""
        try:
            # Told before it is written: to be told no twice is better than to wait in silence.
            await privately.tell(self.context.slack, follow.origin, message)
        except SlackRefusedError as refused:
            log.warning("nobody could be told (%s)", refused, extra=_about(follow))
        await self.poster.change(follow.id, following.refused)

    async def _post_card(self, follow: Follow) -> None:
        stores, languages = self.context.stores, self.context.languages
        name = await languages.name(follow.origin.user)
        texts = await languages.in_channel(follow.origin.channel)
        try:
            ts = await self.poster.once(
                follow, CARD, lambda each: messages.begun(each, name, texts)
            )
        except SlackRefusedError as refused:
            cannot = CannotPost(refused.reason, direct=follow.origin.in_direct_message)
            await self._refuse(follow, problem_message(cannot, await self._texts(follow)))
            return
        # Before the card counts as posted, as after that nobody would come back for this.
        thread, belongs = follow.origin.thread or ts, stores.threads.belongs
        await retry_while_away(partial(belongs, follow.origin.channel, thread, follow.video))
        timing = self.poster.timing()
        await self.poster.change(follow.id, lambda each: following.carded(each, ts, timing))

    async def _tell(self, follow: Follow, part: str) -> None:
        """Says it in the thread; or else in private, where nobody can tell whether it stands."""
        channel = follow.origin.channel
        texts = await self.context.languages.in_channel(channel)
        cost = (await self.context.stores.estimates.current()).cost
        failing = await self._named(follow, part)

        def build(each: Follow) -> Message:
            if failing is not None:
                return messages.failed(each, failing, cost, texts)
            return messages.ended(each, cost, texts)

        # Gone where a request has told it in this thread meanwhile: there is nothing left to say.
        if part == END or failing is not None:
            try:
                await self.poster.once(follow, part, build)
            except (SlackRefusedError, CannotLookError) as error:
                log.warning("not told in its thread: %r", error, extra=_about(follow))
                await self._notify(follow, build(follow))
        await self.poster.change(follow.id, lambda each: following.said(each, part))

    async def _notify(self, follow: Follow, message: Message) -> None:
        """Tells who asked, once; where there is no way, the card alone tells it."""
        try:
            await privately.notify(self.context.slack, follow.origin, message)
        except (SlackRefusedError, SlackUnclearError) as error:
            log.warning("perhaps not told in private: %r", error, extra=_about(follow))

    async def _named(self, follow: Follow, part: str) -> Failing | None:
        """Returns the sequence that failed, with what people call it."""
        found = next((each for each in follow.failing if each.sequence == part), None)
        if found is None:
            return None
        names = await self.context.stores.videos.sequence_names(follow.video)
        return replace(found, room=names.get(found.sequence) or found.room)

    async def _close(self, follow: Follow) -> None:
        """Edits the card one last time. An edit repeated does no harm."""
        # One turn for all of them, since refreshing storyboards takes none of its own.
        calls = 1 + len(await self.storyboards.of(follow.video))
        turn = Turn(Priority.CLOSING, follow.id, calls)
        await self.context.slack.take_turn(EDIT, follow.origin.channel, turn)
        # Or progress that was noted before would be shown over the last edit.
        self.notes.forget(follow.id)
        texts = await self.context.languages.in_channel(follow.origin.channel)
        try:
            await edit(self.context.slack, follow, messages.closed(follow, texts))
        except SlackRefusedError as refused:
            log.info("card not edited: %s", refused, extra=_about(follow))
        await self.storyboards.refresh(follow.video)
        await self.poster.change(follow.id, following.closed)

    async def _later(self, follow: Follow, error: SlackError) -> None:
        """Makes it due again, the later the longer it waits; at last it is given up."""
        waiting = self.poster.timing().now - (follow.ended_at or 0.0)
        if follow.ended_at is not None and waiting > KEPT:
            log.error("abandoned: nobody could be told (%r)", error, extra=_about(follow))
            await self.poster.change(follow.id, following.closed)
            return
        pause = min(max(PAUSE, waiting / 4), LONGEST_PAUSE) if follow.ended_at else PAUSE
        if isinstance(error, SlackBusyError):
            # No trouble, only not its turn yet: it keeps its place in the line.
            pause = error.retry_after
        else:
            log.warning("Slack: %r", error, extra=_about(follow))
        await self.context.stores.requests.postpone(Queue.FOLLOWS, follow.id, pause)

    async def _texts(self, follow: Follow) -> Texts:
        return await self.context.languages.of(follow.origin.user)


def _about(follow: Follow) -> dict[str, str]:
    return {"request": follow.id, "video": follow.video}
