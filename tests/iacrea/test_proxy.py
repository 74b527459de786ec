"""Where the way out leads through a proxy, the environment says so."""

import pytest
from aiohttp import web

from bot.domain.video import VideoId


@pytest.fixture
async def proxy(serve):
    """Answers for everybody, and notes whom it was asked for."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(f"{request.method} {request.url.host}")
        return web.json_response({"status": "DONE", "generationId": "g-1"})

    return await serve(answer), asked


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_calls_go_through_the_proxy_of_the_environment(proxy, connect, monkeypatch, name):
    address, asked = proxy
    monkeypatch.setenv(name, address.removeprefix("http://"))
    client = connect("http://iacrea.example")

    await client.video(VideoId("video"))
    await client.regenerate(VideoId("video"), "sequence")

    assert asked == ["GET iacrea.example", "POST iacrea.example"]


async def test_and_around_it_where_it_says_that(proxy, serve, connect, monkeypatch):
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"status": "PENDING"})

    address, asked = proxy
    monkeypatch.setenv("HTTP_PROXY", address)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    client = connect(await serve(answer))

    assert (await client.video(VideoId("video"))).status == "PENDING"
    assert asked == []
