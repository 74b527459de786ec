"""What happens in the workspace, as the Events API tells apps that subscribe to it.

Shapes: https://docs.slack.dev/reference/events. Known: `app_home_opened`, `app_mention`,
`channel_id_changed`, and `message.channels`, `message.groups` and `message.im` of what people type.
"""

from collections.abc import Iterator

from bot.simulator.slack.delivery import Kind, Parcel
from bot.simulator.slack.gestures import action_ts
from bot.simulator.slack.identity import APP_ID, TEAM_ID
from bot.simulator.slack.installation import Installation
from bot.simulator.slack.payloads import message_json, view_json
from bot.simulator.slack.records import JSON, Channel, ChannelKind, Message, User
from bot.simulator.slack.scopes import is_member

_CHANNEL_TYPES = {
    ChannelKind.PUBLIC: "channel",
    ChannelKind.PRIVATE: "group",
    ChannelKind.IM: "im",
}


def home_opened(at: Installation, user: User, tab: str) -> Parcel:
    """A tab of the app's Home opened, `home` or `messages`; only the first brings its view.

    Raises:
        ValueError: the app does not subscribe to that event, or has no such tab.
    """
    if "app_home_opened" not in at.app.events:
        message = "the app does not subscribe to app_home_opened"
        raise ValueError(message)
    if not {"home": at.app.home_tab, "messages": at.app.messages_tab}[tab]:
        message = f"the app's manifest does not switch its {tab} tab on"
        raise ValueError(message)
    home = at.workspace.home(user) if tab == "home" else None
    event = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": at.workspace.direct_message(user).id,
        "tab": tab,
        "event_ts": action_ts(at),
    } | ({"view": view_json(home)} if home else {})
    return _parcel(at, event)


def said(at: Installation, message: Message) -> Iterator[Parcel]:
    """What somebody typed, to an app that is there, subscribes to it and has the scope for it."""
    channel = at.workspace.channel(message.channel)
    if not is_member(at, channel):
        return
    kind = _CHANNEL_TYPES[channel.kind]
    event: JSON = message_json(at, message) | {
        "channel": channel.id,
        "channel_type": kind,
        "event_ts": message.ts,
    }
    if f"message.{channel.kind}" in at.app.events and f"{channel.kind}:history" in at.scopes:
        yield _parcel(at, event, channel)
    mentioned = f"<@{at.workspace.bot.id}" in message.text
    if mentioned and "app_mention" in at.app.events and "app_mentions:read" in at.scopes:
        yield _parcel(at, {**event, "type": "app_mention"}, channel)


def id_changed(at: Installation, old: Channel, new: Channel) -> Iterator[Parcel]:
    """A private channel that got another id, to an app that is in it: channel_id_changed.

    The page's list of scopes is not to be had; `groups:read` is what every other event about
    private channels takes.
    """
    wanted = "channel_id_changed" in at.app.events and "groups:read" in at.scopes
    if wanted and new.id != old.id and is_member(at, new):
        ids = {"old_channel_id": old.id, "new_channel_id": new.id}
        event = {"type": "channel_id_changed", **ids, "event_ts": action_ts(at)}
        yield _parcel(at, event, new)


def _parcel(at: Installation, event: JSON, channel: Channel | None = None) -> Parcel:
    payload = {
        "token": at.verification_token,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": at.workspace.new_id("Ev"),
        "event_time": int(at.clock()),
        "authorizations": [
            {
                "enterprise_id": at.enterprise,
                "team_id": TEAM_ID,
                "user_id": at.workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared_with),
        "context_team_id": TEAM_ID,
        "context_enterprise_id": at.enterprise,
    }
    return Parcel(Kind.EVENT, payload)
