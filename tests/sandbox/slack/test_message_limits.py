"""How much a message may hold in sum, and what Slack remarks on what it takes all the same."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from sandbox.slack.block_kit import message_faults
from sandbox.slack.message_limits import blocks_too_long
from tests.sandbox.slack.test_messages import refused

HI = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "hi"}]}]


def sections(*lengths: int) -> list[dict[str, Any]]:
    return [
        {"type": "section", "text": {"type": "plain_text", "text": "x" * each}} for each in lengths
    ]


@pytest.mark.parametrize(
    ("lengths", "too_long"),
    [
        ([13_297], True),  # measured: accepted; the rule is on the strict side
        ([13_000], False),
        ([11_341, *[0] * 44], True),  # measured: refused
        ([9_597, *[0] * 49], False),  # measured: accepted
        ([6_020, *[0] * 32], False),  # measured: accepted
    ],
)
def test_the_sum_of_a_message_is_bounded_as_others_have_measured(lengths, too_long):
    assert blocks_too_long(sections(*lengths)) is too_long


async def test_a_message_that_is_too_long_in_sum_is_refused_when_posted_and_when_edited(
    client: AsyncWebClient, films: Channel, ann: User
) -> None:
    blocks = sections(*[2_900] * 5)
    posted = await client.chat_postMessage(channel=films.id, text="x", blocks=sections(10))

    for call in (
        client.chat_postMessage(channel=films.id, text="x", blocks=blocks),
        client.chat_postEphemeral(channel=films.id, user=ann.id, text="x", blocks=blocks),
        client.chat_update(channel=films.id, ts=posted["ts"], text="x", blocks=blocks),
    ):
        assert (await refused(call))["error"] == "msg_blocks_too_long"


async def test_metadata_that_is_too_large_is_refused(
    client: AsyncWebClient, films: Channel
) -> None:
    metadata = {"event_type": "t", "event_payload": {"x": "x" * 8_000}}

    answer = await refused(client.chat_postMessage(channel=films.id, text="x", metadata=metadata))

    assert answer["error"] == "metadata_too_large"


@pytest.mark.parametrize(("event_type", "kept"), [("a_b-1", True), ("a.b", False), ("a b", False)])
async def test_metadata_of_a_type_that_slack_does_not_take_is_ignored_with_a_warning(
    event_type: str, kept: bool, slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    metadata = {"event_type": event_type, "event_payload": {"x": 1}}

    answer = await client.chat_postMessage(channel=films.id, text="x", metadata=metadata)

    [message] = slack.workspace.messages(films)
    assert message.metadata == (metadata if kept else None)
    assert answer.get("warning") == (None if kept else "invalid_metadata_schema")


async def test_a_text_that_was_cut_is_remarked_on(client: AsyncWebClient, films: Channel) -> None:
    answer = await client.chat_postMessage(channel=films.id, text="x" * 40_001)

    assert answer["response_metadata"]["warnings"] == ["message_truncated"]


@pytest.mark.parametrize(
    ("elements", "faults"),
    [
        (HI, 0),
        ([{"type": "rich_text_quote", "elements": HI[0]["elements"], "border": 1}], 0),
        ([{"type": "rich_text_list", "style": "bullet", "elements": HI, "indent": 1}], 0),
        ([{"type": "rich_text_list", "elements": HI}], 1),
        ([{"type": "rich_text_list", "style": "square", "elements": HI}], 1),
        ([{"type": "text", "text": "hi"}], 1),
        ([{"type": "rich_text_section", "elements": [{"type": "text", "text": None}]}], 1),
        ([{"type": "rich_text_section", "elements": [{"type": None, "text": "hi"}]}], 1),
        ([{"type": "rich_text_section", "elements": [{"type": "user", "id": "U1"}]}], 2),
        ([{"type": "rich_text_section", "elements": [{"type": "canvas", "id": "F1"}]}], 0),
        ("hi", 1),
    ],
)
def test_what_is_inside_rich_text_is_looked_into(elements, faults):
    assert len(message_faults([{"type": "rich_text", "elements": elements}])) == faults
