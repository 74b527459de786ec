"""HTTP mode, with Slack's own signature check at the other end."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User

Serve = Callable[[web.Application], Awaitable[str]]


class Endpoint:
    """An app that notes what it gets, answers challenges, and all else as it is told."""

    def __init__(self) -> None:
        self.challenges: list[tuple[str, dict[str, str]]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.answer: dict[str, Any] = {"status": 200}
        self.meet: Callable[[str], dict[str, Any]] = lambda challenge: {"text": challenge}

    async def take(self, request: web.Request) -> web.Response:
        got = (await request.text(), dict(request.headers))
        if "url_verification" in got[0]:
            self.challenges.append(got)
            return web.Response(**self.meet(json.loads(got[0])["challenge"]))
        self.requests.append(got)
        return web.Response(**self.answer)


@pytest.fixture
async def endpoint(slack: SlackSimulator, serve: Serve) -> Endpoint:
    endpoint = Endpoint()
    application = web.Application()
    application.add_routes([web.post("/slack/events", endpoint.take)])
    slack.request_url = f"{await serve(application)}/slack/events"
    return endpoint


async def test_every_request_is_signed(
    slack: SlackSimulator, endpoint: Endpoint, ann: User, films: Channel
) -> None:
    await slack.command(ann, films, "/regen añb & c=d")
    await slack.shortcut(ann, "form")
    await slack.open_home(ann)

    verifier = SignatureVerifier(slack.signing_secret)
    assert (len(endpoint.challenges), len(endpoint.requests)) == (1, 3)
    for body, headers in (*endpoint.challenges, *endpoint.requests):
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + " ", headers)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "meet",
    [
        lambda challenge: {"text": challenge},
        lambda challenge: {"text": f"challenge={challenge}", "content_type": FORM},
        lambda challenge: {
            "text": json.dumps({"challenge": challenge}),
            "content_type": "application/json",
        },
    ],
    ids=["text", "form", "json"],
)
async def test_whoever_meets_the_challenge_gets_events_and_is_asked_once(
    slack: SlackSimulator, endpoint: Endpoint, ann: User, meet: Callable[[str], dict[str, Any]]
) -> None:
    endpoint.meet = meet

    assert (await slack.open_home(ann)).ok
    assert (await slack.open_home(ann)).ok

    assert (len(endpoint.challenges), len(endpoint.requests)) == (1, 2)
    asked = json.loads(endpoint.challenges[0][0])
    assert set(asked) == {"token", "challenge", "type"}


@pytest.mark.parametrize("meet", [{"text": "no"}, {"text": "{}"}, {"status": 404}])
async def test_whoever_does_not_gets_commands_and_no_events(
    slack: SlackSimulator,
    endpoint: Endpoint,
    ann: User,
    films: Channel,
    meet: dict[str, Any],
) -> None:
    endpoint.meet = lambda _: meet

    assert (await slack.open_home(ann)).error == "dispatch_failed"
    assert endpoint.requests == []
    assert (await slack.command(ann, films, "/regen")).ok


async def test_bolt_meets_the_challenge_by_itself(
    slack: SlackSimulator, served: AsyncApp, ann: User
) -> None:
    async def opened() -> None:
        pass

    served.event("app_home_opened")(opened)
    assert (await slack.open_home(ann)).ok


async def test_plain_text_in_the_answer_is_shown_as_it_is(
    slack: SlackSimulator, endpoint: Endpoint, ann: User, films: Channel
) -> None:
    endpoint.answer = {"status": 200, "text": "type a video"}

    delivery = await slack.command(ann, films, "/regen")

    assert delivery.ack == {"text": "type a video"}
    assert [m.text for m in slack.workspace.ephemerals(ann, films)] == ["type a video"]


async def test_any_status_but_200_is_a_failed_dispatch(
    slack: SlackSimulator, endpoint: Endpoint, ann: User, films: Channel
) -> None:
    endpoint.answer = {"status": 401}

    delivery = await slack.command(ann, films, "/regen")

    assert (delivery.status, delivery.error) == (401, "dispatch_failed")
    assert len(endpoint.requests) == 1


async def test_nobody_at_the_address_is_a_failed_dispatch(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    slack.request_url = "http://127.0.0.1:1/slack/events"

    delivery = await slack.command(ann, films, "/regen")

    assert (delivery.status, delivery.error) == (None, "dispatch_failed")


@pytest.mark.parametrize("ack_seconds", [0.2])
async def test_a_late_answer_is_an_operation_timeout(
    slack: SlackSimulator, served: AsyncApp, ann: User, films: Channel
) -> None:
    async def regen() -> None:
        pass

    served.command("/regen")(regen)

    delivery = await slack.command(ann, films, "/regen")

    assert delivery.error == "operation_timeout"


async def test_a_failed_event_is_tried_again_and_says_so(
    slack: SlackSimulator, endpoint: Endpoint, ann: User
) -> None:
    endpoint.answer = {"status": 500}

    await slack.open_home(ann)
    await slack._dispatcher._running.copy().pop()

    numbers = [headers.get("X-Slack-Retry-Num") for _, headers in endpoint.requests]
    assert numbers == [None, "1", "2", "3"]
    assert len({body for body, _ in endpoint.requests}) == 1
    assert endpoint.requests[1][1]["X-Slack-Retry-Reason"] == "http_error"


async def test_an_app_can_ask_for_no_retry(
    slack: SlackSimulator, endpoint: Endpoint, ann: User
) -> None:
    endpoint.answer = {"status": 500, "headers": {"x-slack-no-retry": "1"}}

    await slack.open_home(ann)

    assert slack._dispatcher._running == set()
    assert len(endpoint.requests) == 1


async def test_in_http_mode_no_socket_is_handed_out(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    slack.request_url = "http://127.0.0.1:1/slack/events"
    with pytest.raises(SlackApiError, match="access_denied"):
        await client.apps_connections_open(app_token=slack.app_token)

    slack.request_url = None
    assert (await client.apps_connections_open(app_token=slack.app_token))["ok"]
