"""User groups in the settings: each by its handle and how many are in it, or what is wrong."""

import pytest

from bot.doctor.findings import Finding, Verdict
from sandbox.slack import SlackSimulator, User
from tests.doctor.conftest import Examine, Report

SETTINGS = {"ALLOWED_USERS", "ADMIN_USERS", "user groups"}


def found(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.check in SETTINGS]


async def test_each_group_is_named_with_how_many_are_in_it(
    slack: SlackSimulator, examine: Examine, anna: User, ben: User
) -> None:
    editors = slack.workspace.groups.add("Editors", "editors", [anna, ben])
    heads = slack.workspace.groups.add("Heads", "heads", [ben])

    report = await examine({"ADMIN_USERS": heads.id}, f"ALLOWED_USERS={anna.id},{editors.id}\n")

    assert report.wrong == []
    assert [(each.check, each.said) for each in found(report)] == [
        ("ALLOWED_USERS", f"{editors.id} (line 1 of .env): @editors, 2 people"),
        ("ADMIN_USERS", f"{heads.id}: @heads, 1 person"),
    ]


async def test_a_group_that_is_not_there_disabled_or_empty_is_found(
    slack: SlackSimulator, examine: Examine, anna: User
) -> None:
    groups = slack.workspace.groups
    old = groups.disable(groups.add("Old", "old", [anna]))
    empty = groups.add("Empty", "empty", [])

    none, disabled, nobody = found(await examine({"ALLOWED_USERS": f"S0NONE,{old.id},{empty.id}"}))

    assert none.verdict is disabled.verdict is Verdict.FAILED
    assert none.said == "S0NONE: there is no such user group"
    assert disabled.said == f"{old.id}: @old is disabled, so that nobody is in it"
    assert nobody.verdict is Verdict.WARNING
    assert nobody.said == f"{empty.id}: nobody is in @empty"
    assert all(each.mend for each in (none, disabled, nobody))


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        ("plan_upgrade_required", "come with Slack's paid plans"),
        ("internal_error", "ask again later"),
    ],
)
async def test_what_slack_refuses_is_said_with_what_to_do(
    error: str, mend: str, slack: SlackSimulator, examine: Examine
) -> None:
    slack.faults.errors["usergroups.list"] = [error]

    finding = (await examine({"ALLOWED_USERS": "S0123ABCD", "ADMIN_USERS": "S0123ABCD"})).only()

    assert (finding.check, finding.verdict) == ("user groups", Verdict.FAILED)
    assert f"({error}), so that nobody passes by S0123ABCD" in finding.said
    assert mend in finding.mend


async def test_without_the_scope_it_says_how_to_have_it(
    slack: SlackSimulator, examine: Examine
) -> None:
    slack.scopes.discard("usergroups:read")

    finding = (await examine({"ALLOWED_USERS": "S0123ABCD"})).only()
    assert "missing_scope" in finding.said
    assert "install it again, with usergroups:read" in finding.mend
    assert found(await examine({"ALLOWED_USERS": None})) == [], "it buys nothing there"


@pytest.mark.parametrize("token", ["xoxb-1-wrong", "xoxp-1"])
async def test_it_is_not_checked_where_the_token_is_wrong(token: str, examine: Examine) -> None:
    report = await examine({"SLACK_BOT_TOKEN": token, "ALLOWED_USERS": "S0123ABCD"})
    [finding] = found(report)
    assert (finding.verdict, finding.said) == (
        Verdict.SKIPPED,
        "not checked: SLACK_BOT_TOKEN comes first",
    )
