"""A simulated workspace with an app, people and a channel; and Slack's own SDK and Bolt on it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Delivery, SlackSimulator, User

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Regen"},
    "features": {
        "bot_user": {"display_name": "regen"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/regen", "description": "regenerates"},
            {"command": "/escaped", "description": "escaped", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Form", "type": "global", "callback_id": "form", "description": "opens it"},
            {"name": "This", "type": "message", "callback_id": "this", "description": "uses it"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "channels:history",
                "groups:history",
                "im:history",
                "channels:read",
                "users:read",
                "im:write",
                "files:write",
            ],
            "bot_optional": ["files:write", "users:read"],
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ack_seconds() -> float:
    """How long Slack waits; tests that see it give up set less."""
    return 3.0


@pytest.fixture
async def slack(ack_seconds: float) -> AsyncIterator[SlackSimulator]:
    async with SlackSimulator(
        MANIFEST, ack_seconds=ack_seconds, event_retries=(0.0, 0.01, 0.01)
    ) as slack:
        yield slack


@pytest.fixture
async def still_slack(clock: Clock) -> AsyncIterator[SlackSimulator]:
    """The same, by a clock that stands still."""
    async with SlackSimulator(MANIFEST, clock=clock) as slack:
        yield slack


@pytest.fixture
def ann(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("ann")


@pytest.fixture
def films(slack: SlackSimulator, ann: User) -> Channel:
    return slack.workspace.add_channel("films", bot_member=True)


@pytest.fixture
def client(slack: SlackSimulator) -> AsyncWebClient:
    """The SDK without its own retries, so that a call is a call."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(slack: SlackSimulator, client: AsyncWebClient) -> AsyncApp:
    """A Bolt app; `connected` or `served` brings it to the workspace.

    For one without a name Bolt reads the source of every caller, which takes it 17 ms in a test.
    """
    return AsyncApp(name="app", client=client, signing_secret=slack.signing_secret)


Connect = Callable[[], Awaitable[AsyncSocketModeHandler]]


@pytest.fixture
async def connect(slack: SlackSimulator, app: AsyncApp) -> AsyncIterator[Connect]:
    """Connects the app over Socket Mode, once a call."""
    handlers: list[AsyncSocketModeHandler] = []

    async def connect() -> AsyncSocketModeHandler:
        there = slack.connections
        # The SDK leaves a connection whose pong is four of these late, with what is under way on
        # it: at 0.1 s, a machine that stood still for a second lost a delivery. It also looks for
        # a lost connection this often.
        handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=1.0)
        handlers.append(handler)
        await handler.connect_async()
        await slack.until(lambda _: slack.connections > there)
        return handler

    yield connect
    for handler in handlers:
        await handler.close_async()


@pytest.fixture
async def connected(connect: Connect, app: AsyncApp) -> AsyncApp:
    await connect()
    return app


Serve = Callable[[web.Application], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves an aiohttp application on any free port; gives its address, without a slash."""
    runners: list[web.AppRunner] = []

    async def serve(application: web.Application) -> str:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield serve
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def served(slack: SlackSimulator, app: AsyncApp, serve: Serve) -> AsyncApp:
    url = await serve(app.web_app("/slack/events"))
    slack.request_url = f"{url}/slack/events"
    return app


@pytest.fixture(params=["connected", "served"])
def reached(request: pytest.FixtureRequest) -> AsyncApp:
    """A Bolt app over Socket Mode, and then over HTTP."""
    bolt: AsyncApp = request.getfixturevalue(request.param)
    return bolt


@pytest.fixture
def acknowledged() -> Callable[[Any], Awaitable[None]]:
    """A listener that only acknowledges."""

    async def listener(ack: Any) -> None:
        await ack()

    return listener


@pytest.fixture
def seen() -> Callable[[Delivery], dict[str, Any]]:
    """What the app saw of a delivery that it acknowledged."""

    def payload(delivery: Delivery) -> dict[str, Any]:
        assert (delivery.ok, delivery.status) == (True, 200), delivery
        return delivery.payload

    return payload


async def error_of(call: Any) -> str:
    """Slack's name for why a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
