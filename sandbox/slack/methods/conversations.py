"""Methods that read conversations: conversations.*."""

import base64
from collections.abc import Sequence

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.installation import Installation
from sandbox.slack.message_objects import message_json
from sandbox.slack.not_simulated import NotSimulatedError
from sandbox.slack.objects import channel_json
from sandbox.slack.records import JSON, Channel, ChannelKind, Message
from sandbox.slack.scopes import is_member, need_scope, readable_channel, visible_channel

PAGE = 100
REPLIES_PAGE = 1000
"""How many messages a page has by default: methods/conversations.history and .replies."""

COUNTED = "include_num_members"

_READING = {
    ChannelKind.PUBLIC: "channels:read",
    ChannelKind.PRIVATE: "groups:read",
    ChannelKind.IM: "im:read",
    ChannelKind.MPIM: "mpim:read",
}

_TYPES = {
    ChannelKind.PUBLIC: "public_channel",
    ChannelKind.PRIVATE: "private_channel",
    ChannelKind.IM: "im",
    ChannelKind.MPIM: "mpim",
}


def info(installation: Installation, arguments: Arguments) -> JSON:
    """Describes a conversation."""
    channel = visible_channel(installation, arguments.required("channel"))
    need_scope(installation, _READING[channel.kind])
    counted = {"num_members": len(channel.members)} if arguments.flag(COUNTED) else {}
    return {"channel": channel_json(installation, channel) | counted}


def of_user(installation: Installation, arguments: Arguments) -> JSON:
    """Lists the conversations that somebody is in; without a name, the bot: users.conversations.

    Those that are not public are told only where the bot is a member too.
    """
    wanted = (arguments.optional("types") or "public_channel").split(",")
    if wrong := set(wanted) - set(_TYPES.values()):
        raise SlackError("invalid_types", wrong=sorted(wrong))
    kinds = {kind for kind, name in _TYPES.items() if name in wanted}
    for kind in kinds:
        need_scope(installation, _READING[kind])
    user = installation.workspace.user(arguments.optional("user") or installation.workspace.bot.id)
    found = [
        channel
        for channel in installation.workspace.channels()
        if channel.kind in kinds
        and user.id in channel.members
        and (channel.kind is ChannelKind.PUBLIC or is_member(installation, channel))
    ]
    start, limit = int(arguments.optional("cursor") or 0), arguments.number("limit", PAGE)
    shown = [_limited(installation, channel) for channel in found[start : start + limit]]
    following = str(start + limit) if start + limit < len(found) else ""
    return {"channels": shown, "response_metadata": {"next_cursor": following}}


def _limited(installation: Installation, channel: Channel) -> JSON:
    """Returns a conversation as users.conversations shows it: without `is_member`."""
    shown = channel_json(installation, channel)
    return {key: each for key, each in shown.items() if key != "is_member"}


def open_direct_message(installation: Installation, arguments: Arguments) -> JSON:
    """Opens the app's direct messages with one user."""
    need_scope(installation, "im:write")
    users = arguments.required("users")
    if "," in users:
        what = "conversations.open with several users"
        raise NotSimulatedError(what)
    user = installation.workspace.user(users)
    return {"channel": {"id": installation.workspace.direct_message(user).id}}


def history(installation: Installation, arguments: Arguments) -> JSON:
    """Lists what a conversation shows, the newest first."""
    channel = readable_channel(installation, arguments.required("channel"))
    messages = _between(installation.workspace.messages(channel), arguments)
    pins = {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}
    return _page(installation, messages[::-1], arguments, PAGE) | pins


def replies(installation: Installation, arguments: Arguments) -> JSON:
    """Lists a thread, its parent first, then the oldest reply."""
    channel = readable_channel(installation, arguments.required("channel"))
    thread = installation.workspace.thread(channel, arguments.required("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    messages = [thread[0], *_between(thread[1:], arguments)]
    return _page(installation, messages, arguments, REPLIES_PAGE)


def _between(messages: Sequence[Message], arguments: Arguments) -> list[Message]:
    oldest = arguments.optional("oldest") or "0"
    latest = arguments.optional("latest") or "inf"
    edges = {oldest, latest} if arguments.flag("inclusive") else set()
    return [
        message
        for message in messages
        if float(oldest) < float(message.ts) < float(latest) or message.ts in edges
    ]


def _page(
    installation: Installation, messages: Sequence[Message], arguments: Arguments, default: int
) -> JSON:
    start = _start(messages, arguments.optional("cursor"))
    end = start + arguments.number("limit", default)
    more = end < len(messages)
    metadata = arguments.flag("include_all_metadata")
    shown = [
        message_json(installation, message, metadata=metadata) for message in messages[start:end]
    ]
    page: JSON = {"messages": shown, "has_more": more}
    if more:
        page["response_metadata"] = {"next_cursor": _cursor(messages[end])}
    return page


def _cursor(message: Message) -> str:
    """Returns where the next page begins, in the form that recorded answers have."""
    return base64.b64encode(f"next_ts:{message.ts.replace('.', '')}".encode()).decode()


def _start(messages: Sequence[Message], cursor: str | None) -> int:
    if cursor is None:
        return 0
    for index, message in enumerate(messages):
        if _cursor(message) == cursor:
            return index
    raise SlackError("invalid_cursor")
