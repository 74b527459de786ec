"""Block Kit's limits, each at its edge."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator
from sandbox.slack.block_kit import message_faults, view_faults

DIVIDER = {"type": "divider"}


def plain(size: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * size}


def mrkdwn(size: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * size, "verbatim": True}


def section(size: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(size), **more}


def button(action_id: str = "a", size: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(size), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def select(size: int, *, label: int = 1, **more: Any) -> dict[str, Any]:
    options = [{"text": plain(label), "value": str(n)} for n in range(size)]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://iacrea.com/a.png", "alt_text": "a", **more}


def field(**more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "f"}
    return {"type": "input", "label": plain(1), "element": element, **more}


@pytest.mark.parametrize(
    ("fits", "exceeds"),
    [
        ([DIVIDER] * 50, [DIVIDER] * 51),
        ([section(3000)], [section(3001)]),
        ([section()], [section(0)]),
        ([{"type": "section", "fields": [mrkdwn(2000)] * 10}], [{"type": "section"}]),
        ([{"type": "section", "fields": [plain(1)] * 10}], [section(fields=[plain(1)] * 11)]),
        ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}]),
        ([{"type": "header", "text": plain(1)}], [{"type": "header", "text": mrkdwn(1)}]),
        (
            [{"type": "context", "elements": [mrkdwn(1)] * 10}],
            [{"type": "context", "elements": [mrkdwn(1)] * 11}],
        ),
        (
            [actions(*(button(str(n)) for n in range(25)))],
            [actions(*(button(str(n)) for n in range(26)))],
        ),
        ([actions(button("a"), button("b"))], [actions(button("a"), button("a"))]),
        ([actions(button(size=75))], [actions(button(size=76))]),
        ([actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
        ([actions(button(url="x" * 3000))], [actions(button(url="x" * 3001))]),
        ([actions(button("x" * 255))], [actions(button("x" * 256))]),
        ([actions(button(style="primary"))], [actions(button(style="loud"))]),
        ([section(accessory=button())], [section(accessory=plain(1))]),
        ([section(accessory=image())], [section(accessory={**image(), "alt_text": ""})]),
        ([section(block_id="x" * 255)], [section(block_id="x" * 256)]),
        (
            [section(block_id="a"), section(block_id="b")],
            [section(block_id="a"), section(block_id="a")],
        ),
        ([actions(select(100))], [actions(select(101))]),
        ([actions(select(1, label=75))], [actions(select(1, label=76))]),
        (
            [actions(select(1, placeholder=plain(150)))],
            [actions(select(1, placeholder=plain(151)))],
        ),
        (
            [actions(select(1, initial_option={"text": plain(1), "value": "0"}))],
            [actions(select(1, initial_option={"text": plain(2), "value": "0"}))],
        ),
        ([image()], [image(image_url="http://iacrea.com/a.png")]),
        ([image(alt_text="x" * 2000)], [image(alt_text="x" * 2001)]),
        ([image()], [{"type": "image", "image_url": "https://iacrea.com/a.png"}]),
        (
            [{"type": "markdown", "text": "x" * 12_000}],
            [{"type": "markdown", "text": "x" * 12_001}],
        ),
        ([field()], [field(label=mrkdwn(1))]),
        ([field(optional=True)], [field(optional="yes")]),
        ([section()], [section(colour="red")]),
        ([section()], [{"type": "unheard-of"}]),
        ([section()], "section"),
        ([section()], [None]),
    ],
)
def test_what_fits_is_accepted_and_what_exceeds_is_not(fits: Any, exceeds: Any) -> None:
    assert message_faults(fits) == []
    assert len(message_faults(exceeds)) >= 1


def test_each_fault_is_told_where_it_is_in_slacks_words() -> None:
    blocks = [section(), section(3001), actions(button(size=0))]

    assert message_faults(blocks) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]",
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/2/elements/0/text/text]",
    ]


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(24), "blocks": [section()], **more}


@pytest.mark.parametrize(
    ("fits", "exceeds"),
    [
        (modal(), modal(title=plain(25))),
        (modal(submit=plain(24)), modal(submit=plain(25))),
        (modal(close=plain(24)), modal(close=plain(25))),
        (modal(blocks=[DIVIDER] * 100), modal(blocks=[DIVIDER] * 101)),
        (modal(blocks=[field()], submit=plain(1)), modal(blocks=[field()])),
        (modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001)),
        (modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
        (modal(), {"type": "home", "blocks": []}),
        (modal(), None),
    ],
)
def test_modals_have_limits_of_their_own(fits: Any, exceeds: Any) -> None:
    assert view_faults(fits, "modal") == []
    assert len(view_faults(exceeds, "modal")) >= 1


async def test_a_refusal_reaches_the_sdk_with_its_reasons(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x", blocks=[section(3001)])

    answer = caught.value.response
    words = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [words]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {words}"]
    assert slack.workspace.messages(films) == []


async def test_a_picture_that_cannot_be_loaded_spoils_its_block_but_no_accessory(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.bad_image_urls.add("https://iacrea.com/a.png")

    with pytest.raises(SlackApiError, match="downloading image failed"):
        await client.chat_postMessage(channel=films.id, text="x", blocks=[image()])
    accessory = [section(accessory=image())]
    await client.chat_postMessage(channel=films.id, text="x", blocks=accessory)

    assert len(slack.workspace.messages(films)) == 1
