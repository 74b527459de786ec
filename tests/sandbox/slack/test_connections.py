"""The life of a Socket Mode connection: how many there may be, how Slack greets and ends them."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from sandbox.slack.websocket import Timings
from tests.sandbox.slack.sockets import open_socket


async def acknowledged(ack: Any) -> None:
    await ack()


async def test_an_eleventh_connection_is_turned_away_without_a_hello_and_without_a_close(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await open_socket(slack, client, session) for _ in range(11)]
        greetings = [(await socket.receive_json()) for socket in sockets]
        end = await sockets[-1].receive()
        assert slack.connections == 10
        for socket in sockets:
            await socket.close()

    assert [each.get("num_connections") for each in greetings[:-1]] == list(range(1, 11))
    assert (greetings[-1]["type"], greetings[-1]["reason"]) == ("disconnect", "too_many_websockets")
    assert greetings[-1]["debug_info"]["host"].startswith("applink-")
    assert (end.type, sockets[-1].close_code) == (aiohttp.WSMsgType.CLOSED, 1006)


async def test_a_connection_by_get_is_refused(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match="insecure_request"):
        await client.api_call(
            "apps.connections.open",
            http_verb="GET",
            headers={"Authorization": f"Bearer {slack.app_token}"},
        )


async def test_who_asks_for_connections_without_a_pause_is_told_to_wait(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    async def opened(times: int) -> None:
        for _ in range(times):
            await client.api_call(  # the SDK's own method would wait
                "apps.connections.open", headers={"Authorization": f"Bearer {slack.app_token}"}
            )

    await opened(50)
    with pytest.raises(SlackApiError) as refused:
        await opened(10)  # a busy machine takes seconds for fifty, in which Slack allows a few more

    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) >= 1


async def test_a_warning_leaves_the_connection_in_use(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(slack, client, session)
        assert (await socket.receive_json())["type"] == "hello"

        await slack.refresh_connections("warning")

        assert (await socket.receive_json())["reason"] == "warning"
        assert slack.connections == 1
        await socket.close()


async def test_after_a_warning_the_refresh_is_requested_and_then_slack_closes_the_connection(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    slack._sockets.timings = Timings(warning=0.2, closing=0.2)
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(slack, client, session)
        assert (await socket.receive_json())["type"] == "hello"

        await slack.refresh_connections("warning")

        assert (await socket.receive_json())["reason"] == "warning"
        assert (await socket.receive_json())["reason"] == "refresh_requested"
        assert slack.connections == 0
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_what_is_under_way_when_a_refresh_is_requested_can_still_be_acknowledged(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(slack, client, session)
        assert (await socket.receive_json())["type"] == "hello"
        asking = asyncio.create_task(slack.command(ann, films, "/regen"))
        envelope = await socket.receive_json()

        await slack.refresh_connections()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})

        assert (await asking).ok
        await socket.close()


async def test_with_socket_mode_off_no_connection_is_handed_out(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(slack, client, session)
        assert (await socket.receive_json())["type"] == "hello"
        await slack.disable_socket_mode()
        assert (await socket.receive_json())["reason"] == "link_disabled"
        await socket.close()

    with pytest.raises(SlackApiError, match="access_denied"):
        await client.apps_connections_open(app_token=slack.app_token)


async def test_pings_are_answered(slack: SlackSimulator, client: AsyncWebClient) -> None:
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url, autoping=False) as socket,
    ):
        assert (await socket.receive_json())["type"] == "hello"

        await socket.ping(b"sdk-ping-pong:1")
        pong = await socket.receive(timeout=2)

    assert (pong.type, pong.data) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


async def test_slack_pings_and_closes_a_connection_whose_client_does_not_answer(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    slack._sockets.timings = Timings(ping=0.02)
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        deaf = await session.ws_connect(url, autoping=False)
        got = [await deaf.receive(timeout=2) for _ in range(13)]
        end = await deaf.receive(timeout=2)

    assert got[0].json()["type"] == "hello"
    assert {(each.type, bytes(each.data)) for each in got[1:]} == {
        (aiohttp.WSMsgType.PING, b"Ping from applink-1")
    }
    assert end.type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    await slack.until(lambda _: slack.connections == 0)


async def test_a_client_that_answers_slacks_pings_keeps_its_connection(
    slack: SlackSimulator, connected: AsyncApp, ann: User, films: Channel
) -> None:
    slack._sockets.timings = Timings(ping=0.02)
    connected.command("/regen")(acknowledged)
    await slack.refresh_connections()
    await slack.until(lambda _: slack.connections == 1)
    opened = sum(call.method == "apps.connections.open" for call in slack.calls)

    await asyncio.sleep(1.0)

    assert (await slack.command(ann, films, "/regen")).ok
    assert sum(call.method == "apps.connections.open" for call in slack.calls) == opened


@pytest.mark.parametrize("ack_seconds", [0.2])
async def test_an_event_that_was_not_acknowledged_comes_again_in_the_same_envelope(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    async with aiohttp.ClientSession() as session:
        first = await open_socket(slack, client, session)
        assert (await first.receive_json())["type"] == "hello"
        opening = asyncio.create_task(slack.open_home(ann))
        lost = await first.receive_json()
        await first.close()
        assert (await opening).error == "dispatch_failed"

        second = await open_socket(slack, client, session)
        assert (await second.receive_json())["type"] == "hello"
        again = await second.receive_json()
        await second.send_json({"envelope_id": again["envelope_id"]})
        await slack.until(lambda _: slack.deliveries[-1].ok)
        await second.close()

    assert again == lost


async def test_what_was_acknowledged_comes_again_where_a_fault_asks_for_it(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    slack.faults.envelopes_again["slash_commands"] = 1
    async with aiohttp.ClientSession() as session:
        first = await open_socket(slack, client, session)
        assert (await first.receive_json())["type"] == "hello"
        asking = asyncio.create_task(slack.command(ann, films, "/regen"))
        envelope = await first.receive_json()
        await first.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await asking).ok

        second = await open_socket(slack, client, session)
        assert (await second.receive_json())["type"] == "hello"
        assert await second.receive_json() == envelope
        for socket in (first, second):
            await socket.close()
