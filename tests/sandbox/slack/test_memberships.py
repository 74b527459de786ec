"""users.conversations: what one person is in, as far as the app may know."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSimulator, User

EVERY = "public_channel,private_channel"


@pytest.fixture
def client(slack: SlackSimulator) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def cleo(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("cleo")


async def test_private_channels_are_told_where_the_bot_is_too(
    slack: SlackSimulator, client: AsyncWebClient, cleo: User
) -> None:
    slack.scopes.add("groups:read")
    workspace = slack.workspace
    public = workspace.add_channel("films", members=[cleo])
    ours = workspace.add_channel("deal", private=True, bot_member=True, members=[cleo])
    workspace.add_channel("secret", private=True, members=[cleo])
    workspace.add_channel("others", bot_member=True, members=[])

    answer = await client.users_conversations(user=cleo.id, types=EVERY)

    assert [each["id"] for each in answer["channels"]] == [public.id, ours.id]
    assert all("is_member" not in each for each in answer["channels"])


async def test_it_comes_in_pages(slack: SlackSimulator, client: AsyncWebClient, cleo: User) -> None:
    made = [slack.workspace.add_channel(f"c{n}", members=[cleo]).id for n in range(5)]
    found, cursor = [], None
    while cursor != "":
        page = await client.users_conversations(user=cleo.id, limit=2, cursor=cursor)
        found += [each["id"] for each in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert found == made


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"types": "im"}, "missing_scope"),
        ({"types": "rooms"}, "invalid_types"),
        ({"user": "U0NOBODY"}, "user_not_found"),
    ],
)
async def test_what_is_asked_wrongly_is_refused(
    arguments: dict[str, str], error: str, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.users_conversations(**arguments)
