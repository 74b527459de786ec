"""Where the way out leads through a proxy."""

import pytest
from aiohttp import web

from bot.domain.video import VideoId
from bot.network import Network, Proxies, Proxy


@pytest.fixture
async def proxy(serve):
    """Answers for everybody, and notes whom it was asked for."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(f"{request.method} {request.url.host}")
        return web.json_response({"status": "DONE", "generationId": "g-1"})

    return await serve(answer), asked


async def test_calls_go_through_the_proxy(proxy, connect):
    address, asked = proxy
    network = Network(Proxies(http=Proxy.parse(address.removeprefix("http://"))))
    client = connect("http://iacrea.example", network=network)

    await client.video(VideoId("video"))
    await client.regenerate(VideoId("video"), "sequence")

    assert asked == ["GET iacrea.example", "POST iacrea.example"]


async def test_and_around_it_where_that_is_said(proxy, serve, connect):
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"status": "PENDING"})

    address, asked = proxy
    network = Network(Proxies(http=Proxy.parse(address), around=("127.0.0.1",)))
    client = connect(await serve(answer), network=network)

    assert (await client.video(VideoId("video"))).status == "PENDING"
    assert asked == []
