"""Whether the user groups that ALLOWED_USERS and ADMIN_USERS name are there, and with whom."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.config import NETWORK_VARIABLES, Config, Environment
from bot.config.environment import where
from bot.doctor.findings import Finding, Section
from bot.domain.permissions import is_group
from bot.slack.answering.user_groups import SCOPE
from bot.slack.connection.errors import SlackError, SlackUnauthorisedError
from bot.slack.connection.web_api import WebApi, web_client

_HERE = Section("Slack")
_NEEDED = frozenset({"SLACK_BOT_TOKEN", "SLACK_API_URL", *NETWORK_VARIABLES})
_NAME_PEOPLE = "Or name people, U…, instead"
_MEND = {
    "missing_scope": (
        f"App Manifest: paste what `regen-bot manifest` prints; Settings, Install App: install it "
        f"again, with {SCOPE}. {_NAME_PEOPLE}"
    ),
    "plan_upgrade_required": ("user groups come with Slack's paid plans; name people, U…, instead"),
}
"""By the error of usergroups.list; source: docs.slack.dev/reference/methods/usergroups.list."""


async def check(
    environ: Environment, config: Config, broken: frozenset[str]
) -> AsyncIterator[Finding]:
    """Asks Slack for every group that is named, by its id in the variable that names it."""
    settings = {"ALLOWED_USERS": config.allowed_users, "ADMIN_USERS": config.admin_users}
    named = [(name, each) for name, ids in settings.items() for each in ids if is_group(each)]
    if not named:
        return
    if missing := broken & _NEEDED:
        yield _HERE.skipped("user groups", min(missing))
        return
    try:
        groups = await _groups(config)
    except SlackUnauthorisedError:
        # Slack refuses the token, as its own check has said.
        yield _HERE.skipped("user groups", "SLACK_BOT_TOKEN")
    except SlackError as error:
        ids = ", ".join(dict.fromkeys(each for _, each in named))
        said = f"Slack does not tell of them ({error}), so that nobody passes by {ids}"
        yield _HERE.failed("user groups", said, _MEND.get(str(error), "ask again later"))
    else:
        for name, each in named:
            place = where(environ, name)
            yield _found(name, f"{each} ({place})" if place else each, groups.get(each))


async def _groups(config: Config) -> Mapping[str, Mapping[str, Any]]:
    client = web_client(config.slack_bot_token.reveal(), config.slack_api_url, config.network)
    answer = await WebApi(client).ask(
        "usergroups.list", include_disabled="true", include_count="true"
    )
    return {str(each.get("id")): each for each in answer.get("usergroups") or ()}


def _found(variable: str, named: str, group: Mapping[str, Any] | None) -> Finding:
    if group is None:
        said = f"{named}: there is no such user group"
        return _HERE.failed(variable, said, "take it out, or write the id of another one, S…")
    handle = f"@{group.get('handle')}"
    if group.get("date_delete"):
        said = f"{named}: {handle} is disabled, so that nobody is in it"
        return _HERE.failed(variable, said, "enable it in Slack, or take it out")
    people = int(group.get("user_count") or 0)
    if people == 0:
        return _HERE.warning(variable, f"{named}: nobody is in {handle}", "add people to it")
    return _HERE.ok(
        variable, f"{named}: {handle}, {people} {'person' if people == 1 else 'people'}"
    )
