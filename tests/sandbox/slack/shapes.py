"""The shapes of Slack's payloads and answers: names of fields and their types.

They were taken down from recorded payloads and from the types of Slack's own SDKs:
slackapi/bolt-python (`tests/scenario_tests`), slackapi/bolt-js and slackapi/node-slack-sdk (types),
slackapi/java-slack-sdk (`json-logs/samples`), slack-go/slack (tests), the examples of
docs.slack.dev, and payloads in public logs of 2024 and 2025. `name?` is not always there.
"""

from typing import Any

Shape = Any
"""A type, a set of types, a list of one shape, or fields by name; ANYTHING is not looked into."""

ANYTHING = object()
NOTHING = type(None)
TEXT = {"type": str, "text": str, "emoji?": bool, "verbatim?": bool}
TEAM = {"id": str, "domain": str, "enterprise_id?": str, "enterprise_name?": str}
ENTERPRISE = {NOTHING, dict}
USER = {"id": str, "username": str, "name": str, "team_id": str}
PLACE = {"id": str, "name": str}
STATE = {"values": ANYTHING}

INTERACTION = {
    "type": str,
    "team": TEAM,
    "user": USER,
    "token": str,
    "enterprise": ENTERPRISE,
    "is_enterprise_install": bool,
}
FOR_APP = {**INTERACTION, "api_app_id": str}

ICONS = {"image_36": str, "image_48": str, "image_72": str}
BOT_PROFILE = {
    "id": str,
    "deleted": bool,
    "name": str,
    "updated": int,
    "app_id": str,
    "icons": ICONS,
    "team_id": str,
    "user_id?": str,
}
METADATA = {"event_type": str, "event_payload": ANYTHING}
EDITED = {"user": str, "ts": str}
IN_THREAD = {"thread_ts?": str, "parent_user_id?": str}
PARENT = {
    "reply_count?": int,
    "reply_users_count?": int,
    "reply_users?": [str],
    "latest_reply?": str,
    "is_locked?": bool,
    "subscribed?": bool,
}
ANY_MESSAGE = {
    "type": str,
    "user": str,
    "text": str,
    "ts": str,
    "team": str,
    "edited?": EDITED,
    "metadata?": METADATA,
    "subtype?": str,
    **IN_THREAD,
    **PARENT,
}
FILES = {"files?": ANYTHING, "upload?": bool, "display_as_bot?": bool}
TYPED = {**ANY_MESSAGE, "client_msg_id": str, "blocks": ANYTHING}
BY_APP = {
    **ANY_MESSAGE,
    **FILES,
    "bot_id": str,
    "app_id": str,
    "bot_profile": BOT_PROFILE,
    "blocks?": ANYTHING,
}

VIEW = {
    "id": str,
    "team_id": str,
    "type": str,
    "blocks": ANYTHING,
    "private_metadata": str,
    "callback_id": str,
    "state": STATE,
    "hash": str,
    "title": TEXT,
    "clear_on_close": bool,
    "notify_on_close": bool,
    "close": {NOTHING, dict},
    "submit": {NOTHING, dict},
    "previous_view_id": {NOTHING, str},
    "root_view_id": str,
    "app_id": str,
    "external_id": str,
    "app_installed_team_id": str,
    "bot_id": str,
    "submit_disabled?": bool,
}
HOME = {name: shape for name, shape in VIEW.items() if name != "title"}

ACTION = {"type": str, "action_id": str, "block_id": str, "action_ts": str}
BUTTON = {**ACTION, "text": TEXT, "value?": str, "style?": str, "url?": str}
SELECT = {**ACTION, "selected_option": {"text": TEXT, "value": str}, "placeholder?": TEXT}
IN_MESSAGE = {
    "type": str,
    "message_ts": str,
    "channel_id": str,
    "is_ephemeral": bool,
    "thread_ts?": str,
}
IN_VIEW = {"type": str, "view_id": str}

