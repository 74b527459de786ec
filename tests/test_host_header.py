"""/metrics and /readyz answer who means this bot, and no page whose name was pointed at it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.deliveries import PendingDeliveries
from bot.web.host_header import is_ours
from bot.web.server import Probes, WebServer
from tests.conftest import free_port
from tests.plain_http import plain_http

PATHS = ("/metrics", "/readyz")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def ready() -> str | None:
        return None

    async def measure() -> None:
        pass

    free = free_port()
    server = WebServer(
        "127.0.0.1",
        free,
        Probes(ready, measure),
        PendingDeliveries(),
    )
    await server.start()
    yield free
    await server.stop()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["rebound.example:{port}", "127.0.0.1.example", "bot", ""])
async def test_a_name_that_was_pointed_here_is_answered_nothing(
    port: int, path: str, host: str
) -> None:
    async with plain_http() as http:
        url = f"http://127.0.0.1:{port}{path}"
        answer = await http.get(url, headers={"Host": host.format(port=port)})

    assert answer.status_code == 421
    assert "regen_" not in answer.text
    assert "ready" not in answer.text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", "10.4.2.7", "[::1]:{port}"]
)
async def test_who_asks_by_address_or_loopback_name_is_answered(
    port: int, path: str, host: str
) -> None:
    """kubelet asks a pod by its address; so do Prometheus and most proxies."""
    async with plain_http() as http:
        url = f"http://127.0.0.1:{port}{path}"
        answer = await http.get(url, headers={"Host": host.format(port=port)})

    assert answer.status_code == 200


async def test_whether_the_process_lives_is_everybodys_to_ask(port: int) -> None:
    async with plain_http() as http:
        url = f"http://127.0.0.1:{port}/healthz"
        assert (await http.get(url, headers={"Host": "rebound.example"})).status_code == 200


async def test_a_probe_without_any_host_is_answered(port: int) -> None:
    """HAProxy's checks are HTTP/1.0 without one, unless they are given one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /readyz HTTP/1.0\r\n\r\n")
    assert b" 200 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    ("host", "listening", "ours"),
    [
        ("bot.internal:3000", "bot.internal", True),
        ("BOT.internal.", "bot.internal", True),
        ("bot.internal", "10.4.2.7", False),
        ("app.localhost", "127.0.0.1", True),
        ("localhost.example", "127.0.0.1", False),
        ("[fe80::1%25eth0]:3000", "::", True),
        ("[rebound.example]", "::", False),
        ("", "", False),
    ],
)
def test_host_is_a_name_of_ours_whatever_its_spelling(
    host: str, listening: str, ours: bool
) -> None:
    assert is_ours(host, listening) is ours
