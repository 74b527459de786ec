"""What people type and choose from menus reaches a Bolt app, over both transports."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Delivery, SlackSimulator, User

Seen = Callable[[Delivery], dict[str, Any]]
Listener = Callable[..., Any]


async def test_a_command_arrives_with_what_slack_says_about_it(
    slack: SlackSimulator, reached: AsyncApp, ann: User, films: Channel, seen: Seen
) -> None:
    got: list[dict[str, Any]] = []

    async def regen(ack: Any, body: dict[str, Any]) -> None:
        got.append(body)
        await ack()

    reached.command("/regen")(regen)

    payload = seen(await slack.command(ann, films, "/regen abc 2 "))

    assert got == [payload]
    assert got[0]["text"] == "abc 2"
    assert (got[0]["user_id"], got[0]["channel_id"]) == (ann.id, films.id)
    assert got[0]["channel_name"] == "films"
    assert got[0]["is_enterprise_install"] == "false"
    assert slack.workspace.ephemerals(ann, films) == []


async def test_text_in_an_acknowledgement_is_shown_to_that_person_alone(
    slack: SlackSimulator, reached: AsyncApp, ann: User, films: Channel
) -> None:
    async def regen(ack: Any) -> None:
        await ack("type a video")

    reached.command("/regen")(regen)

    delivery = await slack.command(ann, films, "/regen")

    assert delivery.ack is not None
    assert [m.text for m in slack.workspace.ephemerals(ann, films)] == ["type a video"]
    assert slack.workspace.messages(films) == []


async def test_an_acknowledgement_in_channel_shows_the_typed_command_too(
    slack: SlackSimulator, reached: AsyncApp, ann: User, films: Channel
) -> None:
    async def regen(ack: Any) -> None:
        await ack(text="here", response_type="in_channel")

    reached.command("/regen")(regen)

    await slack.command(ann, films, "/regen abc")

    shown = slack.workspace.messages(films)
    assert [(m.user, m.text) for m in shown] == [
        (ann.id, "/regen abc"),
        (slack.workspace.bot.id, "here"),
    ]


async def test_links_and_mentions_are_escaped_where_the_manifest_asks_for_it(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel, seen: Seen
) -> None:
    async def escaped(ack: Any) -> None:
        await ack()

    connected.command("/escaped")(escaped)

    typed = "/escaped https://iacrea.com/a?b=1&c=2 @ann #films <b>"
    payload = seen(await slack.command(ann, films, typed))

    assert payload["text"] == (
        f"<https://iacrea.com/a?b=1&amp;c=2> <@{ann.id}|ann> <#{films.id}|films> &lt;b&gt;"
    )


async def test_a_redelivery_is_the_very_same_payload(
    slack: SlackSimulator, reached: AsyncApp, ann: User, films: Channel
) -> None:
    got: list[str] = []

    async def regen(ack: Any, body: dict[str, Any]) -> None:
        got.append(body["trigger_id"])
        await ack()

    reached.command("/regen")(regen)

    first = await slack.command(ann, films, "/regen abc 2")
    second = await slack.redeliver(first)

    assert second.ok
    assert len(got) == 2
    assert got[0] == got[1]


async def test_shortcuts_arrive_with_and_without_a_message(
    slack: SlackSimulator,
    reached: AsyncApp,
    ann: User,
    films: Channel,
    seen: Seen,
    acknowledged: Listener,
) -> None:
    reached.shortcut("form")(acknowledged)
    reached.shortcut("this")(acknowledged)
    message = slack.workspace.say(ann, films, "look: abc")

    plain = seen(await slack.shortcut(ann, "form"))
    on_message = seen(await slack.shortcut(ann, "this", message))

    assert plain["type"] == "shortcut"
    assert "channel" not in plain
    assert on_message["message"]["text"] == "look: abc"
    assert on_message["channel"]["id"] == films.id


async def test_a_shortcut_on_a_reply_brings_its_blocks_and_its_thread(
    slack: SlackSimulator,
    reached: AsyncApp,
    client: AsyncWebClient,
    ann: User,
    films: Channel,
    seen: Seen,
    acknowledged: Listener,
) -> None:
    reached.shortcut("this")(acknowledged)
    parent = slack.workspace.say(ann, films, "look")
    answer = await client.chat_postMessage(
        channel=films.id, text="abc", blocks=[{"type": "divider"}], thread_ts=parent.ts
    )
    reply = slack.workspace.message(films.id, answer["ts"])

    payload = seen(await slack.shortcut(ann, "this", reply))

    assert (payload["type"], payload["callback_id"]) == ("message_action", "this")
    assert payload["message"]["blocks"] == list(reply.blocks)
    assert payload["message"]["thread_ts"] == parent.ts
    assert payload["message_ts"] == payload["message"]["ts"] == reply.ts
    assert {"trigger_id", "response_url", "action_ts"} <= payload.keys()


async def test_opening_the_home_tab_is_an_event_that_the_app_answers_by_publishing(
    slack: SlackSimulator, reached: AsyncApp, ann: User
) -> None:
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]}
        )

    reached.event("app_home_opened")(opened)

    delivery = await slack.open_home(ann)
    await slack.until(lambda workspace: workspace.home(ann))

    assert delivery.ok


async def test_nobody_types_what_is_no_command_or_where_they_are_not(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    elsewhere = slack.workspace.add_channel("secret", private=True, members=[], bot_member=True)
    message = slack.workspace.say(ann, films, "hello")

    with pytest.raises(ValueError, match="/nothing is not among the commands"):
        await slack.command(ann, films, "/nothing")
    with pytest.raises(ValueError, match="cannot type into secret"):
        await slack.command(ann, elsewhere, "/regen")
    with pytest.raises(ValueError, match="no message shortcut form"):
        await slack.shortcut(ann, "form", message)


async def test_the_name_of_a_private_channel_is_not_told(
    slack: SlackSimulator, connected: AsyncApp, ann: User, acknowledged: Listener, seen: Seen
) -> None:
    connected.command("/regen")(acknowledged)
    connected.shortcut("this")(acknowledged)
    private = slack.workspace.add_channel("cuts", private=True, bot_member=True)
    message = slack.workspace.say(ann, private, "look: abc")

    typed = seen(await slack.command(ann, private, "/regen"))
    on_message = seen(await slack.shortcut(ann, "this", message))

    assert typed["channel_name"] == "privategroup"
    assert on_message["channel"] == {"id": private.id, "name": "privategroup"}
