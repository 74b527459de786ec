"""What comes back of a message and of a view is never quite what was sent."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from sandbox.slack.message_objects import message_json
from sandbox.slack.records import Content

PLAIN = {"type": "plain_text", "text": "Again"}
BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*done*"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "<@U1>", "verbatim": True}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "again",
                "text": PLAIN,
                "confirm": {"title": PLAIN, "text": PLAIN, "confirm": PLAIN, "deny": PLAIN},
            }
        ],
    },
]


async def test_every_text_object_comes_back_with_what_it_left_open(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    posted = await client.chat_postMessage(channel=films.id, text="done", blocks=BLOCKS)

    marked, verbatim, actions = posted["message"]["blocks"]
    assert marked["text"] == {"type": "mrkdwn", "text": "*done*", "verbatim": False}
    assert verbatim["text"]["verbatim"] is True
    button = actions["elements"][0]
    assert button["text"] == {**PLAIN, "emoji": True}
    assert button["confirm"]["deny"] == {**PLAIN, "emoji": True}
    assert all(block["block_id"] for block in posted["message"]["blocks"])
    assert "emoji" not in str(slack.workspace.messages(films)[0].blocks)


async def test_a_view_comes_back_so_as_well(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    answer = await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": BLOCKS})

    assert answer["view"]["blocks"][0]["text"]["verbatim"] is False
    assert answer["view"]["state"] == {"values": {}}


async def test_an_apps_message_says_whose_it_is(client: AsyncWebClient, films: Channel) -> None:
    posted = await client.chat_postMessage(channel=films.id, text="done")

    message, bot = posted["message"], (await client.auth_test()).data
    assert isinstance(bot, dict)
    assert (message["bot_id"], message["user"]) == (bot["bot_id"], bot["user_id"])
    profile = message["bot_profile"]
    assert (profile["id"], profile["app_id"]) == (message["bot_id"], message["app_id"])
    assert profile["team_id"] == message["team"] == bot["team_id"]
    assert "client_msg_id" not in message


@pytest.mark.parametrize(
    ("typed", "elements"),
    [
        ("a < b & c", [{"type": "text", "text": "a < b & c"}]),
        (
            "see https://iacrea.com/v?a=1&b=2 @ann",
            [
                {"type": "text", "text": "see "},
                {"type": "link", "url": "https://iacrea.com/v?a=1&b=2"},
                {"type": "text", "text": " "},
                {"type": "user", "user_id": "{ann}"},
            ],
        ),
        ("#films", [{"type": "channel", "channel_id": "{films}"}]),
    ],
)
async def test_what_is_typed_comes_back_as_rich_text(
    slack: SlackSimulator,
    client: AsyncWebClient,
    ann: User,
    films: Channel,
    typed: str,
    elements: list[dict[str, Any]],
) -> None:
    await slack.say(ann, films, typed)

    (message,) = (await client.conversations_history(channel=films.id))["messages"]
    (block,) = message["blocks"]
    assert (block["type"], len(block["elements"])) == ("rich_text", 1)
    assert block["elements"][0]["type"] == "rich_text_section"
    ids = {"{ann}": ann.id, "{films}": films.id}
    assert block["elements"][0]["elements"] == [
        {name: ids.get(value, value) for name, value in element.items()} for element in elements
    ]


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("<!here>", {"type": "broadcast", "range": "here"}),
        ("<!subteam^S1|@crew>", {"type": "usergroup", "usergroup_id": "S1"}),
        ("<https://a.b|there>", {"type": "link", "url": "https://a.b", "text": "there"}),
    ],
)
async def test_entities_are_told_apart(
    slack: SlackSimulator,
    client: AsyncWebClient,
    ann: User,
    films: Channel,
    text: str,
    element: dict[str, Any],
) -> None:
    slack.workspace.say(ann, films, text)

    (message,) = (await client.conversations_history(channel=films.id))["messages"]
    assert message["blocks"][0]["elements"][0]["elements"] == [element]


async def test_a_typed_message_keeps_its_ids_when_it_is_edited(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    said = slack.workspace.say(ann, films, "helo")
    (before,) = (await client.conversations_history(channel=films.id))["messages"]

    slack.workspace.edit(said, Content("hello"))

    (after,) = (await client.conversations_history(channel=films.id))["messages"]
    assert after["client_msg_id"] == before["client_msg_id"]
    assert after["edited"]["user"] == ann.id


async def test_what_is_typed_as_code_as_a_quotation_or_as_a_list_is_that_in_its_blocks(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    message = await slack.say(ann, films, "so:\n> a quote\n• one\n• two\n```code```")
    shown = message_json(slack._installation, message)["blocks"][0]["elements"]

    assert [each["type"] for each in shown] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_list",
        "rich_text_preformatted",
    ]
    assert shown[1]["elements"] == [{"type": "text", "text": "a quote"}]
    assert [each["elements"][0]["text"] for each in shown[2]["elements"]] == ["one", "two"]
    assert shown[3]["elements"] == [{"type": "text", "text": "code"}]
