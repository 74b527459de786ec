"""The JSON in which Slack tells apps about views, people and conversations."""

from sandbox.slack.directory import SLACKBOT
from sandbox.slack.identity import APP_ID, BOT_ID, INSTALLED_AT, TEAM_DOMAIN, TEAM_ID
from sandbox.slack.installation import Installation
from sandbox.slack.message_objects import completed
from sandbox.slack.records import JSON, Channel, ChannelKind, Guest, User, UserGroup, View

STATEFUL = {
    "external_select": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "plain_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
}
"""Of each element with a state: where it is found, and where it comes from at first."""


def channel_json(installation: Installation, channel: Channel) -> JSON:
    """Returns a conversation as `conversations.info` shows it."""
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_group": channel.kind is ChannelKind.PRIVATE,
        "is_im": channel.kind is ChannelKind.IM,
        "is_mpim": channel.kind is ChannelKind.MPIM,
        "is_private": channel.kind is not ChannelKind.PUBLIC,
        "is_archived": channel.archived,
        "is_member": installation.workspace.bot.id in channel.members,
        "is_shared": bool(channel.shared_with),
        "is_ext_shared": bool(channel.shared_with),
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "shared_team_ids": sorted({TEAM_ID, *channel.shared_with}),
        "connected_team_ids": sorted(channel.shared_with),
        "context_team_id": TEAM_ID,
        **_described(installation, channel),
    }


def _described(installation: Installation, channel: Channel) -> JSON:
    """Returns what else there is of a conversation: reference/objects/conversation-object."""
    if channel.kind is ChannelKind.IM:
        others = channel.members - {installation.workspace.bot.id}
        return {"created": INSTALLED_AT, "user": min(others, default=installation.workspace.bot.id)}
    said = {"value": "", "creator": "", "last_set": 0}
    return {
        "created": INSTALLED_AT,
        "creator": SLACKBOT,
        "is_general": False,
        "name_normalized": channel.name,
        "previous_names": [],
        "purpose": said,
        "topic": said,
        "unlinked": 0,
        "updated": INSTALLED_AT * 1000,
    }


def user_json(installation: Installation, user: User, *, locale: bool = False) -> JSON:
    """Returns a user as `users.info` shows them, with their language where it was asked for.

    Of people of other organisations Slack shows less («External members» in apis/slack-connect);
    `is_stranger` is true of those alone who share no channel with the app
    (reference/objects/user-object). The workspace's own people on Enterprise Grid have an
    `enterprise_user` (methods/users.info).
    """
    own = is_own(installation, user)
    with_app = (
        c for c in installation.workspace.channels() if installation.workspace.bot.id in c.members
    )
    shown = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "is_bot": user.is_bot,
        "is_restricted": user.guest is not None,
        "is_ultra_restricted": user.guest is Guest.SINGLE_CHANNEL,
        "is_stranger": not own and not any(user.id in channel.members for channel in with_app),
    }
    if user.enterprise is not None:
        teams = [user.team] if user.team.startswith("T") else []
        shown["enterprise_user"] = {
            "id": user.id,
            "enterprise_id": user.enterprise,
            "enterprise_name": user.enterprise.lower(),
            "is_admin": False,
            "is_owner": False,
            "teams": teams,
        }
    if locale and own:
        shown["locale"] = user.locale
    return shown | {
        "color": "9f69e7",
        "is_admin": False,
        "is_app_user": False,
        "is_owner": False,
        "is_primary_owner": False,
        "profile": _profile(user),
        "tz": "Etc/UTC",
        "tz_label": "Coordinated Universal Time",
        "tz_offset": 0,
        "updated": INSTALLED_AT,
    }


def _profile(user: User) -> JSON:
    """Returns a profile without what scopes of their own open: reference/objects/user-object."""
    picture = "https://secure.gravatar.com/avatar/{size}.jpg"
    return {
        "title": "",
        "phone": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g0000000000",
        "team": user.team,
        **{f"image_{size}": picture.format(size=size) for size in (24, 32, 48, 72, 192, 512)},
    }


def group_json(group: UserGroup, *, users: bool, counted: bool) -> JSON:
    """Returns a user group, with who is in it and how many where that was asked for.

    Source: reference/objects/usergroup-object; java-slack-sdk, usergroups.list.json.
    """
    shown = {
        "id": group.id,
        "team_id": TEAM_ID,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.updated,
        "date_delete": group.deleted,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": SLACKBOT,
        "updated_by": SLACKBOT,
        "deleted_by": SLACKBOT if group.deleted else None,
        "prefs": {"channels": [], "groups": []},
        "channel_count": 0,
    }
    if users:
        shown["users"] = list(group.members)
    if counted:
        shown["user_count"] = len(group.members)
    return shown


def view_json(view: View, *, state: JSON | None = None, team: str = TEAM_ID) -> JSON:
    """Returns a view as the Web API and interactions show it; `team` is that of its person."""
    return {
        "id": view.id,
        "team_id": team,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **completed(view.body),
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": completed(state or {"values": {}}),
    }


def is_own(installation: Installation, user: User) -> bool:
    """Whether somebody is of the app's workspace, or of another one of its organisation."""
    return user.team == TEAM_ID or (
        installation.enterprise is not None and user.enterprise == installation.enterprise
    )


def whereabouts(installation: Installation, user: User | None) -> JSON:
    """Returns the workspace and the organisation of an interaction.

    Under a message they are the app's, whoever presses it (java-slack-sdk#1041); in a view they
    are its person's (bolt-python, tests/scenario_tests/test_view_submission.py), so `user`.
    """
    team, domain, enterprise = TEAM_ID, TEAM_DOMAIN, installation.enterprise
    if user is not None and user.team != TEAM_ID:
        team, domain, enterprise = user.team, user.team.lower(), user.enterprise
    if enterprise is None:
        return {"team": {"id": team, "domain": domain}, "enterprise": None}
    named = {"enterprise_id": enterprise, "enterprise_name": enterprise.lower()}
    return {
        "team": {"id": team, "domain": domain, **named},
        "enterprise": {"id": enterprise, "name": enterprise.lower()},
    }


def actor_json(user: User) -> JSON:
    """Returns a person as interactions name them, with the workspace that they belong to."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}


def place_json(channel: Channel) -> JSON:
    """Returns a conversation as interactions name it; the name of a private one is not told."""
    private = channel.kind is ChannelKind.PRIVATE
    return {"id": channel.id, "name": "privategroup" if private else channel.name}
