"""What the simulator sends and answers has the fields that Slack's has, and no others."""

import asyncio
import copy
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Message, SlackSimulator, User, View
from tests.sandbox.slack import answer_shapes, shapes
from tests.sandbox.slack.conftest import MANIFEST
from tests.sandbox.slack.shapes import ANYTHING, Shape

PLAIN = {"type": "plain_text", "text": "x"}
BUTTON = {"type": "button", "action_id": "again", "text": PLAIN, "value": "v"}
OPTION = {"text": PLAIN, "value": "o"}
ACTIONS = {
    "type": "actions",
    "elements": [BUTTON, {"type": "static_select", "action_id": "pick", "options": [OPTION]}],
}
MENU = {
    "type": "input",
    "block_id": "where",
    "label": PLAIN,
    "element": {
        "type": "conversations_select",
        "action_id": "channel",
        "response_url_enabled": True,
    },
}
OUTSIDE = {
    "type": "section",
    "block_id": "outside",
    "text": PLAIN,
    "accessory": {"type": "external_select", "action_id": "video", "min_query_length": 0},
}
MODAL = {
    "type": "modal",
    "title": PLAIN,
    "submit": PLAIN,
    "notify_on_close": True,
    "blocks": [MENU, OUTSIDE, ACTIONS],
}
EVENTS = ["message.channels", "app_mention", "app_home_opened"]


def differences(value: Any, shape: Shape, where: str = "") -> Iterator[str]:
    """What a value lacks of its shape, what it has beyond it, and what is of another type."""
    if shape is ANYTHING:
        return
    if isinstance(shape, dict):
        yield from _of_fields(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{where} is no list"
            return
        for index, each in enumerate(value):
            yield from differences(each, shape[0], f"{where}/{index}")
    elif type(value) not in (shape if isinstance(shape, set) else {shape}):
        yield f"{where} is {type(value).__name__}"


def _of_fields(value: Any, shape: dict[str, Shape], where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is no object"
        return
    known = {name.removesuffix("?"): each for name, each in shape.items()}
    yield from (f"{where} lacks {name}" for name in shape if name[-1] != "?" and name not in value)
    yield from (f"{where} invents {name}" for name in value if name not in known)
    for name in value.keys() & known.keys():
        yield from differences(value[name], known[name], f"{where}/{name}")


def test_what_is_lacking_invented_or_of_another_type_is_found() -> None:
    shape = {"a": str, "b?": bool, "c": [{"d": int}]}

    assert list(differences({"a": "x", "c": [{"d": 1}]}, shape)) == []
    assert sorted(differences({"b": 1, "c": [{"d": True}], "e": 0}, shape)) == [
        " invents e",
        " lacks a",
        "/b is int",
        "/c/0/d is bool",
    ]


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = EVENTS
    manifest["oauth_config"]["scopes"]["bot"].append("app_mentions:read")
    async with SlackSimulator(manifest, event_retries=()) as slack:
        yield slack


@pytest.fixture
async def message(slack: SlackSimulator, client: AsyncWebClient, films: Channel) -> Message:
    """A message of the app's, with something to press."""
    posted = await client.chat_postMessage(
        channel=films.id,
        text="done",
        blocks=[ACTIONS],
        metadata={"event_type": "outcome", "event_payload": {"request": "r1"}},
    )
    return slack.workspace.message(films.id, posted["ts"])


@pytest.fixture
async def modal(slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel) -> View:
    typed = await slack.command(ann, films, "/regen")
    answer = await client.views_open(trigger_id=typed.payload["trigger_id"], view=MODAL)
    return slack.workspace.views.find(view_id=answer["view"]["id"])


def check(value: Any, shape: Shape) -> None:
    assert list(differences(value, shape)) == []


async def test_a_command(slack: SlackSimulator, ann: User, films: Channel) -> None:
    check((await slack.command(ann, films, "/regen x")).payload, shapes.COMMAND)


async def test_presses_and_choices(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel, message: Message
) -> None:
    await client.chat_postEphemeral(channel=films.id, user=ann.id, text="psst", blocks=[ACTIONS])
    *_, ephemeral = slack.workspace.ephemerals(ann, films)
    await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [ACTIONS]})
    home = slack.workspace.home(ann)
    assert home is not None
    chosen = await slack.select(ann, message, "pick", "o")
    assert chosen is not None

    check((await slack.click(ann, message, "again")).payload, shapes.PRESSED_IN_MESSAGE)
    check(chosen.payload, shapes.CHOSEN_IN_MESSAGE)
    check((await slack.click(ann, ephemeral, "again")).payload, shapes.PRESSED_IN_EPHEMERAL)
    check((await slack.click(ann, home, "again")).payload, shapes.PRESSED_IN_HOME)


