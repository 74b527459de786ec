"""What the simulator does not know is never told as if Slack had refused it."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User

VIDEO = {"type": "video", "title": {"type": "plain_text", "text": "x"}}
PICKER = {"type": "actions", "elements": [{"type": "timepicker", "action_id": "when"}]}
ASKING = {
    "files.info": ("files.info", {}),
    "no.such.method": ("no.such.method", {}),
    "attachments": ("chat.postMessage", {"attachments": [{"fallback": "x"}]}),
    "markdown_text": ("chat.postMessage", {"markdown_text": "*x*"}),
    "video [json-pointer:/blocks/0]": ("chat.postMessage", {"text": "x", "blocks": [VIDEO]}),
    "timepicker [json-pointer:/blocks/0/elements/0]": (
        "chat.update",
        {"text": "x", "blocks": [PICKER]},
    ),
    "conversations.open with several users": ("conversations.open", {"users": "U1,U2"}),
}


@pytest.mark.parametrize(("what", "call"), ASKING.items(), ids=ASKING)
async def test_the_answer_names_it_in_a_field_of_its_own_and_a_line_says_it_too(
    slack: SlackSimulator,
    client: AsyncWebClient,
    films: Channel,
    capsys: pytest.CaptureFixture[str],
    what: str,
    call: tuple[str, dict[str, Any]],
) -> None:
    method, arguments = call
    posted = await client.chat_postMessage(channel=films.id, text="x")
    arguments = {"channel": films.id, "ts": posted["ts"], **arguments}

    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)

    answer = caught.value.response
    assert (answer["error"], answer["simulator"]) == ("not_simulated", f"not simulated: {what}")
    assert capsys.readouterr().err == f"sandbox: not simulated: {what}\n"
    assert len(slack.workspace.messages(films)) == 1


async def test_files_are_shared_in_one_channel_and_without_blocks(client: AsyncWebClient) -> None:
    for name in ("channels", "blocks"):
        params = {"files": '[{"id": "F1"}]', name: "C1"}
        with pytest.raises(SlackApiError) as caught:
            await client.api_call("files.completeUploadExternal", params=params)
        assert caught.value.response["error"] == "not_simulated"


async def test_a_block_that_slack_has_not_either_is_slacks_to_refuse(
    client: AsyncWebClient, films: Channel
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x", blocks=[{"type": "unheard-of"}])

    assert caught.value.response["error"] == "invalid_blocks"
    assert "simulator" not in caught.value.response.data


async def test_an_acknowledgement_with_it_is_not_called_a_failed_dispatch(
    slack: SlackSimulator,
    connected: AsyncApp,
    ann: User,
    films: Channel,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def listener(ack: Any) -> None:
        await ack(text="x", blocks=[VIDEO])

    connected.command("/regen")(listener)

    delivery = await slack.command(ann, films, "/regen")

    assert delivery.error == "not_simulated"
    assert "not simulated: video" in capsys.readouterr().err
