"""Methods that write messages: chat.*."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.identity import TEAM_DOMAIN
from sandbox.slack.installation import Installation
from sandbox.slack.message_limits import blocks_too_long
from sandbox.slack.message_objects import message_json
from sandbox.slack.records import JSON, Channel, ChannelKind, Content, Message
from sandbox.slack.scopes import need_scope, visible_channel, writable_channel
from sandbox.slack.workspace import Place

UPDATED_TEXT = 4000
"""Longer text is refused in an update: methods/chat.update."""


def post_message(installation: Installation, arguments: Arguments) -> JSON:
    """Posts to a conversation, or to the app's direct messages with a user."""
    need_scope(installation, "chat:write")
    channel = _destination(installation, arguments.required("channel"))
    content = _content(installation, arguments)
    place = Place(
        installation.workspace.bot.id,
        thread_ts=arguments.optional("thread_ts"),
        broadcast=arguments.flag("reply_broadcast"),
    )
    message = installation.workspace.post(channel, content, place)
    answer = {
        "channel": channel.id,
        "ts": message.ts,
        "message": message_json(installation, message),
    }
    return answer | _remarks(arguments)


def post_ephemeral(installation: Installation, arguments: Arguments) -> JSON:
    """Shows something to one member of a conversation."""
    need_scope(installation, "chat:write")
    channel = _destination(installation, arguments.required("channel"))
    user = arguments.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = _content(installation, arguments)
    place = Place(
        installation.workspace.bot.id, thread_ts=arguments.optional("thread_ts"), visible_to=user
    )
    return {"message_ts": installation.workspace.post(channel, content, place).ts}


def update(installation: Installation, arguments: Arguments) -> JSON:
    """Edits a message of the app's own; without `blocks` it has none afterwards."""
    need_scope(installation, "chat:write")
    message = _own_message(installation, arguments, refusal="cant_update_message")
    if len(arguments.optional("text") or "") > UPDATED_TEXT:
        raise SlackError("msg_too_long")
    content = _content(installation, arguments)
    edited = installation.workspace.edit(message, content)
    shown = message_json(installation, edited)
    del shown["ts"]  # neither the page's example nor a recorded answer has it in `message`
    answer = {"channel": edited.channel, "ts": edited.ts, "text": edited.text, "message": shown}
    return answer | _remarks(arguments)


def delete(installation: Installation, arguments: Arguments) -> JSON:
    """Deletes a message of the app's own."""
    need_scope(installation, "chat:write")
    message = _own_message(installation, arguments, refusal="cant_delete_message")
    installation.workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(installation: Installation, arguments: Arguments) -> JSON:
    """Gives the address at which people find a message."""
    channel = visible_channel(installation, arguments.required("channel"))
    message = _shown(installation, channel, arguments.required("message_ts"))
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _content(installation: Installation, arguments: Arguments) -> Content:
    """Returns what a message is to say.

    What comes by a `response_url` is not bound by its sum: slackapi/bolt-js#2867.

    Raises:
        SlackError: Slack would refuse it.
    """
    content = arguments.content(installation.faults)
    if blocks_too_long(content.blocks or ()):
        raise SlackError("msg_blocks_too_long")
    return content


def _remarks(arguments: Arguments) -> JSON:
    warnings = arguments.warnings()
    if not warnings:
        return {}
    return {"warning": ",".join(warnings), "response_metadata": {"warnings": warnings}}


def _destination(installation: Installation, channel_id: str) -> Channel:
    """Returns the channel. A user's id stands for the app's direct messages with that person.

    Raises:
        SlackError: the app may not post there; `messages_tab_disabled` where its manifest has no
            direct messages: methods/chat.postMessage and chat.postEphemeral list it.
    """
    people = {user.id: user for user in installation.workspace.users() if not user.is_bot}
    person = people.get(channel_id)
    channel = (
        installation.workspace.direct_message(person)
        if person
        else writable_channel(installation, channel_id)
    )
    if channel.kind is ChannelKind.IM and not installation.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _own_message(installation: Installation, arguments: Arguments, *, refusal: str) -> Message:
    channel = visible_channel(installation, arguments.required("channel"))
    message = _shown(installation, channel, arguments.required("ts"))
    if channel.archived:
        raise SlackError("is_archived")
    if message.user != installation.workspace.bot.id:
        raise SlackError(refusal)
    return message


def _shown(installation: Installation, channel: Channel, ts: str) -> Message:
    """Ephemerals do not exist for the Web API."""
    message = installation.workspace.message(channel.id, ts)
    if message.visible_to is not None:
        raise SlackError("message_not_found")
    return message
