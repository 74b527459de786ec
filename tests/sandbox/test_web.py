"""The simulated web, as any program meets it that is led there by a proxy."""

import ssl

import httpx
import pytest

from sandbox.web import Answer, WebSimulator, files
from sandbox.web.answers import page, redirect
from tests.web import PHOTO, Authority


@pytest.fixture
async def client(web: WebSimulator, authority: Authority) -> httpx.AsyncClient:
    trusted = ssl.create_default_context(cafile=str(authority.file))
    return httpx.AsyncClient(proxy=web.proxy_url, verify=trusted, trust_env=False)


async def test_every_host_answers_with_what_lies_there(
    web: WebSimulator, client: httpx.AsyncClient
) -> None:
    web.answers["a.example/1?x=%20y"] = Answer(files.WEBP, "image/jpeg")
    web.answers["b.example:8443/"] = redirect("https://a.example/1")
    async with client:
        first = await client.get("https://a.example/1?x=%20y")
        other = await client.get("https://b.example:8443/")
        elsewhere = await client.get("https://c.example/any")
    assert (first.content, first.headers["content-type"]) == (files.WEBP, "image/jpeg")
    assert (other.status_code, other.headers["location"]) == (302, "https://a.example/1")
    assert elsewhere.content == PHOTO
    assert web.asked == ["a.example/1?x=%20y", "b.example:8443/", "c.example/any"]


async def test_a_connection_is_cut_and_bytes_come_without_end(
    web: WebSimulator, client: httpx.AsyncClient
) -> None:
    web.answers["a.example/cut"] = Answer(bytes(1000), cut_after=10)
    web.answers["a.example/endless"] = Answer(bytes(1000), endless=True)
    async with client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("https://a.example/cut")
        async with client.stream("GET", "https://a.example/endless") as response:
            read = 0
            async for chunk in response.aiter_raw():
                read += len(chunk)
                if read > 100_000:
                    break
    assert page().body.startswith(b"<!DOCTYPE html>")