async def test_what_is_done_in_a_modal(
    slack: SlackSimulator, ann: User, films: Channel, modal: View
) -> None:
    slack.fill(modal, "channel", films.id)

    check((await slack.click(ann, modal, "again")).payload, shapes.PRESSED_IN_MODAL)
    check((await slack.suggest(ann, modal, "video", "a")).payload, shapes.SUGGESTION)
    submitted = (await slack.submit(ann, modal.id, {})).payload
    check(submitted, shapes.SUBMISSION)
    assert len(submitted["response_urls"]) == 1
    closed = await slack.close_view(ann, modal.id)
    assert closed is not None
    check(closed.payload, shapes.CLOSING)


async def test_shortcuts(slack: SlackSimulator, ann: User, films: Channel) -> None:
    said = await slack.say(ann, films, "hello")

    check((await slack.shortcut(ann, "form")).payload, shapes.SHORTCUT)
    check((await slack.shortcut(ann, "this", said)).payload, shapes.MESSAGE_SHORTCUT)


async def test_events(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel, message: Message
) -> None:
    await client.chat_update(channel=films.id, ts=message.ts, text="again", blocks=[ACTIONS])
    await client.chat_delete(channel=films.id, ts=message.ts)
    await slack.say(ann, films, "@regen again")
    await slack.open_home(ann)
    await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [ACTIONS]})
    await slack.open_home(ann)
    await slack.until(lambda _: len(slack.deliveries) == 7)

    posted, changed, deleted, said, mentioned, *opened = [d.payload for d in slack.deliveries]
    check(posted, shapes.OWN_MESSAGE)
    check(changed, shapes.CHANGED)
    check(deleted, shapes.DELETED)
    check(said, shapes.MESSAGE)
    check(mentioned, shapes.MENTION)
    for each in opened:
        check(each, shapes.HOME_OPENED)


async def test_what_goes_over_a_socket(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        check(await socket.receive_json(), shapes.HELLO)
        acting = asyncio.gather(slack.command(ann, films, "/regen"), slack.open_home(ann))
        for _ in range(2):
            envelope = await socket.receive_json()
            event = envelope["type"] == "events_api"
            check(envelope, shapes.EVENT_ENVELOPE if event else shapes.ENVELOPE)
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await acting
        await slack.refresh_connections("warning")
        check(await socket.receive_json(), shapes.DISCONNECT)


async def test_answers_about_the_app_and_its_people(
    client: AsyncWebClient, ann: User, films: Channel
) -> None:
    about = (await client.auth_test()).data
    assert isinstance(about, dict)

    check(about, answer_shapes.AUTH_TEST)
    check((await client.bots_info(bot=about["bot_id"])).data, answer_shapes.BOT)
    check((await client.users_info(user=ann.id, include_locale=True)).data, answer_shapes.PERSON)
    check((await client.conversations_info(channel=films.id)).data, answer_shapes.CONVERSATION)


async def test_answers_about_messages(
    client: AsyncWebClient, ann: User, films: Channel, slack: SlackSimulator
) -> None:
    plain = await client.chat_postMessage(channel=films.id, text="x")
    posted = await client.chat_postMessage(channel=films.id, text="x", blocks=[ACTIONS])
    reply = await client.chat_postMessage(channel=films.id, text="y", thread_ts=posted["ts"])
    slack.workspace.say(ann, films, "hello")
    history = await client.conversations_history(channel=films.id)
    thread = await client.conversations_replies(channel=films.id, ts=posted["ts"])
    updated = await client.chat_update(channel=films.id, ts=posted["ts"], text="z")

    for answer in (plain, posted, reply):
        check(answer.data, answer_shapes.POSTED)
    check(history.data, answer_shapes.HISTORY)
    check(thread.data, answer_shapes.PAGE)
    check(updated.data, answer_shapes.EDITED_ANSWER)
    for each in (*history["messages"], *thread["messages"]):
        check(each, shapes.TYPED if each["user"] == ann.id else shapes.BY_APP)


async def test_answers_about_views(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, modal: View
) -> None:
    updated = await client.views_update(view_id=modal.id, view=MODAL)

    check(updated.data, answer_shapes.VIEW_ANSWER)
