"""Modals that people fill in, submit and close, with a Bolt app behind them."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Delivery, SlackSimulator, User

Seen = Callable[[Delivery], dict[str, Any]]
Listener = Callable[..., Any]

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "regen",
    "title": {"type": "plain_text", "text": "Regenerate"},
    "submit": {"type": "plain_text", "text": "Go"},
    "private_metadata": "C1",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "video",
            "label": {"type": "plain_text", "text": "Video"},
            "element": {"type": "plain_text_input", "action_id": "id"},
        }
    ],
}


async def test_a_modal_opens_is_filled_in_and_closes(
    slack: SlackSimulator, reached: AsyncApp, ann: User, films: Channel, seen: Seen
) -> None:
    got: list[dict[str, Any]] = []

    async def regen(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    reached.command("/regen")(regen)

    async def submitted(ack: Any, body: dict[str, Any]) -> None:
        got.append(body)
        await ack()

    reached.view("regen")(submitted)

    await slack.command(ann, films, "/regen")
    await slack.until(lambda workspace: workspace.modals(ann))
    (view,) = slack.workspace.modals(ann)
    seen(await slack.submit(ann, view.id, {"video": {"id": {"value": "abc"}}}))

    shown = got[0]["view"]
    assert shown["state"]["values"] == {
        "video": {"id": {"type": "plain_text_input", "value": "abc"}}
    }
    assert (shown["private_metadata"], shown["callback_id"]) == ("C1", "regen")
    assert slack.workspace.modals(ann) == []


@pytest.mark.parametrize(
    ("answer", "open_afterwards"),
    [
        ({"response_action": "errors", "errors": {"video": "unknown"}}, ["Regenerate"]),
        (
            {
                "response_action": "update",
                "view": {**MODAL, "title": {"type": "plain_text", "text": "Sure?"}},
            },
            ["Sure?"],
        ),
        ({"response_action": "push", "view": MODAL}, ["Regenerate", "Regenerate"]),
        ({"response_action": "clear"}, []),
    ],
)
async def test_a_submission_can_be_answered_in_every_way_slack_knows(
    slack: SlackSimulator,
    connected: AsyncApp,
    ann: User,
    answer: dict[str, Any],
    open_afterwards: list[str],
) -> None:
    async def submitted(ack: Any) -> None:
        await ack(**answer)

    connected.view("regen")(submitted)

    view = slack.workspace.views.open(ann.id, MODAL)

    delivery = await slack.submit(ann, view.id, {"video": {"id": {"value": "abc"}}})

    assert delivery.ok
    views = slack.workspace.modals(ann)
    assert [v.body["title"]["text"] for v in views] == open_afterwards
    assert [dict(v.errors) for v in views][:1] == ([answer.get("errors", {})] if views else [])


async def test_an_error_beside_no_field_counts_as_no_acknowledgement(
    slack: SlackSimulator, connected: AsyncApp, ann: User
) -> None:
    async def submitted(ack: Any) -> None:
        await ack(response_action="errors", errors={"nowhere": "unknown"})

    connected.view("regen")(submitted)

    view = slack.workspace.views.open(ann.id, MODAL)

    delivery = await slack.submit(ann, view.id, {"video": {"id": {"value": "abc"}}})

    assert delivery.error == "dispatch_failed"


async def test_closing_a_modal_is_told_where_the_app_asked_for_it(
    slack: SlackSimulator, connected: AsyncApp, ann: User, acknowledged: Listener
) -> None:
    connected.view_closed("regen")(acknowledged)
    told = slack.workspace.views.open(ann.id, MODAL)
    untold = slack.workspace.views.open(ann.id, {**MODAL, "notify_on_close": False})

    delivery = await slack.close_view(ann, told.id)

    assert delivery is not None
    assert delivery.ok
    assert await slack.close_view(ann, untold.id) is None
    assert slack.workspace.modals(ann) == []


async def test_a_submission_delivered_twice_closes_its_modal_once(
    slack: SlackSimulator, connected: AsyncApp, ann: User, acknowledged: Listener
) -> None:
    connected.view("regen")(acknowledged)
    view = slack.workspace.views.open(ann.id, MODAL)
    slack.faults.deliver_twice = 1

    delivery = await slack.submit(ann, view.id, {"video": {"id": {"value": "abc"}}})

    assert (delivery.ok, delivery.repeats[0].ok) == (True, True)
    assert slack.workspace.modals(ann) == []


async def test_a_modal_that_asks_for_a_channel_brings_a_response_url_for_it(
    slack: SlackSimulator,
    connected: AsyncApp,
    ann: User,
    films: Channel,
    seen: Seen,
    acknowledged: Listener,
) -> None:
    connected.view("regen")(acknowledged)
    where = {"type": "conversations_select", "action_id": "id", "response_url_enabled": True}
    label = {"type": "plain_text", "text": "Where"}
    block = {"type": "input", "block_id": "where", "label": label, "element": where}
    view = slack.workspace.views.open(ann.id, {**MODAL, "blocks": [block]})

    chosen = {"where": {"id": {"selected_conversation": films.id}}}
    payload = seen(await slack.submit(ann, view.id, chosen))

    (answer,) = payload["response_urls"]
    assert (answer["block_id"], answer["channel_id"]) == ("where", films.id)
    assert answer["response_url"].startswith("http://127.0.0.1:")


async def test_a_field_that_is_required_is_filled_in_and_no_other_is(
    slack: SlackSimulator, ann: User
) -> None:
    view = slack.workspace.views.open(ann.id, MODAL)

    with pytest.raises(ValueError, match="insists that id is filled in"):
        await slack.submit(ann, view.id, {})
    with pytest.raises(ValueError, match="no field other"):
        await slack.submit(ann, view.id, {"video": {"id": {"value": "a"}, "other": {}}})
