"""The state of one simulated Slack workspace: a pure state machine with a clock passed in.

It knows what there is and what happened, not who may do what: tokens, scopes and membership are
the methods' business.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.slack.block_kit import with_ids
from sandbox.slack.directory import Directory
from sandbox.slack.errors import SlackError
from sandbox.slack.records import (
    Change,
    ChangeKind,
    Channel,
    ChannelKind,
    Content,
    Message,
    User,
    Version,
    View,
)
from sandbox.slack.user_groups import UserGroups
from sandbox.slack.views import Views

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: who says it, in which thread, and who sees it.

    `visible_to` makes it an ephemeral, and `broadcast` shows a reply in the channel too.
    """

    user: str
    thread_ts: str | None = None
    visible_to: str | None = None
    broadcast: bool = False


class Workspace(Directory):
    """One workspace with one installed app, whose bot user is `bot`."""

    def __init__(self, bot_name: str, clock: Callable[[], float]) -> None:
        """Makes an empty workspace; `clock` gives Unix time in seconds."""
        super().__init__(bot_name)
        self._clock = clock
        self._last_ts = 0
        self._messages: defaultdict[str, dict[str, Message]] = defaultdict(dict)
        self.views = Views(clock=clock, new_id=self.new_id, announce=self._announce)
        self.groups = UserGroups(clock=clock, new_id=self.new_id, announce=self._announce)

    # Conversations, with what was said in them.

    def share(self, channel: Channel, *teams: str) -> Channel:
        """Shares a channel with workspaces of other organisations.

        A private one has another id from then on, and the old one is none any more:
        reference/events/channel_id_changed.
        """
        now = self.channel(channel.id)
        shared = replace(now, shared_with=now.shared_with | set(teams))
        if now.kind is not ChannelKind.PRIVATE or now.shared_with:
            return self._keep_channel(shared)
        shared = replace(shared, id=self.new_id("C"))
        moved = self._messages.pop(now.id, {})
        self._messages[shared.id] = {
            ts: replace(each, channel=shared.id) for ts, each in moved.items()
        }
        self._forget_channel(now)
        return self._keep_channel(shared)

    def delete_channel(self, channel: Channel) -> None:
        """Deletes a channel with all that was said in it."""
        self._messages.pop(channel.id, None)
        self._forget_channel(channel)

    # Messages.

    def say(self, user: User, channel: Channel, text: str, thread_ts: str | None = None) -> Message:
        """Posts what a person typed.

        Raises:
            SlackError: `thread_not_found`: nobody can type into a thread that is not there.
        """
        if thread_ts is not None and not self.thread(channel, thread_ts):
            raise SlackError("thread_not_found")
        return self.post(channel, Content(text), Place(user.id, thread_ts))

    def post(self, channel: Channel, content: Content, place: Place) -> Message:
        """Stores a new message or ephemeral.

        A reply whose parent was deleted stands in the channel instead, and only the `thread_ts`
        that it lacks tells so: chat.postMessage documents no error for it, and public reports
        saw none.

        Raises:
            SlackError: `cannot_reply_to_message`: its parent is a reply itself.
        """
        message = Message(
            channel=channel.id,
            ts=self._new_ts(),
            user=place.user,
            versions=(self._version(content),),
            thread_ts=self._parent(channel, place),
            metadata=content.metadata,
            visible_to=place.visible_to,
            broadcast=place.broadcast,
            files=content.files,
        )
        return self._keep_message(message, ChangeKind.MESSAGE_POSTED, ChangeKind.EPHEMERAL_POSTED)

    def edit(self, message: Message, content: Content) -> Message:
        """Replaces text and blocks of a message; metadata only where `content` has some."""
        edited = replace(
            message,
            versions=(*message.versions, self._version(content)),
            metadata=message.metadata if content.metadata is None else content.metadata,
        )
        return self._keep_message(edited, ChangeKind.MESSAGE_EDITED, ChangeKind.EPHEMERAL_EDITED)

    def delete(self, message: Message) -> None:
        """Removes a message."""
        del self._messages[message.channel][message.ts]
        seen_by_all = message.visible_to is None
        kind = ChangeKind.MESSAGE_DELETED if seen_by_all else ChangeKind.EPHEMERAL_DELETED
        self._announce(Change(kind, message))

    def message(self, channel_id: str, ts: str) -> Message:
        """Returns the message or ephemeral, as it is now.

        Raises:
            SlackError: there is none.
        """
        if ts not in self._messages[channel_id]:
            raise SlackError("message_not_found")
        return self._messages[channel_id][ts]

    def messages(self, channel: Channel) -> list[Message]:
        """Returns what the channel itself shows: no ephemerals, and replies only if broadcast."""
        return [m for m in self._visible(channel) if m.broadcast or not m.is_reply]

    def conversation(self, channel: Channel) -> list[Message]:
        """Returns all that everybody sees in a channel and its threads, the oldest first."""
        return self._visible(channel)

    def thread(self, channel: Channel, ts: str) -> list[Message]:
        """Returns the message with that `ts` and then its replies; nothing if there is none."""
        return [m for m in self._visible(channel) if ts in {m.ts, m.thread_ts}]

    def ephemerals(self, user: User, channel: Channel) -> list[Message]:
        """Returns what that person alone sees in a channel and its threads.

        In a thread without replies nothing is shown: methods/chat.postEphemeral, `thread_ts`.
        """
        active = {m.thread_ts for m in self._visible(channel)} | {None}
        return [
            m
            for m in self._messages[channel.id].values()
            if m.visible_to == user.id and m.thread_ts in active
        ]

    def notified(self, user: User) -> list[Message]:
        """Returns what Slack notified that person of: mentions of them, and direct messages.

        An edit notifies nobody, nor does an ephemeral. Source:
        docs.slack.dev/messaging/formatting-message-text, «Mentioning users».
        """
        return [
            message
            for channel in self.channels()
            if user.id in channel.members
            for message in self._visible(channel)
            if message.user != user.id
            and (channel.kind is ChannelKind.IM or _mentions(message, user))
        ]

    def home(self, user: User) -> View | None:
        """Returns the app's Home tab as that person sees it; None before it was published."""
        return self.views.home_of(user.id)

    def modals(self, user: User) -> list[View]:
        """Returns the modals that person has open, the topmost last."""
        return self.views.open_of(user.id)

    def transcript(self) -> str:
        """Returns all that anybody sees, a line each: for whoever asks why something is missing."""
        return "\n".join(
            f"#{channel.name} {self.user(message.user).name}: {message.text!r}"
            + (f" (only {self.user(message.visible_to).name})" if message.visible_to else "")
            for channel in self._channels.values()
            for message in self._messages[channel.id].values()
        )

    def _visible(self, channel: Channel) -> list[Message]:
        return [m for m in self._messages[channel.id].values() if m.visible_to is None]

    def _parent(self, channel: Channel, place: Place) -> str | None:
        """Returns the thread that a new message joins; an ephemeral stays with one that is gone."""
        parent = self._messages[channel.id].get(place.thread_ts or "")
        if parent is None or parent.visible_to is not None:
            return place.thread_ts if place.visible_to is not None else None
        if parent.is_reply:
            raise SlackError("cannot_reply_to_message")
        return parent.ts

    def _version(self, content: Content) -> Version:
        blocks = with_ids(content.blocks or (), lambda: self.new_id("b"))
        return Version(content.text, blocks, self._clock())

    def _new_ts(self) -> str:
        """Returns the time in seconds with six decimals; never the same twice."""
        # Slack's `ts` identifies a message, so two in the same microsecond may not share one.
        self._last_ts = max(int(self._clock() * MICROSECONDS), self._last_ts + 1)
        return f"{self._last_ts // MICROSECONDS}.{self._last_ts % MICROSECONDS:06d}"

    def _keep_message(self, message: Message, seen: ChangeKind, private: ChangeKind) -> Message:
        self._messages[message.channel][message.ts] = message
        self._announce(Change(seen if message.visible_to is None else private, message))
        return message


def _mentions(message: Message, user: User) -> bool:
    """Whether it mentioned them when it was posted; an edit notifies nobody."""
    first = message.versions[0]
    return f"<@{user.id}" in f"{first.text} {first.blocks}"
