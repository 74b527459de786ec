"""Methods about the app and about people: auth.*, apps.*, bots.*, users.*."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.identity import (
    APP_ID,
    BOT_ID,
    ICONS,
    INSTALLED_AT,
    TEAM_DOMAIN,
    TEAM_ID,
    TEAM_NAME,
)
from sandbox.slack.installation import Installation
from sandbox.slack.manifest_rules import violations
from sandbox.slack.objects import user_json
from sandbox.slack.records import JSON
from sandbox.slack.scopes import need_scope


def auth_test(installation: Installation, arguments: Arguments) -> JSON:
    """Says whose token it is; the scopes are in the answer's headers."""
    del arguments
    bot = installation.workspace.bot
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "team_id": TEAM_ID,
        "user": bot.name,
        "user_id": bot.id,
        "bot_id": BOT_ID,
        **({"enterprise_id": installation.enterprise} if installation.enterprise else {}),
        "is_enterprise_install": False,
    }


def connections_open(installation: Installation, arguments: Arguments) -> JSON:
    """Hands out the address for one Socket Mode connection.

    Raises:
        SlackError: Socket Mode is switched off. Slack's page names no error for that; this one
            is among those it lists.
    """
    del arguments
    if not installation.socket_mode or installation.request_url is not None:
        raise SlackError("access_denied")
    base = installation.base_url.replace("http", "ws", 1)  # wss:// where TLS stands before it
    return {"url": f"{base}/link/?ticket={installation.tickets.issue()}&app_id={APP_ID}"}


def manifest_validate(installation: Installation, arguments: Arguments) -> JSON:
    """Looks a manifest over, and makes nothing of it: methods/apps.manifest.validate.

    Raises:
        SlackError: `invalid_manifest`, with every reason and its place in the manifest.
    """
    del installation
    arguments.required("manifest")
    manifest = arguments.structure("manifest", otherwise="invalid_manifest")
    if not isinstance(manifest, dict):
        raise SlackError("invalid_manifest")
    if wrong := violations(manifest):
        raise SlackError("invalid_manifest", errors=wrong)
    return {"errors": []}


def bots_info(installation: Installation, arguments: Arguments) -> JSON:
    """Describes a bot, and whose app it is: methods/bots.info.

    Raises:
        SlackError: it is not this app's.
    """
    need_scope(installation, "users:read")
    if arguments.required("bot") != BOT_ID:
        raise SlackError("bot_not_found")
    bot = installation.workspace.bot
    known = {"id": BOT_ID, "app_id": APP_ID, "name": bot.name, "user_id": bot.id}
    return {"bot": known | {"deleted": False, "updated": INSTALLED_AT, "icons": ICONS}}


def users_info(installation: Installation, arguments: Arguments) -> JSON:
    """Describes a user."""
    need_scope(installation, "users:read")
    user = installation.workspace.user(arguments.required("user"))
    return {"user": user_json(installation, user, locale=arguments.flag("include_locale"))}
