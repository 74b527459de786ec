"""Misconfigurations on Slack's side, each found with the right advice."""

import pytest

from bot import manifest
from bot.doctor.findings import Verdict
from sandbox.slack import SlackSimulator
from tests.conftest import free_port
from tests.doctor.conftest import Examine

OTHER_APP = "xapp-1-A0000000002-1-0123456789abcdef"
HTTP = {"SLACK_APP_TOKEN": None, "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}


async def test_where_all_is_right_nothing_is_found(examine: Examine) -> None:
    report = await examine()

    assert report.wrong == []
    assert {finding.section for finding in report.findings} == {
        "Settings",
        "Network",
        "Slack",
        "IACrea",
        "Redis",
        "This machine",
    }


async def test_it_names_workspace_and_bot(examine: Examine) -> None:
    [bot] = [each for each in (await examine()).findings if each.check == "bot token"]
    assert bot.said == "@Regen in Simulated (https://simulated.slack.com/)"


@pytest.mark.parametrize(
    ("changes", "check", "said", "mend"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1-wrong"}, "bot token", "(invalid_auth)", "install it again"),
        (
            {"SLACK_APP_TOKEN": "xapp-1-A1-1-wrong"},
            "Socket Mode",
            "refuses SLACK_APP_TOKEN (invalid_auth)",
            "make a new one with the scope connections:write",
        ),
        (
            {"SLACK_API_URL": "http://127.0.0.1:1/api/"},
            "bot token",
            "cannot be reached",
            "SLACK_API_URL",
        ),
    ],
)
async def test_a_wrong_value_is_found(
    changes: dict[str, str | None], check: str, said: str, mend: str, examine: Examine
) -> None:
    report = await examine(changes)

    finding = next(each for each in report.of(Verdict.FAILED) if each.check == check)
    assert finding.section == "Slack"
    assert said in finding.said
    assert mend in finding.mend


async def test_a_base_url_that_is_not_slacks_is_found(
    slack: SlackSimulator, examine: Examine
) -> None:
    report = await examine({"SLACK_API_URL": slack.api_url.replace("/api/", "/other/")})

    finding = next(each for each in report.of(Verdict.FAILED) if each.check == "bot token")
    assert "does not answer as Slack does" in finding.said
    assert "https://slack.com/api/" in finding.mend


async def test_a_revoked_token_is_found(slack: SlackSimulator, examine: Examine) -> None:
    slack.faults.token_revoked = True

    bot, app = (await examine()).of(Verdict.FAILED)

    assert (bot.check, bot.mend) == (
        "bot token",
        "Settings, Install App: install it again, and copy its Bot User OAuth Token",
    )
    assert app.check == "Socket Mode"


async def test_a_scope_that_was_not_granted_is_found(
    slack: SlackSimulator, examine: Examine
) -> None:
    slack.scopes.discard("chat:write")

    finding = (await examine()).only()

    assert (finding.check, finding.said) == ("scopes", "not granted: chat:write")
    assert "install it again" in finding.mend


OPTIONAL = manifest.scopes(manifest.read())[1]


@pytest.mark.parametrize("declined", [*((each,) for each in OPTIONAL), OPTIONAL])
async def test_what_is_lost_without_each_optional_scope_is_said(
    slack: SlackSimulator, examine: Examine, declined: tuple[str, ...]
) -> None:
    slack.scopes.difference_update(declined)

    report = await examine()

    assert report.wrong == ([("Slack", "scopes")] if "users:read" in declined else [])
    lost = [each for each in report.of(Verdict.NOTE) if each.check == "scopes"]
    assert [each.said.split(": ")[0] for each in lost] == [f"without {each}" for each in declined]
    assert ["Reinstall" in each.mend for each in lost] == [*[False] * (len(lost) - 1), True]


async def test_that_guests_spend_like_members_is_warned_of_where_nobody_has_let_them(
    slack: SlackSimulator, examine: Examine
) -> None:
    slack.scopes.discard("users:read")

    finding = (await examine()).only()

    assert finding.verdict is Verdict.WARNING
    assert "guests spend too" in finding.said
    assert (await examine({"ALLOW_GUESTS": "1"})).wrong == []


async def test_inline_video_without_its_scope_is_warned_of(
    slack: SlackSimulator, examine: Examine
) -> None:
    slack.scopes.discard("files:write")

    finding = (await examine({"INLINE_VIDEO": "1"})).only()

    assert finding.verdict is Verdict.WARNING
    assert "INLINE_VIDEO=0" in finding.mend


async def test_tokens_of_two_apps_are_found(slack: SlackSimulator, examine: Examine) -> None:
    slack._installation.app_token = OTHER_APP

    finding = (await examine({"SLACK_APP_TOKEN": OTHER_APP})).only()

    assert "A0000000002" in finding.said
    assert finding.mend == "take both tokens from the same app"
    assert OTHER_APP not in finding.said


async def test_socket_mode_that_is_off_is_found(slack: SlackSimulator, examine: Examine) -> None:
    await slack.disable_socket_mode()

    finding = (await examine()).only()

    assert finding.check == "Socket Mode"
    assert finding.mend == "Settings, Socket Mode: switch it on"


async def test_no_connection_is_opened_that_would_take_deliveries_away(
    slack: SlackSimulator, examine: Examine
) -> None:
    await examine()
    assert slack.connections == 0


async def test_in_http_mode_the_request_url_is_called_to_mind(examine: Examine) -> None:
    report = await examine(HTTP)

    assert report.wrong == []
    [urls] = [each for each in report.of(Verdict.NOTE) if each.check == "request URLs"]
    assert "https://<your host>/slack/events" in urls.said
    assert "regen-bot manifest --url" in urls.mend


async def test_what_is_no_signing_secret_is_warned_of(examine: Examine) -> None:
    finding = (await examine({**HTTP, "SLACK_SIGNING_SECRET": "0123456789"})).only()

    assert finding.check == "signing secret"
    assert "App Credentials" in finding.mend


async def test_a_signing_secret_beside_an_app_token_is_said_not_to_count(examine: Examine) -> None:
    report = await examine({"SLACK_SIGNING_SECRET": HTTP["SLACK_SIGNING_SECRET"]})

    assert report.wrong == []
    assert any("SLACK_APP_TOKEN wins" in each.said for each in report.of(Verdict.NOTE))


@pytest.mark.parametrize(
    ("error", "said", "mend"),
    [
        ("team_added_to_org", "moving into an organisation", "the bot waits"),
        ("org_login_required", "moving into an organisation", "the bot waits"),
        ("migration_in_progress", "moving to other servers", "the bot waits"),
        ("accesslimited", "not open to this network", "allow this machine's address"),
    ],
)
async def test_what_passes_by_itself_is_not_called_a_wrong_token(
    slack: SlackSimulator, examine: Examine, error: str, said: str, mend: str
) -> None:
    slack.faults.errors["auth.test"] = [error]

    finding = (await examine()).only()

    assert f"refuses everything for now ({error})" in finding.said
    assert said in finding.said
    assert mend in finding.mend
    assert "install" not in finding.mend


async def test_slack_in_trouble_is_not_called_a_wrong_token(
    slack: SlackSimulator, examine: Examine
) -> None:
    slack.faults.http_errors["auth.test"] = [503]

    finding = (await examine()).only()

    assert "does not answer as Slack does" in finding.said
    assert finding.mend.endswith("else ask again later")


async def test_after_a_wrong_value_the_rest_is_examined_all_the_same(examine: Examine) -> None:
    report = await examine(
        {"SLACK_BOT_TOKEN": None, "REDIS_URL": f"redis://127.0.0.1:{free_port()}"}
    )

    assert report.wrong == [("Settings", "SLACK_BOT_TOKEN"), ("Redis", "connection")]
    assert [each.check for each in report.of(Verdict.SKIPPED)] == ["bot token", "clock"]
