"""What people press and choose in messages and views reaches a Bolt app, in Slack's shapes."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Delivery, Message, SlackSimulator, User

Seen = Callable[[Delivery], dict[str, Any]]
Listener = Callable[..., Any]

BUTTON = {
    "type": "button",
    "action_id": "again",
    "value": "v1",
    "text": {"type": "plain_text", "text": "Again", "emoji": True},
}
EFFECTS = {
    "type": "static_select",
    "action_id": "effect",
    "placeholder": {"type": "plain_text", "text": "Effect", "emoji": True},
    "options": [
        {"text": {"type": "plain_text", "text": name, "emoji": True}, "value": name}
        for name in ("PUSH", "ZOOM")
    ],
}
BLOCKS = [{"type": "actions", "block_id": "buttons", "elements": [BUTTON, EFFECTS]}]


async def posted(client: AsyncWebClient, slack: SlackSimulator, channel: Channel) -> Message:
    answer = await client.chat_postMessage(
        channel=channel.id,
        text="done",
        blocks=BLOCKS,
        metadata={"event_type": "outcome", "event_payload": {"request": "r1"}},
    )
    return slack.workspace.message(channel.id, answer["ts"])


async def test_a_press_carries_the_message_as_it_is_stored(
    slack: SlackSimulator,
    client: AsyncWebClient,
    reached: AsyncApp,
    ann: User,
    films: Channel,
    seen: Seen,
) -> None:
    got: list[dict[str, Any]] = []

    async def again(ack: Any, body: dict[str, Any]) -> None:
        got.append(body)
        await ack()

    reached.action("again")(again)

    message = await posted(client, slack, films)
    seen(await slack.click(ann, message, "again", "buttons"))

    body = got[0]
    action = body["actions"][0]
    assert (action["block_id"], action["value"], action["type"]) == ("buttons", "v1", "button")
    assert float(action["action_ts"]) > 0
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": films.id,
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"] == list(message.blocks)
    assert body["message"]["metadata"]["event_payload"] == {"request": "r1"}
    assert body["state"] == {
        "values": {"buttons": {"effect": {"type": "static_select", "selected_option": None}}}
    }


async def test_a_press_in_a_thread_names_the_thread(
    slack: SlackSimulator,
    client: AsyncWebClient,
    connected: AsyncApp,
    ann: User,
    films: Channel,
    seen: Seen,
    acknowledged: Listener,
) -> None:
    connected.action("again")(acknowledged)
    parent = slack.workspace.say(ann, films, "hello")
    answer = await client.chat_postMessage(
        channel=films.id, text="done", blocks=BLOCKS, thread_ts=parent.ts
    )
    reply = slack.workspace.message(films.id, answer["ts"])

    payload = seen(await slack.click(ann, reply, "again"))

    assert payload["container"]["thread_ts"] == parent.ts
    assert payload["message"]["thread_ts"] == parent.ts
    assert payload["message"]["parent_user_id"] == ann.id


async def test_a_press_in_an_ephemeral_carries_no_message(
    slack: SlackSimulator,
    client: AsyncWebClient,
    connected: AsyncApp,
    ann: User,
    films: Channel,
    seen: Seen,
    acknowledged: Listener,
) -> None:
    connected.action("again")(acknowledged)
    await client.chat_postEphemeral(channel=films.id, user=ann.id, text="sure?", blocks=BLOCKS)
    (ephemeral,) = slack.workspace.ephemerals(ann, films)

    payload = seen(await slack.click(ann, ephemeral, "again"))

    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_a_choice_arrives_with_its_option_and_in_the_state(
    slack: SlackSimulator,
    client: AsyncWebClient,
    reached: AsyncApp,
    ann: User,
    films: Channel,
    seen: Seen,
    acknowledged: Listener,
) -> None:
    reached.action("effect")(acknowledged)
    message = await posted(client, slack, films)

    payload = seen(await slack.select(ann, message, "effect", "ZOOM"))

    chosen = payload["actions"][0]["selected_option"]
    assert chosen["value"] == "ZOOM"
    assert payload["state"]["values"]["buttons"]["effect"]["selected_option"] == chosen


async def test_a_button_in_a_view_arrives_with_the_view(
    slack: SlackSimulator, connected: AsyncApp, ann: User, seen: Seen, acknowledged: Listener
) -> None:
    connected.action("again")(acknowledged)
    home = slack.workspace.views.publish(ann.id, {"type": "home", "blocks": BLOCKS})

    payload = seen(await slack.click(ann, home, "again"))

    assert payload["container"] == {"type": "view", "view_id": home.id}
    assert payload["view"]["id"] == home.id


async def test_nobody_presses_or_chooses_what_is_not_there(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    message = await posted(client, slack, films)

    with pytest.raises(ValueError, match="nothing there has the action_id gone"):
        await slack.click(ann, message, "gone")
    with pytest.raises(ValueError, match="effect is a static_select, not a button"):
        await slack.click(ann, message, "effect")
    with pytest.raises(ValueError, match="has no option"):
        await slack.select(ann, message, "effect", "SPIN")


async def test_without_interactivity_in_the_manifest_nothing_can_be_pressed() -> None:
    async with SlackSimulator({"display_information": {"name": "Regen"}}) as slack:
        ann = slack.workspace.add_user("ann")
        home = slack.workspace.views.publish(ann.id, {"type": "home", "blocks": BLOCKS})

        with pytest.raises(ValueError, match="interactivity is switched off"):
            await slack.click(ann, home, "again")
