"""What happens in the workspace, as the Events API tells apps that subscribe to it.

Shapes: https://docs.slack.dev/reference/events. What is said is told by `message_events`.
"""

import base64
import json
from collections.abc import Iterator

from sandbox.slack.delivery import Kind, Payload
from sandbox.slack.identity import APP_ID, TEAM_ID
from sandbox.slack.installation import Installation
from sandbox.slack.interactions import action_ts
from sandbox.slack.objects import group_json, view_json
from sandbox.slack.records import JSON, Channel, ChannelKind, User, UserGroup
from sandbox.slack.scopes import is_member

_NAMED = 500


def home_opened(installation: Installation, user: User, tab: str) -> Payload:
    """Returns the event for a tab of the app's Home that was opened.

    `tab` is `home` or `messages`; only the first brings its view.

    Raises:
        ValueError: the app does not subscribe to that event, or has no such tab.
    """
    if "app_home_opened" not in installation.app.events:
        message = "the app does not subscribe to app_home_opened"
        raise ValueError(message)
    if not {"home": installation.app.home_tab, "messages": installation.app.messages_tab}[tab]:
        message = f"the app's manifest does not switch its {tab} tab on"
        raise ValueError(message)
    home = installation.workspace.home(user) if tab == "home" else None
    event = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": installation.workspace.direct_message(user).id,
        "tab": tab,
        "event_ts": action_ts(installation),
    } | ({"view": view_json(home)} if home else {})
    return payload(installation, event)


def id_changed(installation: Installation, old: Channel, new: Channel) -> Iterator[Payload]:
    """Yields channel_id_changed for a private channel that got another id, if the app is in it.

    The page's list of scopes is not to be had; `groups:read` is what every other event about
    private channels takes.
    """
    wanted = (
        "channel_id_changed" in installation.app.events and "groups:read" in installation.scopes
    )
    if wanted and new.id != old.id and is_member(installation, new):
        ids = {"old_channel_id": old.id, "new_channel_id": new.id}
        event = {"type": "channel_id_changed", **ids, "event_ts": action_ts(installation)}
        yield payload(installation, event, new)


def member_joined(
    installation: Installation, channel: Channel, user: User, inviter: User | None
) -> Iterator[Payload]:
    """Yields member_joined_channel, which an app is told of its own bot as well.

    Public channels take channels:read, private ones groups:read; `inviter` is left out where
    somebody came by themselves (reference/events/member_joined_channel).
    """
    private = channel.kind is ChannelKind.PRIVATE
    scope = "groups:read" if private else "channels:read"
    wanted = "member_joined_channel" in installation.app.events and scope in installation.scopes
    if wanted and is_member(installation, channel):
        event = {
            "type": "member_joined_channel",
            "user": user.id,
            "channel": channel.id,
            "channel_type": "G" if private else "C",
            "team": TEAM_ID,
            "event_ts": action_ts(installation),
        } | ({"inviter": inviter.id} if inviter else {})
        yield payload(installation, event, channel)


def group_changed(
    installation: Installation, before: UserGroup | None, now: UserGroup
) -> Iterator[Payload]:
    """Yields what is told of a user group that is new, changed or disabled: subteam_*.

    Who joined and left comes twice: with a snapshot, in which 500 users are named at the most, and
    as the difference alone (reference/events/subteam_updated, subteam_members_changed).
    """
    if "usergroups:read" not in installation.scopes:
        return
    kind = "subteam_created" if before is None else "subteam_updated"
    snapshot = group_json(now, users=True, counted=True)
    snapshot["users"] = snapshot["users"][:_NAMED]
    told: list[JSON] = [{"type": kind, "subteam": snapshot}]
    old, new = set(before.members if before else now.members), set(now.members)
    if before is not None and old != new:
        told.append(
            {
                "type": "subteam_members_changed",
                "subteam_id": now.id,
                "team_id": TEAM_ID,
                "date_previous_update": before.updated,
                "date_update": now.updated,
                "added_users": sorted(new - old),
                "added_users_count": len(new - old),
                "removed_users": sorted(old - new),
                "removed_users_count": len(old - new),
            }
        )
    for event in told:
        if event["type"] in installation.app.events:
            yield payload(installation, event | {"event_ts": action_ts(installation)})


def payload(installation: Installation, event: JSON, channel: Channel | None = None) -> Payload:
    """Returns an event in the envelope that every event has; `channel` is where it happened."""
    payload = {
        "token": installation.verification_token,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": installation.workspace.new_id("Ev"),
        "event_time": int(installation.clock()),
        "authorizations": [
            {
                "enterprise_id": installation.enterprise,
                "team_id": TEAM_ID,
                "user_id": installation.workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared_with),
        "context_team_id": TEAM_ID,
        "context_enterprise_id": installation.enterprise,
        "event_context": _context(event, channel),
    }
    return Payload(Kind.EVENT, payload)


def _context(event: JSON, channel: Channel | None) -> str:
    """Returns what `apps.event.authorizations.list` takes, in the form in which it was seen."""
    named = {"et": event["type"], "tid": TEAM_ID, "aid": APP_ID}
    named |= {"cid": channel.id} if channel else {}
    packed = base64.urlsafe_b64encode(json.dumps(named, separators=(",", ":")).encode())
    return f"4-{packed.decode().rstrip('=')}"
