"""Who may do what: tokens, scopes and membership."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from tests.sandbox.slack.conftest import error_of


def with_token(slack: SlackSimulator, token: str) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])


async def test_auth_test_says_who_it_is_and_which_scopes_were_granted(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    slack.scopes.clear()
    slack.scopes.update({"chat:write", "commands"})

    answer = await client.auth_test()

    assert answer["user_id"] == slack.workspace.bot.id
    assert answer["team_id"].startswith("T")
    assert answer.headers["x-oauth-scopes"] == "chat:write,commands"


async def test_a_token_that_is_missing_wrong_or_of_the_other_kind_is_refused(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    wrong = with_token(slack, "xoxb-wrong")
    other = with_token(slack, slack.app_token)

    assert await error_of(with_token(slack, "").auth_test()) == "not_authed"
    assert await error_of(wrong.auth_test()) == "invalid_auth"
    assert await error_of(other.auth_test()) == "not_allowed_token_type"
    opening = client.apps_connections_open(app_token=slack.bot_token)
    assert await error_of(opening) == "not_allowed_token_type"


async def test_a_revoked_token_stays_refused(slack: SlackSimulator, client: AsyncWebClient) -> None:
    slack.faults.token_revoked = True

    assert await error_of(client.auth_test()) == "token_revoked"


async def test_a_missing_scope_is_named_beside_what_was_granted(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.scopes.clear()
    slack.scopes.update({"commands"})

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x")

    answer = caught.value.response
    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("chat:write", "commands")


SCOPES = {
    "bot": ["commands", "im:history", "users:read"],
    "bot_optional": ["im:history", "users:read"],
}
APP = {"display_information": {"name": "Regen"}, "oauth_config": {"scopes": SCOPES}}


def test_optional_scopes_are_declined_one_by_one_and_no_others() -> None:
    assert SlackSimulator(APP).scopes == {"commands", "im:history", "users:read"}
    assert SlackSimulator(APP, declined={"im:history"}).scopes == {"commands", "users:read"}
    assert SlackSimulator(APP, declined=SCOPES["bot_optional"]).scopes == {"commands"}
    with pytest.raises(ValueError, match="no optional scopes of this app: commands"):
        SlackSimulator(APP, declined={"commands", "users:read"})


async def test_reading_needs_the_history_scope_of_that_kind_of_channel(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    private = slack.workspace.add_channel("cuts", private=True, bot_member=True)
    slack.scopes.discard("groups:history")

    await client.conversations_history(channel=films.id)

    assert await error_of(client.conversations_history(channel=private.id)) == "missing_scope"


async def test_where_the_bot_is_no_member_it_cannot_post(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    public = slack.workspace.add_channel("public")
    private = slack.workspace.add_channel("private", private=True)
    archived = slack.workspace.archive(slack.workspace.add_channel("old", bot_member=True))
    others = slack.workspace.direct_message(ann, slack.workspace.add_user("bob"))

    async def error_in(channel: Channel) -> str:
        return await error_of(client.chat_postMessage(channel=channel.id, text="x"))

    assert await error_in(public) == "not_in_channel"
    assert await error_in(private) == "channel_not_found"
    assert await error_in(archived) == "is_archived"
    assert await error_in(others) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel="C404", text="x")) == "channel_not_found"


async def test_an_invitation_lets_the_bot_in(slack: SlackSimulator, client: AsyncWebClient) -> None:
    private = slack.workspace.add_channel("private", private=True)

    slack.workspace.join(private, slack.workspace.bot)

    assert (await client.chat_postMessage(channel=private.id, text="x"))["ok"]


async def test_chat_write_public_opens_public_channels_alone(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    public = slack.workspace.add_channel("public")
    private = slack.workspace.add_channel("private", private=True)
    slack.scopes.add("chat:write.public")

    assert (await client.chat_postMessage(channel=public.id, text="x"))["ok"]
    posting = client.chat_postMessage(channel=private.id, text="x")
    assert await error_of(posting) == "channel_not_found"
