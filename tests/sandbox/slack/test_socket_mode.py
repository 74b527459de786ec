"""Socket Mode, with Slack's own client at the other end."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SLACKBOT, Channel, SlackSimulator, User
from tests.sandbox.slack.sockets import open_socket

Connect = Callable[[], Awaitable[AsyncSocketModeHandler]]


async def acknowledged(ack: Any) -> None:
    await ack()


async def test_a_connection_is_greeted_and_its_ticket_is_good_once(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"]["app_id"].startswith("A")
    debug = hello["debug_info"]
    assert debug["host"].startswith("applink-")
    assert {type(debug[each]) for each in ("build_number", "approximate_connection_time")} == {int}


async def test_each_payload_goes_to_one_connection_in_turn(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    got: Counter[int] = Counter()

    async def answer(number: int, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            envelope = message.json()
            if envelope["type"] == "slash_commands":
                got[number] += 1
                await socket.send_json({"envelope_id": envelope["envelope_id"]})

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
        sockets = [await open_socket(slack, client, session) for _ in range(2)]
        await slack.until(lambda _: slack.connections == 2)
        for number, socket in enumerate(sockets):
            tasks.create_task(answer(number, socket))
        deliveries = [await slack.command(ann, films, "/regen") for _ in range(6)]
        for socket in sockets:
            await socket.close()

    assert all(delivery.ok for delivery in deliveries)
    assert got == {0: 3, 1: 3}


@pytest.mark.alone
@pytest.mark.parametrize("ack_seconds", [0.2])
async def test_an_acknowledgement_that_does_not_come_is_an_operation_timeout(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel
) -> None:
    async def regen() -> None:
        await asyncio.Event().wait()

    connected.command("/regen")(regen)

    delivery = await slack.command(ann, films, "/regen")

    assert (delivery.ok, delivery.error, delivery.status) == (False, "operation_timeout", None)
    assert 0.2 <= delivery.latency < 1
    (told,) = slack.workspace.ephemerals(ann, films)
    assert told.user == SLACKBOT
    assert "operation_timeout" in told.text


async def test_without_a_connection_nothing_can_be_dispatched(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    assert (await slack.command(ann, films, "/regen")).error == "dispatch_failed"


async def test_after_a_refresh_the_client_comes_back_and_serves_on(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel
) -> None:
    connected.command("/regen")(acknowledged)

    await slack.refresh_connections()
    assert slack.connections == 0
    await slack.until(lambda _: slack.connections == 1)

    assert (await slack.command(ann, films, "/regen")).ok


async def test_of_two_connections_one_can_be_refreshed_without_a_gap(
    slack: SlackSimulator, app: AsyncApp, connect: Connect, ann: User, films: Channel
) -> None:
    app.command("/regen")(acknowledged)
    await connect()
    await connect()

    await slack.refresh_connections(at_most=1)

    assert slack.connections == 1
    assert (await slack.command(ann, films, "/regen")).ok
    await slack.until(lambda _: slack.connections == 2)


async def test_a_dropped_connection_loses_what_was_under_way_and_the_client_reconnects(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel
) -> None:
    arrived = asyncio.Event()

    async def regen(ack: Any) -> None:
        if arrived.is_set():
            await ack()
        arrived.set()
        await asyncio.sleep(0)

    connected.command("/regen")(regen)

    pending = asyncio.create_task(slack.command(ann, films, "/regen"))
    await asyncio.wait_for(arrived.wait(), 2)
    await slack.drop_connections()

    assert (await pending).error == "dispatch_failed"
    await slack.until(lambda _: slack.connections == 1)
    assert (await slack.command(ann, films, "/regen")).ok


@pytest.mark.parametrize("ack_seconds", [0.2])
async def test_a_failed_event_is_tried_three_times_more(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    attempts: list[tuple[int, str]] = []
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(slack, client, session)
        assert (await socket.receive_json())["type"] == "hello"

        delivery = await slack.open_home(ann)
        while len(attempts) < 4:
            envelope = await socket.receive_json()
            attempts.append((envelope["retry_attempt"], envelope["retry_reason"]))
        await socket.close()

    assert delivery.error == "operation_timeout"
    assert attempts == [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")]
