"""Who and which conversations there are in a simulated workspace, and who watches it change."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace

from sandbox.slack.errors import SlackError
from sandbox.slack.identity import TEAM_ID
from sandbox.slack.records import (
    Change,
    ChangeKind,
    Channel,
    ChannelKind,
    Guest,
    User,
)

SLACKBOT = "USLACKBOT"


class Directory:
    """People and conversations, and their ids."""

    def __init__(self, bot_name: str) -> None:
        """Starts with Slackbot and the app's bot alone."""
        self._serial = itertools.count(1)
        self._users: dict[str, User] = {}
        self._channels: dict[str, Channel] = {}
        self._listeners: list[Callable[[Change], None]] = []
        self._keep_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
        self.bot = self._keep_user(User(self.new_id("U"), bot_name, bot_name, is_bot=True))

    # Watching.

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Has `listener` called after each change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, change: Change) -> None:
        for listener in tuple(self._listeners):  # a copy, as one may unsubscribe meanwhile
            listener(change)

    def new_id(self, prefix: str) -> str:
        """Returns an id that is new in this workspace, in the form of Slack's."""
        return f"{prefix}{next(self._serial):010d}"

    # People and conversations.

    def add_user(
        self,
        name: str,
        *,
        locale: str = "en-US",
        team: str = TEAM_ID,
        enterprise: str | None = None,
        guest: Guest | None = None,
    ) -> User:
        """Adds a person; they join every channel open to all, guests only where they are let in.

        Args:
            name: as it is typed after an at sign.
            locale: the language of their Slack.
            team: of another organisation where it is not this workspace's.
            enterprise: their organisation on Enterprise Grid, its id.
            guest: what kind of guest they are.
        """
        title = name.replace(".", " ").title()
        user = User(self.new_id("U"), name, title, False, locale, team, enterprise, guest)
        self._keep_user(user)
        for channel in tuple(self._channels.values()):
            if channel.open_to_all and _belongs(user, channel.shared_with):
                self.join(channel, user)
        return user

    def add_channel(
        self,
        name: str,
        *,
        private: bool = False,
        bot_member: bool = False,
        members: Iterable[User] | None = None,
        shared_with: Iterable[str] = (),
    ) -> Channel:
        """Adds a channel.

        Args:
            name: without the number sign.
            private: only its members can see it.
            bot_member: the app's bot has been invited; it is a member nowhere by itself.
            members: who is in it; None for everybody, those who come later included.
            shared_with: workspaces of other organisations that it is shared with.
        """
        others = frozenset(shared_with)
        everybody = [u for u in self._users.values() if not u.is_bot and _belongs(u, others)]
        people = everybody if members is None else members
        ids = {user.id for user in people} | ({self.bot.id} if bot_member else set())
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        return self._keep_channel(
            Channel(
                self.new_id("C"),
                name,
                kind,
                frozenset(ids),
                open_to_all=members is None,
                shared_with=others,
            )
        )

    def direct_message(self, user: User, other: User | None = None) -> Channel:
        """Returns the direct messages of a person with another one, or with the app."""
        members = frozenset({user.id, (other or self.bot).id})
        for channel in self._channels.values():
            if channel.kind is ChannelKind.IM and channel.members == members:
                return channel
        return self._keep_channel(
            Channel(self.new_id("D"), "directmessage", ChannelKind.IM, members)
        )

    def group_message(self, *people: User) -> Channel:
        """Returns the direct messages of several people and the app."""
        members = (*people, self.bot)
        name = f"mpdm-{'--'.join(user.name for user in members)}-1"
        ids = frozenset(user.id for user in members)
        return self._keep_channel(Channel(self.new_id("C"), name, ChannelKind.MPIM, ids))

    def join(self, channel: Channel, user: User) -> Channel:
        """Adds a person, or the bot by `workspace.bot`, to a channel."""
        now = self.channel(channel.id)  # the caller's copy may be old: channels are values
        return self._keep_channel(replace(now, members=now.members | {user.id}))

    def leave(self, channel: Channel, user: User) -> Channel:
        """Takes a person, or the bot, out of a channel."""
        now = self.channel(channel.id)
        return self._keep_channel(replace(now, members=now.members - {user.id}))

    def archive(self, channel: Channel) -> Channel:
        """Archives a channel."""
        return self._keep_channel(replace(self.channel(channel.id), archived=True))

    def users(self) -> list[User]:
        """Returns everybody, the app's bot and Slackbot included."""
        return list(self._users.values())

    def channels(self) -> list[Channel]:
        """Returns every conversation, direct messages included."""
        return list(self._channels.values())

    def user(self, user_id: str) -> User:
        """Returns the user with that id.

        Raises:
            SlackError: there is none.
        """
        if user_id not in self._users:
            raise SlackError("user_not_found")
        return self._users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """Returns the conversation with that id, as it is now.

        Raises:
            SlackError: there is none.
        """
        if channel_id not in self._channels:
            raise SlackError("channel_not_found")
        return self._channels[channel_id]

    def _keep_user(self, user: User) -> User:
        self._users[user.id] = user
        self._announce(Change(ChangeKind.USER_ADDED, user))
        return user

    def _keep_channel(self, channel: Channel) -> Channel:
        self._channels[channel.id] = channel
        self._announce(Change(ChangeKind.CHANNEL_CHANGED, channel))
        return channel

    def _forget_channel(self, channel: Channel) -> None:
        del self._channels[channel.id]
        self._announce(Change(ChangeKind.CHANNEL_DELETED, channel))


def _belongs(user: User, shared_with: frozenset[str]) -> bool:
    """Whether somebody is in a channel that is open to all of these workspaces; no guest is."""
    return user.guest is None and user.team in {TEAM_ID, *shared_with}
