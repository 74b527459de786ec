"""What is said, edited and deleted, as the Events API tells apps that subscribe to it.

Shapes: https://docs.slack.dev/reference/events/message and /app_mention, and the payloads in
slackapi/bolt-python, tests/scenario_tests. An app's own messages are told to it as well.
"""

from collections.abc import Iterator
from dataclasses import replace

from sandbox.slack.delivery import Payload
from sandbox.slack.directory import SLACKBOT
from sandbox.slack.events import payload
from sandbox.slack.installation import Installation
from sandbox.slack.interactions import action_ts
from sandbox.slack.message_objects import message_json
from sandbox.slack.records import JSON, Change, ChangeKind, Channel, ChannelKind, Message
from sandbox.slack.scopes import is_member

_CHANNEL_TYPES = {
    ChannelKind.PUBLIC: "channel",
    ChannelKind.PRIVATE: "group",
    ChannelKind.IM: "im",
    ChannelKind.MPIM: "mpim",
}


def about(at: Installation, change: Change) -> Iterator[Payload]:
    """Yields what an app hears of a change: of messages where it is a member and has the scope."""
    if not isinstance(change.subject, Message):
        return
    message, channel = change.subject, at.workspace.channel(change.subject.channel)
    if not is_member(at, channel):
        return
    event = _event(at, change.kind, message)
    if event is not None and _subscribed(at, f"message.{channel.kind}", f"{channel.kind}:history"):
        where = {"channel": channel.id, "channel_type": _CHANNEL_TYPES[channel.kind]}
        yield payload(at, event | where, channel)
    if change.kind is ChangeKind.MESSAGE_POSTED:
        yield from _mention(at, message, channel)


def _event(at: Installation, kind: ChangeKind, message: Message) -> JSON | None:
    match kind:
        case ChangeKind.MESSAGE_POSTED:
            return _posted(at, message)
        case ChangeKind.MESSAGE_EDITED:
            # Versions are only ever added, so without the newest it is what it was.
            before = replace(message, versions=message.versions[:-1])
            return _changed(at, message_json(at, before), message_json(at, message))
        case ChangeKind.MESSAGE_DELETED:
            return _deleted(at, message)
        case _:
            return None


def _posted(at: Installation, message: Message) -> JSON:
    event = message_json(at, message) | {"event_ts": message.ts}
    if message.files:
        return event | {"subtype": "file_share"}
    if message.broadcast and message.thread_ts is not None:
        root = at.workspace.message(message.channel, message.thread_ts)
        return event | {"subtype": "thread_broadcast", "root": message_json(at, root)}
    return event


def _changed(at: Installation, before: JSON, now: JSON) -> JSON:
    ts = action_ts(at)
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": now,
        "previous_message": before,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }


def _deleted(at: Installation, message: Message) -> JSON:
    """Returns a deletion; where there are replies, the edit that leaves a tombstone instead."""
    before, ts = message_json(at, message), action_ts(at)
    replies = at.workspace.thread(at.workspace.channel(message.channel), message.ts)
    if replies and not message.is_reply:
        return _changed(at, before, _tombstone(message, replies))
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": before,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": ts,
        "event_ts": ts,
    }


def _tombstone(message: Message, replies: list[Message]) -> JSON:
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "type": "message",
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": SLACKBOT,
        "hidden": True,
        "ts": message.ts,
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": replies[-1].ts,
    }


def _mention(at: Installation, message: Message, channel: Channel) -> Iterator[Payload]:
    """Yields `app_mention`, but not in direct messages; it does not say what kind of channel."""
    named = f"<@{at.workspace.bot.id}" in message.text
    direct = channel.kind is ChannelKind.IM
    if named and not direct and _subscribed(at, "app_mention", "app_mentions:read"):
        event = message_json(at, message) | {
            "type": "app_mention",
            "channel": channel.id,
            "event_ts": message.ts,
        }
        yield payload(at, event, channel)


def _subscribed(at: Installation, event: str, scope: str) -> bool:
    return event in at.app.events and scope in at.scopes
