"""What a workspace consists of, as values: people, channels, messages, views, and changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sandbox.slack.identity import TEAM_ID

JSON = dict[str, Any]


class ChannelKind(StrEnum):
    """The kinds of conversation, by the word that Slack's history scopes begin with."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    IM = "im"
    MPIM = "mpim"


class Guest(StrEnum):
    """The kinds of guests, by the field of a user object that says so: reference/objects."""

    MULTI_CHANNEL = "is_restricted"
    SINGLE_CHANNEL = "is_ultra_restricted"


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the app's own bot user.

    Attributes:
        team: their workspace; in an organisation Slack may name that one instead (bolt-js#1875).
        enterprise: their organisation on Enterprise Grid.
        guest: whether, and how, they are a guest there.
    """

    id: str
    name: str
    real_name: str
    is_bot: bool = False
    locale: str = "en-US"
    team: str = TEAM_ID
    enterprise: str | None = None
    guest: Guest | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation as it stood when it was read; `Workspace.channel` gives it as it stands.

    Attributes:
        members: ids of the users in it, the bot's among them where it is a member.
        open_to_all: whoever is added to the workspace later is a member too.
        shared_with: other organisations' workspaces in it, by Slack Connect.
    """

    id: str
    name: str
    kind: ChannelKind
    members: frozenset[str]
    archived: bool = False
    open_to_all: bool = False
    shared_with: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group, a subteam in the names of Slack's API, as it stood when it was read.

    Attributes:
        handle: what it is mentioned by, without the at sign.
        members: ids of the users in it.
        created, updated, deleted: Unix time in seconds; the last is 0 until it is disabled.
    """

    id: str
    name: str
    handle: str
    members: tuple[str, ...]
    created: int
    updated: int
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was uploaded: of its bytes only how many, their SHA-256 and the first ones."""

    id: str
    name: str
    title: str
    mimetype: str
    size: int
    sha256: str
    head: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says. `blocks` and `metadata` are None where the sender left them out."""

    text: str = ""
    blocks: tuple[JSON, ...] | None = None
    metadata: JSON | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said from `at` (Unix time in seconds) until the next edit."""

    text: str
    blocks: tuple[JSON, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Message:
    """A message, or an ephemeral where `visible_to` names the one person who sees it.

    Attributes:
        channel: id of the conversation.
        user: id of the author.
        versions: every text and blocks it ever had, the current ones last.
        thread_ts: the parent's `ts`, for a reply.
        broadcast: a reply that the channel shows as well.
    """

    channel: str
    ts: str
    user: str
    versions: tuple[Version, ...]
    thread_ts: str | None = None
    metadata: JSON | None = None
    visible_to: str | None = None
    broadcast: bool = False
    files: tuple[File, ...] = ()

    @property
    def text(self) -> str:
        """The text it has now."""
        return self.versions[-1].text

    @property
    def blocks(self) -> tuple[JSON, ...]:
        """The blocks it has now, each with its `block_id`."""
        return self.versions[-1].blocks

    @property
    def is_reply(self) -> bool:
        """Whether it hangs in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab as one person sees it.

    Attributes:
        body: the view as the app sent it, its blocks with ids.
        errors: what the last submission was refused for, by `block_id`.
        typed: what its person has typed and chosen, by `block_id`, then by `action_id`.
    """

    id: str
    user: str
    body: JSON
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[JSON, ...]:
        """Its blocks, each with its `block_id`."""
        return tuple(self.body["blocks"])


@dataclass(frozen=True, slots=True)
class ConfirmationDialog:
    """A question that Slack asked somebody who pressed or chose something (`confirm`).

    Attributes:
        confirm, deny: the words on its buttons.
        agreed: how it was answered; the app is told of a yes, as of any press.
    """

    user: str
    title: str
    text: str
    confirm: str
    deny: str
    agreed: bool


class ChangeKind(StrEnum):
    """What can happen in a workspace."""

    USER_ADDED = "user_added"
    CHANNEL_CHANGED = "channel_changed"
    CHANNEL_DELETED = "channel_deleted"
    GROUP_CHANGED = "group_changed"
    MESSAGE_POSTED = "message_posted"
    MESSAGE_EDITED = "message_edited"
    MESSAGE_DELETED = "message_deleted"
    EPHEMERAL_POSTED = "ephemeral_posted"
    EPHEMERAL_EDITED = "ephemeral_edited"
    EPHEMERAL_DELETED = "ephemeral_deleted"
    VIEW_OPENED = "view_opened"
    VIEW_UPDATED = "view_updated"
    VIEW_CLOSED = "view_closed"
    HOME_PUBLISHED = "home_published"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened: `subject` is what it happened to, as it is afterwards."""

    kind: ChangeKind
    subject: User | Channel | UserGroup | Message | View
