"""Messages as Slack gives them back: never quite what was sent.

Shapes: recorded answers and events in the tests of slackapi/bolt-python (`scenario_tests`), in
slackapi/java-slack-sdk (`json-logs`) and in public logs; tests/sandbox/slack/shapes.py has them.
"""

import uuid
from typing import Any

from sandbox.slack.identity import APP_ID, BOT_ID, ICONS, INSTALLED_AT, TEAM_ID
from sandbox.slack.installation import Installation
from sandbox.slack.records import JSON, File, Message
from sandbox.slack.rich_text import rich_text


def message_json(installation: Installation, message: Message, *, metadata: bool = True) -> JSON:
    """Returns a message as the Web API, interactions and events show it."""
    author = installation.workspace.user(message.user)
    shown: JSON = {"user": author.id, "type": "message", "ts": message.ts}
    shown |= _as_bot(author.name) if author.is_bot else {"client_msg_id": _client_id(message)}
    shown |= {"text": message.text, "team": author.team} | _blocks(message, typed=not author.is_bot)
    if len(message.versions) > 1 and not message.blocks:
        # Slack marks no message as edited that has blocks: methods/chat.update.
        edited_at = f"{message.versions[-1].at:.6f}"
        shown["edited"] = {"user": author.id, "ts": edited_at}
    if message.files:
        shown |= {"files": [_file_json(file) for file in message.files], "upload": True}
        shown["display_as_bot"] = False
    if message.metadata is not None and metadata:
        shown["metadata"] = message.metadata
    return shown | _thread_json(installation, message)


def completed(part: Any) -> Any:
    """Returns any part of a block or a view as Slack gives it back, its text objects complete.

    A `plain_text` has `emoji`, a `mrkdwn` has `verbatim`: reference/block-kit/composition-objects.
    What is in a `rich_text` block is no text object.
    """
    if isinstance(part, list | tuple):
        return [completed(each) for each in part]
    if not isinstance(part, dict) or part.get("type") == "rich_text":
        return part
    whole = {name: completed(value) for name, value in part.items()}
    if isinstance(part.get("text"), str):
        if part.get("type") == "plain_text":
            whole.setdefault("emoji", True)
        elif part.get("type") == "mrkdwn":
            whole.setdefault("verbatim", False)
    return whole


def _as_bot(name: str) -> JSON:
    return {
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "bot_profile": {
            "id": BOT_ID,
            "deleted": False,
            "name": name,
            "updated": INSTALLED_AT,
            "app_id": APP_ID,
            "icons": ICONS,
            "team_id": TEAM_ID,
        },
    }


def _client_id(message: Message) -> str:
    """Returns the id that the person's own Slack gave it; it is the same each time."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{message.channel}/{message.ts}"))


def _blocks(message: Message, *, typed: bool) -> JSON:
    """Returns the blocks. What people type has one.

    Records differ on whether an app's plain text has one; here it has none.
    """
    if typed:
        return {"blocks": [rich_text(message.text, _client_id(message)[:5])]}
    return {"blocks": completed(message.blocks)} if message.blocks else {}


def _file_json(file: File) -> JSON:
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
    }


def _thread_json(installation: Installation, message: Message) -> JSON:
    channel = installation.workspace.channel(message.channel)
    if message.is_reply and message.thread_ts is not None:
        authors = {
            each.ts: each.user for each in installation.workspace.thread(channel, message.thread_ts)
        }
        return {"thread_ts": message.thread_ts, "parent_user_id": authors.get(message.thread_ts)}
    replies = installation.workspace.thread(channel, message.ts)[1:]
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }
