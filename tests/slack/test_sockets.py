"""Socket Mode as Slack plays it: too many connections, none that lives, none that is greeted."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.deliveries import PendingDeliveries, steady
from bot.slack.connection import reconnecting
from bot.slack.connection.envelopes import Envelopes
from bot.slack.connection.socket_mode import SocketMode
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.web_api import web_client
from sandbox.slack import SlackSimulator
from sandbox.slack.websocket import Connection, Timings
from tests.chaos.proxy import Proxy
from tests.conftest import connected
from tests.sandbox.slack.sockets import open_socket

Start = Callable[[], Awaitable[SocketMode]]


@pytest.fixture
async def start(slack: SlackSimulator, app: AsyncApp, under_way: UnderWay) -> AsyncIterator[Start]:
    """Starts the sockets of one more replica."""
    api_url = slack.api_url
    running: list[tuple[SocketMode, asyncio.Task[None]]] = []

    async def start() -> SocketMode:
        envelopes = Envelopes(app, under_way, PendingDeliveries())
        sockets = SocketMode(web_client(slack.app_token, api_url), envelopes)
        running.append((sockets, asyncio.create_task(sockets.run())))
        return sockets

    yield start
    for sockets, task in running:
        task.cancel()
        await sockets.close()


@pytest.fixture
async def others(slack: SlackSimulator) -> AsyncIterator[list[aiohttp.ClientWebSocketResponse]]:
    """Nine connections of other replicas."""
    client = AsyncWebClient(base_url=slack.api_url)
    async with aiohttp.ClientSession() as session:
        sockets = [await open_socket(slack, client, session) for _ in range(9)]
        yield sockets
        for socket in sockets:
            await socket.close()


def opens(slack: SlackSimulator) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)


async def holds(condition: Callable[[], object], within: float = 60.0) -> None:
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.02)


async def test_six_replicas_share_ten_connections_and_come_to_rest(
    slack: SlackSimulator, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    replicas = [await start() for _ in range(6)]
    await holds(lambda: all(each.connected() for each in replicas))
    await asyncio.sleep(2.0)
    settled = opens(slack)

    await asyncio.sleep(3.0)

    assert all(each.connected() for each in replicas)
    assert 6 <= slack.connections <= 10
    assert settled <= 6 * 4
    assert opens(slack) - settled <= 2
    told = [each for each in caplog.records if each.levelno == logging.WARNING]
    advice = [each for each in told if "at most four replicas" in each.message]
    assert 1 <= len(advice) <= 6


async def test_where_the_tenth_connection_is_the_second_of_a_replica_it_is_given_back(
    slack: SlackSimulator,
    start: Start,
    others: list[aiohttp.ClientWebSocketResponse],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack.connection.socket_mode.LINGER", 0.1)
    await others.pop().close()

    sockets = await start()
    await holds(lambda: opens(slack) == 9 + 2)
    await holds(lambda: slack.connections == 9)

    await asyncio.sleep(0.5)
    assert sockets.connected()
    assert slack.connections == 9


async def test_with_one_place_left_a_replica_makes_do_with_it_and_says_once_what_to_do(
    slack: SlackSimulator,
    start: Start,
    others: list[aiohttp.ClientWebSocketResponse],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(reconnecting, "ROOM", 0.4)

    sockets = await start()
    await holds(lambda: opens(slack) >= 9 + 4)

    assert sockets.connected()
    assert slack.connections == 10
    advice = [each for each in caplog.records if "at most four replicas" in each.message]
    assert len(advice) == 1

    for _ in range(3):
        await others.pop().close()
    await holds(lambda: "room for both WebSockets" in caplog.text)
    await holds(lambda: slack.connections == 8)  # six others and two, once a third is given back


async def test_without_any_place_a_replica_is_not_connected_asks_seldom_and_then_comes_in(
    slack: SlackSimulator, start: Start, others: list[aiohttp.ClientWebSocketResponse]
) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    async with aiohttp.ClientSession() as session:
        others.append(await open_socket(slack, client, session))
        before = opens(slack)
        sockets = await start()
        for _ in range(100):
            await asyncio.sleep(0.05)
            assert not sockets.connected()
        assert 1 < opens(slack) - before <= 6

        for _ in range(5):
            await others.pop().close()
        await holds(sockets.connected)
        for socket in others:
            await socket.close()


async def test_slack_that_says_no_hello_has_not_connected(
    slack: SlackSimulator, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_: Connection, connections: int) -> None:
        assert connections > 0

    monkeypatch.setattr(Connection, "greet", silent)
    monkeypatch.setattr("bot.slack.connection.websocket.OPENING", 0.5)

    sockets = await start()
    await connected(slack, 1)
    await asyncio.sleep(0.3)
    assert not sockets.connected()
    monkeypatch.undo()

    await holds(sockets.connected)


async def cut(proxy: Proxy) -> None:
    while True:
        proxy.cut()
        await asyncio.sleep(0.02)


async def test_behind_a_proxy_that_closes_every_connection_the_tries_become_seldom(
    slack: SlackSimulator, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    port = int(slack.api_url.rsplit(":", 1)[1].split("/")[0])
    async with Proxy(port) as proxy:
        slack._installation.base_url = f"http://127.0.0.1:{proxy.port}"
        cutting = asyncio.create_task(cut(proxy))
        sockets = await start()
        await asyncio.sleep(6.0)

        assert 2 <= opens(slack) <= 6
        assert "the next try to connect to Slack" in caplog.text
        cutting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await cutting
        await holds(sockets.connected, within=20)


async def test_slacks_retry_after_is_waited_for(slack: SlackSimulator, start: Start) -> None:
    slack.faults.rate_limited["apps.connections.open"] = 1
    slack.faults.retry_after = 3

    await start()
    await connected(slack)

    first, second, *_ = [each.at for each in slack.calls if each.method == "apps.connections.open"]
    assert second - first >= 2.9


async def test_a_connection_that_slack_replaces_is_closed_by_us_once_another_stands(
    slack: SlackSimulator, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.connection.socket_mode.LINGER", 0.2)
    slack._sockets.timings = Timings(warning=60.0)
    await start()
    await connected(slack, 2)

    await slack.refresh_connections("warning", at_most=1)
    await holds(lambda: slack.connections == 3)

    await holds(lambda: slack.connections == 2)


@pytest.mark.parametrize(
    "odd",
    [
        '{"type": "interactive", "envelope_id": "e1", "payload": null}',
        '{"type": "events_api", "envelope_id": "e1", "payload": [1]}',
        '{"type": "interactive", "envelope_id": "e1", "payload": {"actions": {"a": 1}}}',
        '{"type": "interactive", "envelope_id": "e1", "payload": {"actions": [null]}}',
        '{"type": ["hello"], "envelope_id": {}, "payload": {}}',
        "null",
    ],
)
async def test_what_nobody_foresaw_in_an_envelope_ends_no_connection(
    slack: SlackSimulator, start: Start, under_way: UnderWay, app: AsyncApp, odd: str
) -> None:
    heard = asyncio.Event()

    async def hears(args: AsyncArgs) -> None:
        await args.ack()
        heard.set()

    app.command("/regen")(under_way.tracked(hears))
    await start()
    await connected(slack, 2)
    [*standing] = slack._sockets._connections
    for each in standing:
        await each.socket.send_str(odd)

    anna = slack.workspace.add_user("anna")
    channel = slack.workspace.add_channel("listings", bot_member=True)
    assert (await slack.command(anna, channel, "/regen")).ok
    assert (await slack.command(anna, channel, "/regen")).ok
    assert heard.is_set()
    assert slack._sockets._connections == standing


@pytest.mark.parametrize("odd", ["keep-alive", "nan", "inf", "1.5", "\udcff"])
async def test_a_pong_that_nobody_asked_for_ends_no_connection_and_tells_no_time(
    slack: SlackSimulator, app: AsyncApp, under_way: UnderWay, odd: str
) -> None:
    envelopes = Envelopes(app, under_way, PendingDeliveries())
    asked_at: list[float] = []
    envelopes.take = lambda on, _: asked_at.append(on.asked_at)  # type: ignore[method-assign]
    sockets = SocketMode(web_client(slack.app_token, slack.api_url), envelopes)
    running = asyncio.create_task(sockets.run())
    await connected(slack, 2)
    [*standing] = slack._sockets._connections
    began = steady()
    for each in standing:
        await each.socket.pong(odd.encode(errors="surrogateescape"))
        await each.socket.send_str('{"type": "after it"}')
    await holds(lambda: len(asked_at) == 2)

    assert all(began - 5.0 < each <= steady() for each in asked_at)
    assert slack._sockets._connections == standing
    running.cancel()
    await sockets.close()
