"""The manifest, as Slack finds it where a developer's token lets it be asked."""

import json

import pytest

from bot import manifest
from bot.doctor.findings import Finding, Verdict
from sandbox.slack import SlackSimulator
from tests.doctor.conftest import Examine, Report

VALIDATE = "apps.manifest.validate"
HTTP = {"SLACK_APP_TOKEN": None, "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}


def about(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.check == "manifest"]


@pytest.mark.parametrize("mode", [{}, HTTP], ids=["socket", "http"])
async def test_slack_takes_the_manifest_of_either_mode(
    slack: SlackSimulator, examine: Examine, mode: dict[str, str | None]
) -> None:
    report = await examine({**mode, "SLACK_CONFIG_TOKEN": slack.config_token})

    [finding] = about(report)
    assert (finding.verdict, report.wrong) == (Verdict.OK, [])
    [call] = [call for call in slack.calls if call.method == VALIDATE]
    asked = json.loads(call.arguments["manifest"])
    assert asked["settings"]["socket_mode_enabled"] is (mode == {})
    assert slack.config_token not in str(report.findings)


async def test_it_may_stand_in_the_env_file_as_well(
    slack: SlackSimulator, examine: Examine
) -> None:
    report = await examine(dotenv=f"SLACK_CONFIG_TOKEN={slack.config_token}\n")

    assert report.wrong == []
    assert [each.verdict for each in about(report)] == [Verdict.OK]


async def test_without_a_token_it_is_said_how_to_get_one(
    slack: SlackSimulator, examine: Examine
) -> None:
    [finding] = about(await examine())

    assert finding.verdict is Verdict.NOTE
    assert "https://api.slack.com/apps, Your App Configuration Tokens" in finding.mend
    assert VALIDATE not in {call.method for call in slack.calls}


async def test_each_thing_that_slack_refuses_is_named_with_its_place(
    slack: SlackSimulator, examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = manifest.read()
    ours["oauth_config"]["scopes"]["bot"].remove("users:read")
    ours["settings"]["socket_mode_enabled"] = False
    monkeypatch.setattr(manifest, "fitted", lambda *_, **__: ours)

    findings = about(await examine({"SLACK_CONFIG_TOKEN": slack.config_token}))

    assert {each.verdict for each in findings} == {Verdict.FAILED}
    assert [each.said.split(": ")[0].rpartition(" ")[2] for each in findings] == [
        "/oauth_config/scopes/bot_optional",
        "/settings/event_subscriptions",
        "/settings/interactivity",
        "/settings/interactivity",
    ]
    assert "must also be listed in bot: users:read" in findings[0].said


async def test_an_expired_token_is_told_as_such(slack: SlackSimulator, examine: Examine) -> None:
    slack._installation.config_token_until = 0.0

    finding = (await examine({"SLACK_CONFIG_TOKEN": slack.config_token})).only()

    assert finding.verdict is Verdict.WARNING
    assert "has expired, as they do after 12 hours" in finding.said
    assert "Generate Token" in finding.mend


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("xoxe.xoxp-1-wrong", "refuses SLACK_CONFIG_TOKEN (invalid_auth)"),
        ("xoxe-1-refresh", "is a refresh token"),
    ],
)
async def test_a_token_that_is_of_no_use_is_told(examine: Examine, token: str, said: str) -> None:
    finding = (await examine({"SLACK_CONFIG_TOKEN": token})).only()

    assert (finding.check, finding.verdict) == ("manifest", Verdict.WARNING)
    assert said in finding.said
    assert token not in str(finding)


async def test_the_bots_own_token_is_none_for_that(slack: SlackSimulator, examine: Examine) -> None:
    finding = (await examine({"SLACK_CONFIG_TOKEN": slack.bot_token})).only()
    assert "(not_allowed_token_type)" in finding.said


async def test_slack_in_trouble_says_nothing_about_the_manifest(
    slack: SlackSimulator, examine: Examine
) -> None:
    slack.faults.http_errors[VALIDATE] = [503]

    finding = (await examine({"SLACK_CONFIG_TOKEN": slack.config_token})).only()

    assert (finding.verdict, finding.mend) == (Verdict.WARNING, "ask later")
