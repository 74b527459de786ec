"""Who cannot sign: crowds of silent and of slow connections keep nobody who can from an answer."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from bot.web.server import BODY_SECONDS, MOST_BYTES
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, free_port, http_mode, ready
from tests.limits.test_overload import SLACK_WAITS, linux, resident_megabytes
from tests.plain_http import plain_http

SILENT, UNFINISHED = 1100, 400
MOST_GROWN = 30.0
"""Megabytes."""
Stranger = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def head(
    length: int = MOST_BYTES, at: float | None = None, signature: str = "v0=" + "0" * 64
) -> bytes:
    """Of a request whose headers could be Slack's."""
    return (
        "POST /slack/events HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {int(time.time() if at is None else at)}\r\n"
        f"X-Slack-Signature: {signature}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def connect(port: int, sent: bytes = b"") -> Stranger:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(OSError):
        writer.write(sent)
        await writer.drain()
    return reader, writer


async def leave(stranger: Stranger) -> None:
    stranger[1].transport.abort()
    with contextlib.suppress(OSError):
        await stranger[1].wait_closed()


@contextlib.asynccontextmanager
async def crowd(port: int, count: int, sent: bytes = b"") -> AsyncIterator[list[Stranger]]:
    """So many connections at once, kept open on this side until the block ends."""
    strangers: list[Stranger] = []
    for _ in range(0, count, 50):
        strangers += await asyncio.gather(*(connect(port, sent) for _ in range(50)))
    yield strangers
    for stranger in strangers:
        await leave(stranger)


@pytest.fixture
async def port(bots: Bots, slack: SlackSimulator) -> int:
    port = free_port()
    await bots.start(environ=http_mode(slack, port) | {"PORT": str(port)})
    await ready(port)
    return port


@linux
@pytest.mark.alone
async def test_crowds_keep_no_command_from_its_acknowledgement_and_move_no_memory(
    bots: Bots,
    port: int,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    assert (await slack.command(anna, listings, f"/regen {video.id} 1")).ok
    [process] = bots.running
    before = resident_megabytes(process.pid)
    body = head() + b"x" * 100_000
    async with crowd(port, SILENT), crowd(port, UNFINISHED, body):
        command = await slack.command(anna, listings, f"/regen {video.id} 2")
        assert command.ok
        assert command.latency < SLACK_WAITS
        async with plain_http(base_url=f"http://127.0.0.1:{port}") as http:
            for page in ("/healthz", "/readyz", "/metrics"):
                assert (await http.get(page)).status_code == 200
        assert resident_megabytes(process.pid) - before < MOST_GROWN
    assert "Traceback" not in bots.log()
    assert "accept" not in bots.log().replace("accepted", "")


async def test_what_the_headers_tell_is_answered_before_the_body(port: int) -> None:
    cases = {
        "old": head(at=0),
        "of tomorrow": head(at=time.time() + 3600),
        "no signature": head(signature="v0=short"),
        "too long": head(length=MOST_BYTES + 1),
        "no headers of Slack's": (
            b"POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
        ),
    }
    for case, sent in cases.items():
        reader, writer = await connect(port, sent)
        async with asyncio.timeout(1):
            line = await reader.readline()
        assert line.split()[1] in {b"401", b"413"}, case
        await leave((reader, writer))


async def test_whoever_is_slow_is_turned_out(port: int) -> None:
    """Whoever is silent, stops within a head, or within a body."""

    async def turned_out(sent: bytes, within: float) -> None:
        reader, writer = await connect(port, sent)
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(within):
                await reader.read()
        await leave((reader, writer))

    await asyncio.gather(
        turned_out(b"", 7),
        turned_out(b"GET /healthz HTTP/1.1\r\nHost: loc", 7),
        turned_out(head() + b"x", BODY_SECONDS + 3),
    )


async def test_what_is_no_request_is_a_short_line_in_the_log(port: int, bots: Bots) -> None:
    nonsense = b"\x16\x03\x01 no HTTP at all\r\n\r\n"
    chunked = head().replace(b"Content-Length: %d" % MOST_BYTES, b"Transfer-Encoding: chunked")
    garbage = b"G\x00T / HTTP/1.1\r\na\x00: b\r\n\r\n"
    for sent in (nonsense, garbage, b"GET / HTTP/9.9\r\n\r\n", chunked + b"no length\r\n\r\n"):
        reader, writer = await connect(port, sent)
        with contextlib.suppress(ConnectionError):
            await reader.read()
        await leave((reader, writer))
    await asyncio.sleep(0.2)
    lines = [line for line in bots.log().splitlines() if "bad request" in line]
    assert "Traceback" not in bots.log()
    assert lines
    assert all(len(line) < 120 for line in lines)
