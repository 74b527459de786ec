"""Methods that read user groups: usergroups.*."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.installation import Installation
from sandbox.slack.objects import group_json
from sandbox.slack.records import JSON
from sandbox.slack.scopes import need_scope

SCOPE = "usergroups:read"


def list_groups(installation: Installation, arguments: Arguments) -> JSON:
    """Lists the workspace's groups: methods/usergroups.list. Disabled ones only where asked for."""
    need_scope(installation, SCOPE)
    disabled, users = arguments.flag("include_disabled"), arguments.flag("include_users")
    counted = arguments.flag("include_count") or users
    shown = [
        group_json(each, users=users, counted=counted)
        for each in installation.workspace.groups.all()
        if disabled or not each.deleted
    ]
    return {"usergroups": shown}


def users_list(installation: Installation, arguments: Arguments) -> JSON:
    """Lists the people in one group: methods/usergroups.users.list.

    Its page does not say what a disabled group gets without `include_disabled`. Programs that
    manage groups take `no_such_subteam` for one that is gone, and disabling is all that can be
    done to a group (jmatsu/terraform-provider-slack).

    Raises:
        SlackError: there is no such group.
    """
    need_scope(installation, SCOPE)
    group = installation.workspace.groups.find(arguments.required("usergroup"))
    if group.deleted and not arguments.flag("include_disabled"):
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}
