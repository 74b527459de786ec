"""What the app may do: the scopes it was granted, and where its bot is a member."""

from sandbox.slack.errors import SlackError
from sandbox.slack.installation import Installation
from sandbox.slack.records import Channel, ChannelKind


def need_scope(installation: Installation, scope: str) -> None:
    """Refuses what the app was not granted.

    Raises:
        SlackError: `missing_scope`, with what is needed and what was granted.
    """
    if scope not in installation.scopes:
        provided = ",".join(sorted(installation.scopes))
        raise SlackError("missing_scope", needed=scope, provided=provided)


def visible_channel(installation: Installation, channel_id: str) -> Channel:
    """Returns the conversation, if the bot can know of it: it is public, or the bot is in it.

    Raises:
        SlackError: `channel_not_found`, as Slack says of private ones too.
    """
    channel = installation.workspace.channel(channel_id)
    if channel.kind is not ChannelKind.PUBLIC and not is_member(installation, channel):
        raise SlackError("channel_not_found")
    return channel


def writable_channel(installation: Installation, channel_id: str) -> Channel:
    """Returns the conversation, if the bot may post there: methods/chat.postMessage.

    Raises:
        SlackError: it may not.
    """
    channel = visible_channel(installation, channel_id)
    if channel.archived:
        raise SlackError("is_archived")
    if not is_member(installation, channel) and "chat:write.public" not in installation.scopes:
        raise SlackError("not_in_channel")
    return channel


def readable_channel(installation: Installation, channel_id: str) -> Channel:
    """Returns the conversation, if the bot may read it: methods/conversations.history.

    Raises:
        SlackError: it may not.
    """
    channel = visible_channel(installation, channel_id)
    need_scope(installation, f"{channel.kind}:history")
    if not is_member(installation, channel):
        raise SlackError("not_in_channel")
    return channel


def is_member(installation: Installation, channel: Channel) -> bool:
    """Whether the app's bot is in the conversation."""
    return installation.workspace.bot.id in channel.members
