"""What is said, edited and deleted reaches apps that subscribe to it, and no others."""

import base64
import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from sandbox.slack.records import Content
from tests.sandbox.slack.conftest import MANIFEST

Events = list[dict[str, Any]]
EVENTS = ["message.channels", "message.groups", "message.im", "message.mpim", "app_mention"]


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = EVENTS
    manifest["oauth_config"]["scopes"]["bot"] += ["app_mentions:read", "mpim:history"]
    async with SlackSimulator(manifest) as slack:
        yield slack


@pytest.fixture
async def heard(slack: SlackSimulator, client: AsyncWebClient) -> AsyncIterator[Events]:
    """Every payload of an event that a Bolt app gets, its own messages among them."""
    app = AsyncApp(name="app", client=client, ignoring_self_events_enabled=False)
    heard: Events = []

    async def listen(body: dict[str, Any]) -> None:
        heard.append(body)
        slack.notifier.notify()

    for event in ("message", "app_mention"):
        app.event(event)(listen)
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.until(lambda _: slack.connections)
    yield heard
    await handler.close_async()


async def told(slack: SlackSimulator, heard: Events, count: int) -> Events:
    """The events themselves, once there are so many."""
    await slack.until(lambda _: min(len(heard), len(slack.deliveries)) >= count)
    assert len(heard) == count == len(slack.deliveries)
    return [body["event"] for body in heard]


async def test_a_message_and_a_mention_are_told(
    slack: SlackSimulator, heard: Events, ann: User, films: Channel
) -> None:
    message = await slack.say(ann, films, "@regen: <again>")

    said, mentioned = await told(slack, heard, 2)
    assert (said["type"], said["channel_type"]) == ("message", "channel")
    assert mentioned["type"] == "app_mention"
    assert "channel_type" not in mentioned
    for event in (said, mentioned):
        assert event["text"] == f"<@{slack.workspace.bot.id}>: &lt;again&gt;"
        assert (event["ts"], event["event_ts"]) == (message.ts, message.ts)
        assert (event["channel"], event["user"]) == (films.id, ann.id)
        (block,) = event["blocks"]
        assert block["elements"][0]["elements"] == [
            {"type": "user", "user_id": slack.workspace.bot.id},
            {"type": "text", "text": ": <again>"},
        ]


async def test_no_mention_is_told_of_in_direct_messages(
    slack: SlackSimulator, heard: Events, ann: User
) -> None:
    await slack.say(ann, slack.workspace.direct_message(ann), "@regen again")

    (said,) = await told(slack, heard, 1)
    assert (said["type"], said["channel_type"]) == ("message", "im")


@pytest.mark.parametrize(
    ("kind", "channel_type"), [("private", "group"), ("several", "mpim"), ("direct", "im")]
)
async def test_each_kind_of_conversation_has_its_own_event(
    slack: SlackSimulator, heard: Events, ann: User, kind: str, channel_type: str
) -> None:
    workspace = slack.workspace
    channel = {
        "private": lambda: workspace.add_channel("cuts", private=True, bot_member=True),
        "several": lambda: workspace.group_message(ann, workspace.add_user("bob")),
        "direct": lambda: workspace.direct_message(ann),
    }[kind]()
    await slack.say(ann, channel, "hello")

    (said,) = await told(slack, heard, 1)
    assert said["channel_type"] == channel_type


async def test_nothing_is_told_of_where_the_app_is_not_or_may_not_read(
    slack: SlackSimulator, heard: Events, ann: User, films: Channel
) -> None:
    elsewhere = slack.workspace.add_channel("elsewhere")
    slack.scopes.discard("channels:history")
    await slack.say(ann, elsewhere, "@regen")
    await slack.say(ann, films, "no mention")
    assert slack.deliveries == []
    await slack.say(ann, films, "@regen")

    (mentioned,) = await told(slack, heard, 1)
    assert mentioned["type"] == "app_mention"


