"""What Slack may know and this simulator does not: said aloud, and never as Slack's verdict.

An answer of this kind has the error `not_simulated`, which is none of Slack's, and a field
`simulator` that names what is missing; a line on stderr says it too.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.slack.errors import SlackError

NOT_SIMULATED = "not_simulated"

EVENTS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "channel_id_changed",
        "member_joined_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
        "subteam_created",
        "subteam_members_changed",
        "subteam_updated",
    }
)
"""The events that apps are told of."""

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "chat:write.public",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "mpim:read",
        "usergroups:read",
        "users:read",
    }
)
"""The scopes that open something here."""

BLOCKS = frozenset(
    {
        "call",
        "container",
        "context_actions",
        "data_table",
        "data_visualization",
        "file",
        "plan",
        "table",
        "task_card",
        "video",
    }
)
"""Blocks of docs.slack.dev/reference/block-kit/blocks that are not looked at here."""

ELEMENTS = frozenset(
    {
        "datetimepicker",
        "file_input",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
        "multi_users_select",
        "number_input",
        "rich_text_input",
        "timepicker",
        "workflow_button",
    }
)
"""Elements of docs.slack.dev/reference/block-kit/block-elements, likewise."""

_FEATURES = frozenset({"app_home", "bot_user", "slash_commands", "shortcuts"})
_PARTS = frozenset({"_metadata", "display_information", "features", "oauth_config", "settings"})
_SWITCHES = ("org_deploy_enabled", "token_rotation_enabled", "incoming_webhooks")


class NotSimulatedError(SlackError):
    """The app asks for something that the simulator does not know."""

    def __init__(self, what: str) -> None:
        """Names it, as a developer looks for it in Slack's reference."""
        super().__init__(NOT_SIMULATED, simulator=f"not simulated: {what}")


def tell(answer: Mapping[str, Any]) -> None:
    """Writes a line on stderr where an answer is of this kind."""
    if "simulator" in answer:
        sys.stderr.write(f"sandbox: {answer['simulator']}\n")
        sys.stderr.flush()


def refuse_events(events: frozenset[str]) -> None:
    """Refuses subscriptions to events that would never come.

    Raises:
        ValueError: names them.
    """
    unknown = sorted(events - EVENTS)
    if unknown:
        message = (
            f"the manifest subscribes to {', '.join(unknown)}, which the simulator never sends; "
            "take it out of bot_events to go on without it"
        )
        raise ValueError(message)


def unknown_parts(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yields what of a manifest means nothing here, by its place in it."""
    yield from sorted(set(manifest) - _PARTS)
    features = manifest.get("features", {})
    yield from (f"features.{name}" for name in sorted(set(features) - _FEATURES))
    oauth = manifest.get("oauth_config", {})
    scopes = oauth.get("scopes", {})
    yield from (f"scope {scope}" for scope in sorted(set(scopes.get("bot", ())) - SCOPES))
    yield from (f"oauth_config.{name}" for name in sorted(set(oauth) - {"scopes"}))
    yield from (
        f"oauth_config.scopes.{kind}" for kind in ("user", "user_optional") if kind in scopes
    )
    settings = manifest.get("settings", {})
    yield from (f"settings.{name}" for name in _SWITCHES if settings.get(name))
    if settings.get("event_subscriptions", {}).get("user_events"):
        yield "settings.event_subscriptions.user_events"
