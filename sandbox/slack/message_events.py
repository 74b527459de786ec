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


def about(installation: Installation, change: Change) -> Iterator[Payload]:
    """Yields what an app hears of a change: of messages where it is a member and has the scope."""
    if not isinstance(change.subject, Message):
        return
    message, channel = change.subject, installation.workspace.channel(change.subject.channel)
    if not is_member(installation, channel):
        return
    event = _event(installation, change.kind, message)
    if event is not None and _subscribed(
        installation, f"message.{channel.kind}", f"{channel.kind}:history"
    ):
        where = {"channel": channel.id, "channel_type": _CHANNEL_TYPES[channel.kind]}
        yield payload(installation, event | where | _teams(installation, message, channel), channel)
    # An edit is told as a mention once more, with an id of its own; only `edited` tells it apart
    # (slackapi/bolt-js#960, slack-go/slack#1256).
    if change.kind in {ChangeKind.MESSAGE_POSTED, ChangeKind.MESSAGE_EDITED}:
        yield from _mention(installation, message, channel)


def _event(installation: Installation, kind: ChangeKind, message: Message) -> JSON | None:
    match kind:
        case ChangeKind.MESSAGE_POSTED:
            return _posted(installation, message)
        case ChangeKind.MESSAGE_EDITED:
            # Versions are only ever added, so without the newest it is what it was.
            before = replace(message, versions=message.versions[:-1])
            return _changed(
                installation,
                message_json(installation, before),
                message_json(installation, message),
            )
        case ChangeKind.MESSAGE_DELETED:
            return _deleted(installation, message)
        case _:
            return None


def _posted(installation: Installation, message: Message) -> JSON:
    event = message_json(installation, message) | {"event_ts": message.ts}
    if message.files:
        return event | {"subtype": "file_share"}
    if message.broadcast and message.thread_ts is not None:
        root = installation.workspace.message(message.channel, message.thread_ts)
        return event | {"subtype": "thread_broadcast", "root": message_json(installation, root)}
    return event


def _changed(installation: Installation, before: JSON, now: JSON) -> JSON:
    ts = action_ts(installation)
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": now,
        "previous_message": before,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }


def _deleted(installation: Installation, message: Message) -> JSON:
    """Returns a deletion; where there are replies, the edit that leaves a tombstone instead."""
    before, ts = message_json(installation, message), action_ts(installation)
    replies = installation.workspace.thread(
        installation.workspace.channel(message.channel), message.ts
    )
    if replies and not message.is_reply:
        return _changed(installation, before, _tombstone(message, replies))
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


def _mention(installation: Installation, message: Message, channel: Channel) -> Iterator[Payload]:
    """Yields `app_mention`, but not in direct messages; it does not say what kind of channel."""
    named = f"<@{installation.workspace.bot.id}" in message.text
    direct = channel.kind is ChannelKind.IM
    if named and not direct and _subscribed(installation, "app_mention", "app_mentions:read"):
        event = message_json(installation, message) | {
            "type": "app_mention",
            "channel": channel.id,
            "event_ts": message.ts if len(message.versions) == 1 else action_ts(installation),
            **_teams(installation, message, channel),
        }
        yield payload(installation, event, channel)


def _teams(installation: Installation, message: Message, channel: Channel) -> JSON:
    """Returns whose the author is, as is told in shared channels besides: slack-go/slack#695."""
    if not channel.shared_with:
        return {}
    team = installation.workspace.user(message.user).team
    return {"user_team": team, "source_team": team}


def _subscribed(installation: Installation, event: str, scope: str) -> bool:
    return event in installation.app.events and scope in installation.scopes