async def test_the_apps_own_messages_edits_and_deletions_are_told(
    slack: SlackSimulator, heard: Events, client: AsyncWebClient, films: Channel
) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "0 %"}}
    posted = await client.chat_postMessage(channel=films.id, text="0 %", blocks=[section])
    await client.chat_update(channel=films.id, ts=posted["ts"], text="40 %", blocks=[section])
    await client.chat_delete(channel=films.id, ts=posted["ts"])

    said, changed, deleted = await told(slack, heard, 3)
    assert (said["bot_id"], said["app_id"]) == (
        posted["message"]["bot_id"],
        posted["message"]["app_id"],
    )
    assert "subtype" not in said
    assert changed["subtype"] == "message_changed"
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("0 %", "40 %")
    assert (changed["hidden"], changed["message"]["ts"]) == (True, posted["ts"])
    assert changed["ts"] == changed["event_ts"] != posted["ts"]
    assert deleted["subtype"] == "message_deleted"
    assert (deleted["hidden"], deleted["deleted_ts"]) == (True, posted["ts"])
    assert deleted["previous_message"]["text"] == "40 %"
    for event in (said, changed, deleted):
        assert (event["type"], event["channel"], event["channel_type"]) == (
            "message",
            films.id,
            "channel",
        )


async def test_what_people_edit_is_told_and_marked(
    slack: SlackSimulator, heard: Events, ann: User, films: Channel
) -> None:
    message = await slack.say(ann, films, "helo")
    slack.workspace.edit(message, Content("hello"))

    said, changed = await told(slack, heard, 2)
    assert changed["message"]["edited"]["user"] == ann.id
    assert "edited" not in changed["previous_message"]
    assert changed["message"]["client_msg_id"] == said["client_msg_id"]


async def test_a_mention_that_is_edited_is_told_again_as_another_one(
    slack: SlackSimulator, heard: Events, ann: User, films: Channel
) -> None:
    message = await slack.say(ann, films, "@regen hello")
    await slack.edit(ann, message, "@regen hello again")

    _, said, changed, again = await told(slack, heard, 4)
    assert (said["type"], changed["subtype"], again["type"]) == (
        "app_mention",
        "message_changed",
        "app_mention",
    )
    assert "edited" not in said
    assert again["edited"]["user"] == ann.id
    assert again["ts"] == said["ts"] != again["event_ts"]
    assert heard[1]["event_id"] != heard[3]["event_id"]
    with pytest.raises(ValueError, match="cannot edit"):
        await slack.edit(slack.workspace.add_user("bob"), message, "@regen something else")


async def test_a_deleted_parent_leaves_a_tombstone(
    slack: SlackSimulator, heard: Events, ann: User, films: Channel
) -> None:
    parent = await slack.say(ann, films, "parent")
    await slack.say(ann, films, "reply", thread_ts=parent.ts)
    slack.workspace.delete(parent)

    *_, buried = await told(slack, heard, 3)
    assert (buried["subtype"], buried["message"]["subtype"]) == ("message_changed", "tombstone")
    assert buried["previous_message"]["text"] == "parent"
    assert buried["message"]["reply_count"] == 1


async def test_a_reply_for_all_brings_its_root_along(
    slack: SlackSimulator, heard: Events, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    parent = await slack.say(ann, films, "parent")
    await client.chat_postMessage(
        channel=films.id, text="for all", thread_ts=parent.ts, reply_broadcast=True
    )

    _, reply = await told(slack, heard, 2)
    assert (reply["subtype"], reply["root"]["ts"]) == ("thread_broadcast", parent.ts)


async def test_an_ephemeral_is_told_to_nobody(
    slack: SlackSimulator, heard: Events, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    await client.chat_postEphemeral(channel=films.id, user=ann.id, text="psst")
    await slack.say(ann, films, "hello")

    (said,) = await told(slack, heard, 1)
    assert said["text"] == "hello"


async def test_the_envelope_says_where_and_to_whom(
    slack: SlackSimulator, heard: Events, ann: User, films: Channel
) -> None:
    await slack.say(ann, films, "hello")
    await told(slack, heard, 1)

    (body,) = heard
    (authorization,) = body["authorizations"]
    assert authorization["user_id"] == slack.workspace.bot.id
    packed = body["event_context"].removeprefix("4-")
    context = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    assert context == {
        "et": "message",
        "tid": body["team_id"],
        "aid": body["api_app_id"],
        "cid": films.id,
    }