COMMAND = {
    "token": str,
    "team_id": str,
    "team_domain": str,
    "channel_id": str,
    "channel_name": str,
    "user_id": str,
    "user_name": str,
    "command": str,
    "text": str,
    "api_app_id": str,
    "is_enterprise_install": str,
    "response_url": str,
    "trigger_id": str,
    "enterprise_id?": str,
    "enterprise_name?": str,
}
PRESSED_IN_EPHEMERAL = {
    **FOR_APP,
    "container": IN_MESSAGE,
    "trigger_id": str,
    "channel": PLACE,
    "state": STATE,
    "response_url": str,
    "actions": [BUTTON],
}
PRESSED_IN_MESSAGE = {**PRESSED_IN_EPHEMERAL, "message": BY_APP}
CHOSEN_IN_MESSAGE = {**PRESSED_IN_MESSAGE, "actions": [SELECT]}
PRESSED_IN_MODAL = {
    **FOR_APP,
    "container": IN_VIEW,
    "trigger_id": str,
    "view": VIEW,
    "actions": [BUTTON],
}
PRESSED_IN_HOME = {**PRESSED_IN_MODAL, "view": HOME}
SUGGESTION = {
    **FOR_APP,
    "container": IN_VIEW,
    "action_id": str,
    "block_id": str,
    "value": str,
    "view": VIEW,
}
RESPONSE_URL = {"block_id": str, "action_id": str, "channel_id": str, "response_url": str}
SUBMISSION = {**FOR_APP, "trigger_id": str, "view": VIEW, "response_urls": [RESPONSE_URL]}
CLOSING = {**FOR_APP, "view": VIEW, "is_cleared": bool}
SHORTCUT = {
    **INTERACTION,
    "user": {"id": str, "username": str, "team_id": str},
    "callback_id": str,
    "trigger_id": str,
    "action_ts": str,
}
MESSAGE_SHORTCUT = {
    **INTERACTION,
    "user": {"id": str, "name": str, "team_id": str, "username?": str},
    "callback_id": str,
    "trigger_id": str,
    "action_ts": str,
    "response_url": str,
    "message_ts": str,
    "channel": PLACE,
    "message": TYPED,
}

AUTHORIZATION = {
    "enterprise_id": {NOTHING, str},
    "team_id": str,
    "user_id": str,
    "is_bot": bool,
    "is_enterprise_install": bool,
}


def event(inner: dict[str, Shape]) -> dict[str, Shape]:
    """An event in its envelope."""
    return {
        "token": str,
        "team_id": str,
        "context_team_id": str,
        "context_enterprise_id": {NOTHING, str},
        "api_app_id": str,
        "event": inner,
        "type": str,
        "event_id": str,
        "event_time": int,
        "authorizations": [AUTHORIZATION],
        "is_ext_shared_channel": bool,
        "event_context": str,
    }


_SAID = {"channel": str, "event_ts": str, "channel_type": str}
_HIDDEN = {"type": str, "subtype": str, "hidden": bool, "ts": str, **_SAID}
MESSAGE = event({**TYPED, **_SAID})
OWN_MESSAGE = event({**BY_APP, **_SAID})
MENTION = event({**TYPED, "channel": str, "event_ts": str})
CHANGED = event({**_HIDDEN, "message": BY_APP, "previous_message": BY_APP})
DELETED = event({**_HIDDEN, "deleted_ts": str, "previous_message": BY_APP})
HOME_OPENED = event(
    {"type": str, "user": str, "channel": str, "tab": str, "event_ts": str, "view?": HOME}
)

HELLO = {
    "type": str,
    "num_connections": int,
    "debug_info": {
        "host": str,
        "build_number": int,
        "approximate_connection_time": int,
        "started?": str,
    },
    "connection_info": {"app_id": str},
}
DISCONNECT = {"type": str, "reason": str, "debug_info": {"host": str}}
ENVELOPE = {
    "envelope_id": str,
    "type": str,
    "payload": ANYTHING,
    "accepts_response_payload": bool,
}
EVENT_ENVELOPE = {**ENVELOPE, "retry_attempt": int, "retry_reason": str}
