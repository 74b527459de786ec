"""What people choose and type in a modal, and what of it the app is told when."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Message, SlackSimulator, User, View
from sandbox.slack.records import Content
from sandbox.slack.workspace import Place


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(f"video {value}"), "value": value}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        **more,
    }


FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Form"),
    "submit": plain("Go"),
    "blocks": [
        field(
            "video",
            {"type": "external_select", "action_id": "video", "min_query_length": 0},
            dispatch_action=True,
        ),
        field(
            "sequences",
            {
                "type": "multi_static_select",
                "action_id": "sequences",
                "max_selected_items": 2,
                "options": [option("1"), option("2"), option("3")],
            },
        ),
        field("image", {"type": "url_text_input", "action_id": "image"}, optional=True),
    ],
}


async def posted(slack: SlackSimulator, channel: Channel, element: dict[str, Any]) -> Message:
    """A message of the app with that element in it."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    blocks = [{"type": "actions", "elements": [element]}]
    answer = await client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)
    return slack.workspace.message(channel.id, answer["ts"])


@pytest.fixture
async def form(
    slack: SlackSimulator,
    reached: AsyncApp,
    ann: User,
    films: Channel,
) -> View:
    """An open form of an app that offers one video and fills nothing in by itself."""

    async def opened(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def offered(ack: Any, body: dict[str, Any]) -> None:
        found = [each for each in ("kitchen", "garden") if body["value"] in each]
        await ack(options=[option(each) for each in found])

    reached.command("/regen")(opened)
    reached.options("video")(offered)
    await slack.command(ann, films, "/regen")
    await slack.until(lambda workspace: workspace.modals(ann))
    return slack.workspace.modals(ann)[0]


async def test_an_external_select_offers_what_the_app_answers(
    slack: SlackSimulator, form: View, ann: User
) -> None:
    delivery = await slack.suggest(ann, form, "video", "kit")
    assert delivery.ok
    assert delivery.ack == {"options": [option("kitchen")]}
    with pytest.raises(ValueError, match="no option 'garden'"):
        await slack.select(ann, form, "video", "garden")


async def test_a_choice_is_told_where_its_block_dispatches_and_kept_in_the_view(
    slack: SlackSimulator, reached: AsyncApp, form: View, ann: User, client: AsyncWebClient
) -> None:
    told: list[dict[str, Any]] = []
    submitted: list[dict[str, Any]] = []

    async def chosen(ack: Any, body: dict[str, Any]) -> None:
        told.append(body)
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=FORM)

    async def done(ack: Any, body: dict[str, Any]) -> None:
        submitted.append(body["view"]["state"]["values"])
        await ack()

    reached.action("video")(chosen)
    reached.view("form")(done)
    await slack.suggest(ann, form, "video")
    assert await slack.select(ann, form, "sequences", ["1", "3"]) is None
    await slack.select(ann, form, "video", "garden")
    await slack.until(lambda workspace: workspace.modals(ann)[0].hash != form.hash)
    slack.fill(form, "image", "https://example.com/a.jpg")
    await slack.submit(ann, form.id, {})

    [body] = told
    assert body["actions"][0]["selected_option"]["value"] == "garden"
    kept = body["view"]["state"]["values"]["sequences"]["sequences"]["selected_options"]
    assert [each["value"] for each in kept] == ["1", "3"]
    [values] = submitted
    assert values["video"]["video"]["selected_option"]["value"] == "garden"
    assert values["image"]["image"]["value"] == "https://example.com/a.jpg"


async def test_nobody_can_choose_more_than_is_allowed(
    slack: SlackSimulator, form: View, ann: User
) -> None:
    with pytest.raises(ValueError, match="more than 2"):
        await slack.select(ann, form, "sequences", ["1", "2", "3"])
    too_many = {"selected_options": [option("1"), option("2"), option("3")]}
    values = {"video": {"video": {"selected_option": option("x")}}}
    with pytest.raises(ValueError, match="more than 2"):
        await slack.submit(ann, form.id, {**values, "sequences": {"sequences": too_many}})
    with pytest.raises(ValueError, match="image is a url_text_input"):
        await slack.suggest(ann, form, "image")


@pytest.mark.parametrize(
    "answer",
    [
        {"options": [option("x" * 151)]},
        {"options": [option("x")] * 101},
        {"options": [{"text": {"type": "mrkdwn", "text": "x"}, "value": "x"}]},
        {"option_groups": [{"label": plain("all"), "options": []}]},
        {"option_groups": [{"label": plain("all"), "options": [option("x")]}] * 101},
        {},
    ],
)
async def test_an_answer_that_slack_would_not_show_is_a_failure(
    slack: SlackSimulator, reached: AsyncApp, form: View, ann: User, answer: dict[str, Any]
) -> None:
    async def wrong(ack: Any) -> None:
        await ack(**answer)

    reached.options("garden")(wrong)
    garden = {"type": "external_select", "action_id": "garden", "min_query_length": 0}
    view = slack.workspace.views.update(form, {**FORM, "blocks": [field("v", garden)]})

    delivery = await slack.suggest(ann, view, "garden")

    assert (delivery.ok, delivery.error) == (False, "invalid_options")
    with pytest.raises(ValueError, match="no option"):
        await slack.select(ann, view, "garden", "x")


