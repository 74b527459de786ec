"""Cards in carousels: Slack's newest blocks, which not every workspace may know yet."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import ChangeKind, Channel, SlackSimulator, User
from sandbox.slack.block_kit import message_faults, view_faults

PHOTO = "https://cdn.example.com/photo-1.jpg"


def a_card(**changes: Any) -> dict[str, Any]:
    return {
        "type": "card",
        "hero_image": {"type": "image", "image_url": PHOTO, "alt_text": "kitchen"},
        "title": {"type": "mrkdwn", "text": "1 · push in"},
        "actions": [
            {
                "type": "button",
                "action_id": "again",
                "value": "1",
                "text": {"type": "plain_text", "text": "Again"},
            }
        ],
    } | changes


def a_carousel(*cards: dict[str, Any]) -> dict[str, Any]:
    return {"type": "carousel", "elements": list(cards)}


async def test_a_button_of_a_card_is_pressed_by_the_card_it_stands_in(
    slack: SlackSimulator,
    reached: AsyncApp,
    client: AsyncWebClient,
    ann: User,
    films: Channel,
) -> None:
    got: list[dict[str, Any]] = []

    async def pressed(ack: Any, body: dict[str, Any]) -> None:
        got.append(body["actions"][0])
        await ack()

    reached.action("again")(pressed)
    cards = [a_card(block_id=f"card {number}") for number in (1, 2)]
    posted = await client.chat_postMessage(
        channel=films.id, text="two cards", blocks=[a_carousel(*cards)]
    )
    message = slack.workspace.message(films.id, posted["ts"])

    delivery = await slack.click(ann, message, "again", "card 2")

    assert delivery.ok
    assert (got[0]["block_id"], got[0]["value"]) == ("card 2", "1")


@pytest.mark.parametrize(
    "wrong",
    [
        a_carousel(),
        a_carousel(*[a_card()] * 11),
        a_carousel({"type": "card"}),
        a_carousel(a_card(title={"type": "mrkdwn", "text": "x" * 151})),
        a_carousel(a_card(body={"type": "mrkdwn", "text": "x" * 201})),
        a_carousel(a_card(title="a bare string")),
        a_carousel(a_card(actions=a_card()["actions"] * 4)),
        a_carousel(a_card(block_id="same"), a_card(block_id="same")),
        a_card(actions=a_card()["actions"] * 2),
        a_card(actions=[]),
        a_card(subtext={"type": "mrkdwn", "text": "x" * 201}),
        {"type": "card", "subtitle": {"type": "plain_text", "text": "alone"}},
        a_carousel({"type": "section", "text": {"type": "mrkdwn", "text": "no card"}}),
    ],
)
def test_what_slack_documents_no_card_to_be_is_refused(wrong: dict[str, Any]) -> None:
    assert message_faults([wrong])


def test_a_card_has_three_buttons_and_not_four() -> None:
    [button] = a_card()["actions"]
    buttons = [{**button, "action_id": str(number)} for number in range(4)]

    assert message_faults([a_card(actions=buttons[:3])]) == []
    assert len(message_faults([a_card(actions=buttons)])) == 1


def test_cards_stand_in_messages_and_home_and_alerts_in_modals() -> None:
    alert = {"type": "alert", "text": {"type": "plain_text", "text": "no"}, "level": "error"}
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}}
    assert message_faults([a_carousel(a_card())]) == []
    assert view_faults({"type": "home", "blocks": [a_carousel(a_card())]}, "home") == []
    assert view_faults({**modal, "blocks": [a_carousel(a_card())]}, "modal")
    assert view_faults({**modal, "blocks": [alert]}, "modal") == []
    assert view_faults({**modal, "blocks": [{**alert, "level": "loud"}]}, "modal")
    assert message_faults([alert])
    assert view_faults({"type": "home", "blocks": [alert]}, "home")


async def test_a_hero_image_that_cannot_be_loaded_refuses_the_message(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.bad_image_urls.add(PHOTO)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=films.id, text="x", blocks=[a_carousel(a_card())])


@pytest.mark.parametrize("block", [a_carousel(a_card()), a_card()])
async def test_a_workspace_may_not_know_carousels_yet(
    slack: SlackSimulator,
    client: AsyncWebClient,
    ann: User,
    films: Channel,
    block: dict[str, Any],
) -> None:
    home = {"type": "home", "blocks": [block]}
    slack.faults.refuse_carousels = True
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=films.id, text="x", blocks=[block])
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.views_publish(user_id=ann.id, view=home)
    await client.chat_postMessage(channel=films.id, text="x", blocks=[{"type": "divider"}])
    assert len(slack.workspace.messages(films)) == 1

    slack.faults.refuse_carousels = False
    await client.views_publish(user_id=ann.id, view=home)


def test_a_fault_of_a_card_is_told_where_the_card_is() -> None:
    far = a_card(hero_image={"type": "image", "image_url": "http://a.example/b", "alt_text": "b"})
    near = a_card(
        hero_image={"type": "image", "image_url": "http://127.0.0.1:9/b", "alt_text": "b"}
    )

    assert message_faults([{"type": "divider"}, a_carousel(near, far)]) == [
        "[ERROR] downloading image failed [json-pointer:/blocks/1/elements/1/hero_image/image_url]"
    ]


async def test_cards_get_ids_where_they_have_none(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Again"}}
    bare = a_card(actions=[button])
    await client.chat_postMessage(channel=films.id, text="x", blocks=[a_carousel(bare, bare), bare])

    [message] = slack.workspace.messages(films)
    carousel, alone = message.blocks
    cards = [*carousel["elements"], alone]
    assert len({carousel["block_id"], *(card["block_id"] for card in cards)}) == 4
    assert all(card["actions"][0]["action_id"] for card in cards)


async def test_a_deleted_channel_is_found_no_more(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    seen: list[ChangeKind] = []
    slack.workspace.subscribe(lambda change: seen.append(change.kind))
    slack.workspace.delete_channel(films)
    assert seen == [ChangeKind.CHANNEL_DELETED]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=films.id, text="anybody?")


async def test_a_persons_language_is_told_to_who_asks_for_it(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")
    asked = await client.users_info(user=chloe.id, include_locale=True)
    assert asked["user"]["locale"] == "fr-FR"
    assert "locale" not in (await client.users_info(user=chloe.id))["user"]
