"""User groups, as the Web API shows them and as the Events API tells of them."""

import copy
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSimulator, User, UserGroup
from tests.sandbox.slack import shapes
from tests.sandbox.slack.conftest import MANIFEST, error_of
from tests.sandbox.slack.shapes import NOTHING
from tests.sandbox.slack.test_shapes import check

GROUP = {
    "id": str,
    "team_id": str,
    "is_usergroup": bool,
    "is_subteam": bool,
    "name": str,
    "description": str,
    "handle": str,
    "is_external": bool,
    "date_create": int,
    "date_update": int,
    "date_delete": int,
    "auto_type": {NOTHING, str},
    "auto_provision": bool,
    "enterprise_subteam_id": str,
    "created_by": str,
    "updated_by": str,
    "deleted_by": {NOTHING, str},
    "prefs": {"channels": [str], "groups": [str]},
    "channel_count": int,
    "users?": [str],
    "user_count?": int,
}
SNAPSHOT = shapes.event({"type": str, "subteam": GROUP, "event_ts": str})
DIFFERENCE = shapes.event(
    {
        "type": str,
        "subteam_id": str,
        "team_id": str,
        "date_previous_update": int,
        "date_update": int,
        "added_users": [str],
        "added_users_count": int,
        "removed_users": [str],
        "removed_users_count": int,
        "event_ts": str,
    }
)


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = [
        "subteam_created",
        "subteam_updated",
        "subteam_members_changed",
    ]
    manifest["oauth_config"]["scopes"]["bot"].append("usergroups:read")
    async with SlackSimulator(manifest, event_retries=()) as slack:
        yield slack


@pytest.fixture
def bob(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("bob")


@pytest.fixture
async def editors(slack: SlackSimulator, ann: User) -> UserGroup:
    return await slack.add_group("Editors", "editors", ann)


async def test_who_is_in_a_group_is_told(
    client: AsyncWebClient, ann: User, editors: UserGroup
) -> None:
    assert (await client.usergroups_users_list(usergroup=editors.id))["users"] == [ann.id]
    [plain] = (await client.usergroups_list())["usergroups"]
    [full] = (await client.usergroups_list(include_users=True))["usergroups"]

    for each in (plain, full):
        check(each, GROUP)
    assert "users" not in plain
    assert (full["users"], full["user_count"], full["handle"]) == ([ann.id], 1, "editors")


async def test_a_disabled_group_is_shown_where_it_is_asked_for(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, editors: UserGroup
) -> None:
    await slack.disable_group(editors)

    assert (await client.usergroups_list())["usergroups"] == []
    assert await error_of(client.usergroups_users_list(usergroup=editors.id)) == "no_such_subteam"
    [disabled] = (await client.usergroups_list(include_disabled=True))["usergroups"]
    assert disabled["date_delete"] > 0
    still = await client.usergroups_users_list(usergroup=editors.id, include_disabled=True)
    assert still["users"] == [ann.id]


async def test_what_is_not_there_or_not_granted_is_refused(
    slack: SlackSimulator, client: AsyncWebClient, editors: UserGroup
) -> None:
    assert await error_of(client.usergroups_users_list(usergroup="S0NONE")) == "no_such_subteam"
    slack.scopes.discard("usergroups:read")
    assert await error_of(client.usergroups_users_list(usergroup=editors.id)) == "missing_scope"
    assert await error_of(client.usergroups_list()) == "missing_scope"


async def test_the_app_is_told_of_groups_and_of_who_joins_and_leaves(
    slack: SlackSimulator, ann: User, bob: User
) -> None:
    group = await slack.add_group("Editors", "editors", ann)
    await slack.change_group(group, bob)
    await slack.disable_group(group)

    created, updated, changed, disabled = [each.payload for each in slack.deliveries]
    for each in (created, updated, disabled):
        check(each, SNAPSHOT)
    check(changed, DIFFERENCE)
    assert created["event"]["type"] == "subteam_created"
    assert updated["event"]["subteam"]["users"] == [bob.id]
    assert changed["event"]["added_users"] == [bob.id]
    assert changed["event"]["removed_users"] == [ann.id]
    assert disabled["event"]["subteam"]["date_delete"] > 0


async def test_a_snapshot_names_500_users(slack: SlackSimulator) -> None:
    many = [slack.workspace.add_user(f"user{number}") for number in range(501)]
    await slack.add_group("Everybody", "everybody", *many)

    [created] = slack.deliveries
    told = created.payload["event"]["subteam"]
    assert (len(told["users"]), told["user_count"]) == (500, 501)


async def test_without_the_scope_the_app_is_told_nothing(slack: SlackSimulator, ann: User) -> None:
    slack.scopes.discard("usergroups:read")
    await slack.add_group("Editors", "editors", ann)
    assert slack.deliveries == []