async def test_groups_of_options_can_be_offered_and_chosen_from(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel
) -> None:
    async def grouped(ack: Any) -> None:
        await ack(option_groups=[{"label": plain("new"), "options": [option("attic")]}])

    async def chosen(ack: Any) -> None:
        await ack()

    connected.options("more")(grouped)
    connected.action("more")(chosen)
    menu = {"type": "external_select", "action_id": "more", "placeholder": plain("More")}
    message = await posted(slack, films, menu)

    with pytest.raises(ValueError, match="only from 3 characters on"):
        await slack.suggest(ann, message, "more", "at")
    suggested = await slack.suggest(ann, message, "more", "att")
    picked = await slack.select(ann, message, "more", "attic")

    assert picked is not None
    assert picked.payload["actions"][0]["selected_option"] == option("attic")
    payload = suggested.payload
    assert (payload["type"], payload["value"], payload["action_id"]) == (
        "block_suggestion",
        "att",
        "more",
    )
    assert payload["container"]["message_ts"] == payload["message"]["ts"] == message.ts
    assert payload["channel"]["id"] == films.id
    assert not {"trigger_id", "response_url", "view"} & payload.keys()


async def test_what_one_person_is_offered_another_one_cannot_choose(
    slack: SlackSimulator, form: View, ann: User
) -> None:
    await slack.suggest(ann, form, "video")

    with pytest.raises(ValueError, match="no option 'garden'"):
        await slack.select(slack.workspace.add_user("bob"), form, "video", "garden")


async def test_what_an_external_select_holds_at_first_can_be_chosen_unasked(
    slack: SlackSimulator, connected: AsyncApp, ann: User
) -> None:
    menu = {"type": "external_select", "action_id": "v", "initial_option": option("attic")}
    view = slack.workspace.views.open(ann.id, {**FORM, "blocks": [field("v", menu)]})

    assert await slack.select(ann, view, "v", "attic") is None


async def test_what_was_chosen_goes_on_in_later_suggestions_and_dies_with_its_block(
    slack: SlackSimulator, form: View, ann: User
) -> None:
    await slack.select(ann, form, "sequences", "2")
    asked = await slack.suggest(ann, form, "video")
    renamed = [{**block, "block_id": f"new {block['block_id']}"} for block in FORM["blocks"]]
    slack.workspace.views.update(slack.workspace.modals(ann)[0], {**FORM, "blocks": renamed})
    again = await slack.suggest(ann, form, "video")

    before = asked.payload["view"]["state"]["values"]["sequences"]["sequences"]
    after = again.payload["view"]["state"]["values"]["new sequences"]["sequences"]
    assert before["selected_options"] == [option("2")]
    assert after["selected_options"] is None


async def test_a_home_tab_keeps_what_was_chosen_while_its_ids_stay(
    slack: SlackSimulator, connected: AsyncApp, ann: User
) -> None:
    async def pressed(ack: Any) -> None:
        await ack()

    connected.action("again")(pressed)
    menu = {"type": "static_select", "action_id": "m", "options": [option("1"), option("2")]}
    button = {"type": "button", "action_id": "again", "text": plain("Again")}
    actions = {"type": "actions", "block_id": "b", "elements": [button]}
    body = {"type": "home", "blocks": [field("f", menu), actions]}
    home = slack.workspace.views.publish(ann.id, body)

    assert await slack.select(ann, home, "m", "2") is None
    slack.workspace.views.publish(ann.id, body)
    delivery = await slack.click(ann, home, "again")

    values = delivery.payload["view"]["state"]["values"]
    assert values["f"]["m"]["selected_option"] == option("2")


async def test_a_menu_of_one_takes_one_and_a_message_keeps_no_field(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    menu = {"type": "static_select", "action_id": "m", "options": [option("1"), option("2")]}
    message = await posted(slack, films, menu)

    for wrong in (["1", "2"], []):
        with pytest.raises(ValueError, match="takes one option"):
            await slack.select(ann, message, "m", wrong)
    asking = slack.workspace.post(
        films, Content("x", (field("f", menu),)), Place(slack.workspace.bot.id)
    )
    with pytest.raises(ValueError, match="not kept here"):
        await slack.select(ann, asking, "m", "1")


async def test_an_overflow_menu_is_chosen_from_and_has_no_state(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel
) -> None:
    async def chosen(ack: Any) -> None:
        await ack()

    connected.action("more")(chosen)
    menu = {"type": "overflow", "action_id": "more", "options": [option("1"), option("2")]}

    delivery = await slack.select(ann, await posted(slack, films, menu), "more", "2")

    assert delivery is not None
    assert delivery.payload["actions"][0]["selected_option"] == option("2")
    assert delivery.payload["state"]["values"] == {}
