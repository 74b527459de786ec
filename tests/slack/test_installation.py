"""Who the bot is in its workspace: asked until Slack says, or says that it will not."""

import pytest

from bot.slack.connection import installation
from bot.slack.connection.installation import SlackFatalError, identify
from bot.slack.connection.web_api import WebApi, web_client
from sandbox.slack import SlackSimulator


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "RETRY_PAUSE", 0.01)


def asked(slack: SlackSimulator) -> int:
    return sum(call.method == "auth.test" for call in slack.calls)


@pytest.mark.parametrize(
    "error",
    [
        "team_added_to_org",
        "org_login_required",
        "migration_in_progress",
        "accesslimited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
    ],
)
async def test_what_passes_by_itself_is_waited_out(slack: SlackSimulator, error: str) -> None:
    slack.faults.errors["auth.test"] = [error, error]

    known = await identify(WebApi(web_client(slack.bot_token, slack.api_url)), slack.bot_token)

    assert known.bot_user_id == slack.workspace.bot.id
    assert asked(slack) == 3


async def test_a_refused_token_is_not(slack: SlackSimulator) -> None:
    slack.faults.errors["auth.test"] = ["team_access_not_granted"]

    with pytest.raises(SlackFatalError, match="team_access_not_granted"):
        await identify(WebApi(web_client(slack.bot_token, slack.api_url)), slack.bot_token)

    assert asked(slack) == 1
