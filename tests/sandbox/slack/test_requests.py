"""Requests as SDKs send them, old and new, byte for byte; and the synchronous ones really run."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.slack import Channel, SlackSimulator, User

JSON = "application/json;charset=utf-8"
FORM = "application/x-www-form-urlencoded"

# Recorded from slack_sdk 3.0.0, 3.11.2, 3.19.5, 3.27.2, 3.36.0 and 3.47.0, which send the same;
# slack-go differs in its type for JSON and in that its forms carry the token.
AS_SENT = {
    "nothing, as JSON": ("auth.test", JSON, b""),
    "nothing, as JSON without a charset": ("auth.test", "application/json", b""),
    "nothing, as a form": ("auth.test", FORM, b""),
    "JSON": (
        "chat.postMessage",
        JSON,
        b'{"channel": "{films}", "text": "h\\u00e9", "blocks": [{"type": "divider"}], '
        b'"unfurl_links": false}',
    ),
    "a form with JSON in it": (
        "chat.postMessage",
        FORM,
        b"channel={films}&text=p&blocks=%5B%7B%22type%22%3A+%22divider%22%7D%5D",
    ),
    "a form with a boolean of Python's": (
        "chat.postMessage",
        FORM,
        b"channel={films}&text=p&reply_broadcast=1",
    ),
    "a form with a boolean of JavaScript's": (
        "chat.postMessage",
        FORM,
        b"channel={films}&text=p&reply_broadcast=true&as_unheard_of=x",
    ),
    "a form with a number": (
        "conversations.history",
        FORM,
        b"channel={films}&inclusive=1&limit=2",
    ),
    "JSON to a method that reads": (
        "conversations.history",
        JSON,
        b'{"channel": "{films}", "limit": 2, "inclusive": true}',
    ),
    "several parts": (
        "chat.postMessage",
        "multipart/form-data; boundary=--------------fa1ca754",
        b'\r\n----------------fa1ca754\r\nContent-Disposition: form-data; name="channel"\r\n\r\n'
        b"{films}\r\n----------------fa1ca754\r\n"
        b'Content-Disposition: form-data; name="text"\r\n\r\np\r\n'
        b'----------------fa1ca754\r\nContent-Disposition: form-data; name="file"; '
        b'filename="Uploaded file"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n'
        b"----------------fa1ca754--\r\n",
    ),
}


async def post(
    slack: SlackSimulator,
    method: str,
    body: bytes,
    *,
    content_type: str | None = None,
    token: str | None = None,
    query: str = "",
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers |= {"Content-Type": content_type} if content_type else {}
    url = f"{slack.api_url}{method}{query}"
    skipped = () if content_type else ("Content-Type",)
    async with (
        aiohttp.ClientSession(skip_auto_headers=skipped) as session,
        session.post(url, data=body, headers=headers) as response,
    ):
        answer: dict[str, Any] = await response.json()
        return answer


@pytest.mark.parametrize(("method", "content_type", "body"), AS_SENT.values(), ids=AS_SENT)
async def test_what_sdks_send_is_taken(
    slack: SlackSimulator, films: Channel, method: str, content_type: str, body: bytes
) -> None:
    sent = body.replace(b"{films}", films.id.encode())

    answer = await post(slack, method, sent, content_type=content_type, token=slack.bot_token)

    assert answer["ok"], answer
    assert "warning" not in answer


async def test_the_app_level_call_takes_json_without_a_byte(slack: SlackSimulator) -> None:
    answer = await post(
        slack, "apps.connections.open", b"", content_type=JSON, token=slack.app_token
    )

    assert answer["url"].startswith("ws://")


async def test_arguments_may_stand_in_the_query_too(slack: SlackSimulator, films: Channel) -> None:
    query = f"?channel={films.id}"

    answer = await post(
        slack,
        "chat.postMessage",
        b'{"text": "x"}',
        content_type=JSON,
        token=slack.bot_token,
        query=query,
    )

    assert answer["channel"] == films.id


@pytest.mark.parametrize(
    ("content_type", "body", "warning"),
    [
        ("application/json", b'{"text": "x"}', "missing_charset"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"text=x", "superfluous_charset"),
    ],
)
async def test_a_charset_too_many_or_too_few_is_warned_of(
    slack: SlackSimulator, films: Channel, content_type: str, body: bytes, warning: str
) -> None:
    answer = await post(
        slack,
        "chat.postMessage",
        body,
        content_type=content_type,
        token=slack.bot_token,
        query=f"?channel={films.id}",
    )

    assert answer["ok"]
    assert (answer["warning"], answer["response_metadata"]["warnings"]) == (warning, [warning])


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        (None, b"{}", "missing_post_type"),
        ("application/xml", b"<a/>", "invalid_post_type"),
        ("application/json; charset=utf-7", b"{}", "invalid_charset"),
        (JSON, b"{", "invalid_json"),
        (JSON, b"\xff", "invalid_json"),
        (JSON, b"[]", "json_not_object"),
    ],
)
async def test_a_body_that_is_not_what_it_says_is_refused(
    slack: SlackSimulator, content_type: str | None, body: bytes, error: str
) -> None:
    answer = await post(slack, "auth.test", body, content_type=content_type, token=slack.bot_token)

    assert answer["error"] == error


async def test_a_token_is_taken_from_a_form_and_from_nowhere_else(slack: SlackSimulator) -> None:
    token, app_token = slack.bot_token, slack.app_token

    form = await post(slack, "auth.test", f"token={token}".encode(), content_type=FORM)
    query = await post(slack, "auth.test", b"", query=f"?token={token}")
    body = await post(slack, "auth.test", json.dumps({"token": token}).encode(), content_type=JSON)
    app_level = await post(
        slack, "apps.connections.open", f"token={app_token}".encode(), content_type=FORM
    )

    assert form["ok"]
    assert {each["error"] for each in (query, body, app_level)} == {"not_authed"}


async def test_a_synchronous_bolt_app_starts_and_answers(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    app = await asyncio.to_thread(App, client=client)
    app.command("/regen")(lambda ack, say: (ack("heard"), say("done")))
    handler = SocketModeHandler(app, slack.app_token)
    await asyncio.to_thread(handler.connect)
    try:
        await slack.until(lambda _: slack.connections)
        assert (await slack.command(ann, films, "/regen")).ack == {"text": "heard"}
        await slack.until(lambda workspace: workspace.messages(films))
    finally:
        await asyncio.to_thread(handler.close)

    assert [message.text for message in slack.workspace.messages(films)] == ["done"]
