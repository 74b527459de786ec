"""/slack/events takes what Slack has signed lately, and nothing else."""

import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from bot.deliveries import PendingDeliveries
from bot.web.server import Probes, WebServer
from tests.conftest import free_port
from tests.plain_http import plain_http

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = b"command=%2Fregen&text=help"


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async def ready() -> str | None:
        return None

    port = free_port()

    async def measure() -> None:
        pass

    server = WebServer(
        "127.0.0.1",
        port,
        Probes(ready, measure),
        PendingDeliveries(),
        SECRET,
    )
    await server.start()
    async with plain_http(base_url=f"http://127.0.0.1:{port}") as http:
        yield http
    await server.stop()


def signature(timestamp: str, body: bytes = BODY, secret: str = SECRET) -> str:
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def headers(timestamp: str, signed: str) -> dict[str, bytes]:
    return {
        "X-Slack-Request-Timestamp": timestamp.encode(),
        "X-Slack-Signature": signed.encode(),
        "Content-Type": b"application/x-www-form-urlencoded",
    }


def now(offset: float = 0) -> str:
    return str(int(time.time() + offset))


async def test_what_slack_signed_gets_past_the_signature(http: httpx.AsyncClient) -> None:
    answer = await http.post(
        "/slack/events", content=BODY, headers=headers(now(), signature(now()))
    )

    assert answer.status_code == 503, "signed, but no Bolt app is there yet"


FORGED: dict[str, Callable[[], tuple[str, str]]] = {
    "invented": lambda: (now(), "v0=" + "0" * 64),
    "of another app": lambda: (now(), signature(now(), secret="another")),
    "of another body": lambda: (now(), signature(now(), body=b"command=%2Fother")),
    "missing": lambda: (now(), ""),
    "not ASCII": lambda: (now(), "v0=é"),
    "too old": lambda: (now(-301), signature(now(-301))),
    "from the future": lambda: (now(310), signature(now(310))),
    "at no number": lambda: ("soon", signature("soon")),
    "at nothing": lambda: ("", signature("")),
    "at a number in another notation": lambda: ("1e400", signature("1e400")),
    "at a number without end": lambda: ("9" * 5000, signature("9" * 5000)),
}


@pytest.mark.parametrize("forged", FORGED)
async def test_anything_else_gets_401(forged: str, http: httpx.AsyncClient) -> None:
    timestamp, signed = FORGED[forged]()
    answer = await http.post("/slack/events", content=BODY, headers=headers(timestamp, signed))

    assert answer.status_code == 401


async def test_a_request_without_any_signature_gets_401(http: httpx.AsyncClient) -> None:
    assert (await http.post("/slack/events", content=BODY)).status_code == 401
    assert (await http.post("/slack/events", content=b"ssl_check=1")).status_code == 401


async def test_a_body_that_is_no_utf_8_gets_401(http: httpx.AsyncClient) -> None:
    body = b"\xff\xfe"
    answer = await http.post(
        "/slack/events", content=body, headers=headers(now(), signature(now(), body))
    )

    assert answer.status_code == 401


async def test_more_than_slack_ever_sends_is_not_read(http: httpx.AsyncClient) -> None:
    body = b"x" * (2 * 1024 * 1024)
    answer = await http.post(
        "/slack/events", content=body, headers=headers(now(), signature(now(), body))
    )

    assert answer.status_code == 413


async def test_it_lives_and_is_ready(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).status_code == 200
    assert (await http.get("/readyz")).text == "ready\n"
