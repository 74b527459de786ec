"""The shapes of the Web API's answers; where they were taken down from `shapes` says."""

from tests.sandbox.slack.shapes import ANYTHING, BY_APP, ICONS, NOTHING, VIEW

ANSWER = {"ok": bool}
AUTH_TEST = {
    **ANSWER,
    "url": str,
    "team": str,
    "user": str,
    "team_id": str,
    "user_id": str,
    "bot_id": str,
    "is_enterprise_install": bool,
    "enterprise_id?": str,
}
POSTED = {**ANSWER, "channel": str, "ts": str, "message": BY_APP}
UPDATED = {name: shape for name, shape in BY_APP.items() if name != "ts"}
EDITED_ANSWER = {**ANSWER, "channel": str, "ts": str, "text": str, "message": UPDATED}
PAGE = {**ANSWER, "messages": ANYTHING, "has_more": bool, "response_metadata?": ANYTHING}
HISTORY = {
    **PAGE,
    "pin_count": int,
    "channel_actions_ts": {NOTHING, int},
    "channel_actions_count": int,
}
CONVERSATION = {
    **ANSWER,
    "channel": {
        "id": str,
        "created": int,
        "is_archived": bool,
        "is_im": bool,
        "is_org_shared": bool,
        "context_team_id": str,
        "name": str,
        "is_channel": bool,
        "is_group": bool,
        "is_mpim": bool,
        "is_private": bool,
        "is_general": bool,
        "is_shared": bool,
        "is_ext_shared": bool,
        "is_pending_ext_shared": bool,
        "is_member": bool,
        "creator": str,
        "name_normalized": str,
        "previous_names": [str],
        "topic": {"value": str, "creator": str, "last_set": int},
        "purpose": {"value": str, "creator": str, "last_set": int},
        "shared_team_ids": [str],
        "connected_team_ids?": [str],
        "unlinked": int,
        "updated": int,
        "num_members?": int,
    },
}
VIEW_ANSWER = {**ANSWER, "view": VIEW}
BOT = {
    **ANSWER,
    "bot": {
        "id": str,
        "deleted": bool,
        "name": str,
        "updated": int,
        "app_id": str,
        "user_id": str,
        "icons": ICONS,
    },
}
PROFILE = {
    "title": str,
    "phone": str,
    "real_name": str,
    "real_name_normalized": str,
    "display_name": str,
    "display_name_normalized": str,
    "status_text": str,
    "status_emoji": str,
    "status_expiration": int,
    "avatar_hash": str,
    **{f"image_{size}": str for size in (24, 32, 48, 72, 192, 512)},
    "team": str,
}
PERSON = {
    **ANSWER,
    "user": {
        "id": str,
        "team_id": str,
        "name": str,
        "deleted": bool,
        "color": str,
        "real_name": str,
        "tz": str,
        "tz_label": str,
        "tz_offset": int,
        "profile": PROFILE,
        "is_admin": bool,
        "is_owner": bool,
        "is_primary_owner": bool,
        "is_restricted": bool,
        "is_ultra_restricted": bool,
        "is_bot": bool,
        "is_app_user": bool,
        "updated": int,
        "locale?": str,
        "is_stranger?": bool,
        "enterprise_user?": ANYTHING,
    },
}
