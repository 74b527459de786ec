"""What one person sees of the workspace, as named JSON values for the page; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.slack.identity import TEAM_DOMAIN, TEAM_NAME
from sandbox.slack.manifest import App
from sandbox.slack.page.mrkdwn import nodes, typed
from sandbox.slack.page.texts import readable
from sandbox.slack.records import JSON, Channel, ChannelKind, Message, User, View
from sandbox.slack.state_values import filled_in
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What a page shows besides the workspace itself.

    Attributes:
        local_paths: paths on the page's own server, by the beginning of the addresses that
            they stand for; pictures of other addresses are not loaded.
        side_panel: the address of a module whose pane stands beside the workspace; empty for none.
    """

    local_paths: Mapping[str, str]
    side_panel: str = ""


def page_state(
    workspace: Workspace, app: App, me: User, settings: PageSettings, *, connected: bool
) -> dict[str, JSON]:
    """Returns all that `me` sees, by name: `channel:C1`, `message:C1:1700000000.000100`, `home`."""
    found: dict[str, JSON] = {
        "me": {"id": me.id, "name": me.name, "real_name": me.real_name, "locale": me.locale},
        "app": _app(workspace, app, settings, connected=connected),
    }
    for user in workspace.users():
        found[f"person:{user.id}"] = _person(workspace, user)
    for channel in workspace.channels():
        if me.id in channel.members:
            found[f"channel:{channel.id}"] = _channel(workspace, channel, me)
            private = workspace.ephemerals(me, channel)
            for message in (*workspace.conversation(channel), *private):
                found[f"message:{channel.id}:{message.ts}"] = _message(workspace, message, me)
    for order, view in enumerate(workspace.modals(me)):
        found[f"view:{view.id}"] = {**_view(view), "order": order}
    home = workspace.home(me)
    return found | ({"home": _view(home)} if home else {})


def _app(workspace: Workspace, app: App, settings: PageSettings, *, connected: bool) -> JSON:
    return {
        "name": app.name,
        "bot": workspace.bot.id,
        "color": app.color,
        "workspace": TEAM_NAME,
        "site": f"https://{TEAM_DOMAIN}.slack.com/",
        "connected": connected,
        "home": app.home_tab,
        "tells_messages_tab": app.messages_tab and "app_home_opened" in app.events,
        "commands": [
            {"name": name, "hint": command.hint, "description": command.description}
            for name, command in app.commands.items()
        ],
        "shortcuts": [
            {
                "callback_id": callback_id,
                "name": shortcut.name,
                "type": shortcut.kind,
                "description": shortcut.description,
            }
            for callback_id, shortcut in app.shortcuts.items()
        ],
        "local_paths": dict(settings.local_paths),
        "side_panel": settings.side_panel,
    }


def _person(workspace: Workspace, user: User) -> JSON:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "locale": user.locale,
        "is_bot": user.is_bot,
        "is_app": user.id == workspace.bot.id,
    }


def _channel(workspace: Workspace, channel: Channel, me: User) -> JSON:
    others = channel.members - {me.id} if channel.kind is ChannelKind.IM else ()
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "members": sorted(channel.members),
        "bot_member": workspace.bot.id in channel.members,
        "archived": channel.archived,
        "with": next(iter(others), None),
    }


def _message(workspace: Workspace, message: Message, me: User) -> JSON:
    names = {user.id: user.name for user in workspace.users()}
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "at": float(message.ts),
        "text": nodes(message.text),
        "typed": typed(message.text, names) if message.user == me.id else None,
        "blocks": readable(message.blocks),
        "thread_ts": message.thread_ts,
        "is_reply": message.is_reply,
        "broadcast": message.broadcast,
        "edited": len(message.versions) > 1,
        "ephemeral": message.visible_to is not None,
        "files": [
            {
                "id": file.id,
                "name": file.name,
                "title": file.title,
                "mimetype": file.mimetype,
                "size": file.size,
            }
            for file in message.files
        ],
        "replies": _replies(workspace, message),
    }


def _replies(workspace: Workspace, message: Message) -> JSON | None:
    if message.is_reply or message.visible_to is not None:
        return None
    replies = workspace.thread(workspace.channel(message.channel), message.ts)[1:]
    if not replies:
        return None
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {"count": len(replies), "users": users, "latest": replies[-1].ts}


def _view(view: View) -> JSON:
    body = readable({**view.body, "blocks": view.blocks})
    return {
        "id": view.id,
        "root_id": view.root_id,
        "previous_id": view.previous_id,
        "type": body["type"],
        "callback_id": body.get("callback_id", ""),
        "title": _text(body.get("title")),
        "submit": _text(body.get("submit")),
        "close": _text(body.get("close")),
        "submit_disabled": body.get("submit_disabled", False),
        "blocks": body["blocks"],
        "errors": dict(view.errors),
        "state": filled_in(view.blocks, view.typed),
    }


def _text(of: Any) -> str | None:
    return of["text"] if of else None
