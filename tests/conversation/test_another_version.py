"""What an older message, another version or another setting still sends: answered and explained."""

import json
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Kind, Message, Payload, SlackSimulator, User, View
from sandbox.slack.workspace import Content, Place
from tests.conversation.conftest import outcome, private
from tests.conversation.forms import filled

STALE = "of another version of me"
LABEL = {"type": "plain_text", "text": "Old"}
CHOICE = {"text": LABEL, "value": "1"}


def button(**fields: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "of_last_year", "text": LABEL, **fields}


def menu(kind: str, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "of_last_year", "placeholder": LABEL, **fields}


def row(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "old", "elements": [element]}


def old_message(slack: SlackSimulator, channel: Channel, element: dict[str, Any]) -> Message:
    content = Content("x", (row(element),))
    return slack.workspace.post(channel, content, Place(slack.workspace.bot.id))


async def old_modal(slack: SlackSimulator, user: User, *blocks: dict[str, Any]) -> View:
    view = {"type": "modal", "callback_id": "of_last_year", "title": LABEL, "submit": LABEL}
    trigger = slack._installation.triggers.issue(user.id)
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    await client.views_open(trigger_id=trigger, view={**view, "blocks": list(blocks)})
    return slack.workspace.modals(user)[-1]


@pytest.mark.usefixtures("bot")
async def test_an_old_button_is_acknowledged_and_its_person_is_told_what_to_do(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    message = old_message(slack, listings, button(value="x"))

    delivery = await slack.click(anna, message, "of_last_year")

    assert (delivery.ok, delivery.status) == (True, 200)
    told = await private(slack, anna, listings)
    assert STALE in told
    assert "/regen" in told


@pytest.mark.usefixtures("bot")
async def test_an_old_menu_too(slack: SlackSimulator, anna: User, listings: Channel) -> None:
    message = old_message(slack, listings, menu("static_select", options=[CHOICE]))

    delivery = await slack.select(anna, message, "of_last_year", "1")

    assert delivery is not None
    assert delivery.ok
    assert STALE in await private(slack, anna, listings)


@pytest.mark.usefixtures("bot")
async def test_an_old_link_has_done_its_work_and_is_only_acknowledged(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    message = old_message(slack, listings, button(url="https://example.com"))
    other = old_message(slack, listings, button(value="x"))

    assert (await slack.click(anna, message, "of_last_year")).ok
    await slack.click(anna, other, "of_last_year")

    await private(slack, anna, listings)
    assert len(slack.workspace.ephemerals(anna, listings)) == 1


@pytest.mark.usefixtures("bot")
async def test_an_old_home_is_answered_in_a_direct_message(
    slack: SlackSimulator, anna: User
) -> None:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    await client.views_publish(user_id=anna.id, view={"type": "home", "blocks": [row(button())]})
    home = slack.workspace.home(anna)
    assert home is not None

    assert (await slack.click(anna, home, "of_last_year")).ok

    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    assert STALE in slack.workspace.messages(direct)[0].text


@pytest.mark.usefixtures("bot")
async def test_an_old_form_says_so_when_it_is_submitted(slack: SlackSimulator, anna: User) -> None:
    field = {"type": "plain_text_input", "action_id": "typed"}
    view = await old_modal(slack, anna, {"type": "input", "label": LABEL, "element": field})

    delivery = await slack.submit(
        anna, view.id, {view.blocks[0]["block_id"]: {"typed": {"value": "x"}}}
    )

    assert delivery.ok
    [shown] = slack.workspace.modals(anna)
    assert STALE in str(shown.blocks)
    assert "submit" not in shown.body


@pytest.mark.usefixtures("bot")
async def test_a_form_that_a_newer_replica_opened_is_taken(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)
    carried = json.loads(view.body["private_metadata"]) | {"of_next_year": [1]}
    body = {**view.body, "private_metadata": json.dumps(carried)}
    view = slack.workspace.views.update(view, body)

    assert (await slack.submit(anna, view.id, {})).ok

    assert "is ready" in (await outcome(slack, listings)).text
    assert slack.workspace.modals(anna) == []


@pytest.mark.usefixtures("bot")
async def test_an_old_external_menu_offers_nothing(slack: SlackSimulator, anna: User) -> None:
    view = await old_modal(slack, anna, row(menu("external_select")))

    delivery = await slack.suggest(anna, view, "of_last_year", "abc")

    assert (delivery.ok, delivery.ack) == (True, {"options": []})


@pytest.mark.usefixtures("bot")
async def test_an_old_shortcut_is_answered_where_it_was_used_or_in_a_direct_message(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    shortcuts = {**slack.app.shortcuts}
    for old, now in (("old", "regenerate"), ("old_message", "regenerate_message")):
        shortcuts[old] = shortcuts[now]
    slack._installation.app = replace(slack.app, shortcuts=shortcuts)
    message = slack.workspace.say(anna, listings, "hello")

    assert (await slack.shortcut(anna, "old")).ok
    assert (await slack.shortcut(anna, "old_message", message)).ok

    assert STALE in await private(slack, anna, listings)
    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    assert STALE in slack.workspace.messages(direct)[0].text


@pytest.mark.usefixtures("bot")
async def test_another_command_is_answered_with_the_one_that_is_listened_to(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    slack._installation.app = replace(slack.app, commands={"/redo": slack.app.commands["/regen"]})

    delivery = await slack.command(anna, listings, "/redo abc 2")

    assert delivery.ok
    told = await private(slack, anna, listings)
    assert "/redo" in told
    assert "/regen" in told


@pytest.mark.usefixtures("bot")
async def test_an_event_that_nobody_listens_to_is_acknowledged(slack: SlackSimulator) -> None:
    event = {"type": "of_last_year", "user": "U0000000002"}
    payload = {"type": "event_callback", "event_id": "Ev1", "event": event}

    assert (await slack._dispatcher.deliver(Payload(Kind.EVENT, payload))).ok
