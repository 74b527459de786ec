"""Slack asks before it tells the app, where an element says so; and whom it notifies."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, ConfirmationDialog, Message, SlackSimulator, User

Listener = Callable[..., Any]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


CONFIRM = {
    "title": plain("Sure?"),
    "text": {"type": "mrkdwn", "text": "It costs *3* credits."},
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
MENU = {
    "type": "static_select",
    "action_id": "effect",
    "placeholder": plain("Effect"),
    "options": [{"text": plain("Zoom"), "value": "ZOOM"}],
    "confirm": CONFIRM,
}
BUTTONS = [
    {"type": "button", "action_id": "asks", "text": plain("Go"), "confirm": CONFIRM},
    {"type": "button", "action_id": "goes", "text": plain("Go")},
    MENU,
]


async def posted(client: AsyncWebClient, slack: SlackSimulator, films: Channel) -> Message:
    blocks = [{"type": "actions", "elements": BUTTONS}]
    answer = await client.chat_postMessage(channel=films.id, text="x", blocks=blocks)
    return slack.workspace.message(films.id, answer["ts"])


async def test_a_yes_reaches_the_app_and_a_no_does_not(
    slack: SlackSimulator,
    client: AsyncWebClient,
    connected: AsyncApp,
    ann: User,
    films: Channel,
    acknowledged: Listener,
) -> None:
    for action in ("asks", "goes", "effect"):
        connected.action(action)(acknowledged)
    message = await posted(client, slack, films)

    refused = slack.decline(ann, message, "asks")
    assert (refused.title, refused.deny) == ("Sure?", "No")
    slack.decline(ann, message, "effect")
    assert slack.deliveries == []

    await slack.click(ann, message, "asks")
    await slack.click(ann, message, "goes")
    await slack.select(ann, message, "effect", "ZOOM")
    assert len(slack.deliveries) == 3
    asked = ("Sure?", "It costs *3* credits.", "Yes", "No")
    assert slack.dialogs == [
        ConfirmationDialog(ann.id, *asked, agreed=agreed) for agreed in (False, False, True, True)
    ]


async def test_nobody_says_no_to_what_asks_nothing(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    message = await posted(client, slack, films)

    with pytest.raises(ValueError, match="goes asks nothing"):
        slack.decline(ann, message, "goes")


async def test_a_mention_notifies_when_it_is_posted_and_not_when_it_is_edited_in(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    bob = slack.workspace.add_user("bob")
    mention = {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{ann.id}>"}}
    edited = await client.chat_postMessage(channel=films.id, text="who?")
    await client.chat_update(channel=films.id, ts=edited["ts"], text="x", blocks=[mention])
    await client.chat_postEphemeral(channel=films.id, user=ann.id, text=f"<@{ann.id}>")
    assert slack.workspace.notified(ann) == []

    await client.chat_postMessage(channel=films.id, text="x", blocks=[mention])
    await client.chat_postMessage(channel=ann.id, text="psst")

    assert [message.text for message in slack.workspace.notified(ann)] == ["x", "psst"]
    assert slack.workspace.notified(bob) == []
