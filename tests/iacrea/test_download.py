"""A finished video is fetched from the public internet or from IACrea, in chunks, with no key."""

import asyncio
import hashlib
import tracemalloc

import pytest
from aiohttp import web

from bot.iacrea import download, pinned
from bot.iacrea.download import Downloads
from bot.iacrea.pinned import DownloadError
from sandbox.iacrea import IACreaSimulator

FILM = bytes(range(256)) * 400


async def film(_: web.Request) -> web.Response:
    return web.Response(body=FILM, content_type="video/mp4")


async def no_name(name: str, port: int) -> list[str]:
    raise AssertionError(f"{name} was looked up")


async def read(downloads: Downloads, url: str) -> bytes:
    async with downloads.open(url) as opened:
        return b"".join([chunk async for chunk in opened.chunks()])


async def refusal(downloads: Downloads, url: str) -> str:
    with pytest.raises(DownloadError) as caught:
        await read(downloads, url)
    return str(caught.value)


async def test_iacreas_own_films_come_whole_wherever_it_lies(serve):
    base = await serve(film)
    async with Downloads(base, resolve=no_name).open(f"{base}/film.mp4") as opened:
        assert (opened.length, opened.content_type) == (len(FILM), "video/mp4")
        assert b"".join([chunk async for chunk in opened.chunks()]) == FILM


async def test_a_large_film_is_never_whole_in_memory():
    async with IACreaSimulator(serves_assets=True) as account:
        account.asset_bytes = 30 * 2**20
        url = account.account.add_video().final_url
        downloads, digest, size = Downloads(account.base_url), hashlib.sha256(), 0
        tracemalloc.start()
        async with downloads.open(url) as opened:
            async for chunk in opened.chunks():
                digest.update(chunk)
                size += len(chunk)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert size == account.asset_bytes
    assert peak < 8 * 2**20


async def test_no_key_is_sent(serve):
    sent: list[str] = []

    async def note(request: web.Request) -> web.Response:
        sent.extend(name.lower() for name in request.headers)
        return await film(request)

    base = await serve(note)
    await read(Downloads(base), f"{base}/film.mp4")

    assert "user-agent" in sent
    assert not {"x-api-key", "authorization", "cookie"} & set(sent)


async def test_redirects_within_iacrea_are_followed_but_not_without_end(serve):
    async def redirect(request: web.Request) -> web.Response:
        left = int(request.match_info["path"])
        if left:
            return web.Response(status=302, headers={"location": f"/{left - 1}"})
        return await film(request)

    base = await serve(redirect)

    assert await read(Downloads(base), f"{base}/5") == FILM
    assert await refusal(Downloads(base), f"{base}/6") == "more than 5 redirects"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/film.mp4",
        "https://0x7f000001/film.mp4",
        "https://[::1]/film.mp4",
        "https://[::ffff:127.0.0.1]/film.mp4",
        "https://10.0.0.1/film.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/film.mp4",
        "https://films.internal/film.mp4",
        "http://films.example.com/film.mp4",
        "https://anna:secret@films.example.com/film.mp4",
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "",
    ],
)
async def test_other_addresses_are_refused_unless_they_are_public_ones(serve, url):
    async def to(_: web.Request) -> web.Response:
        return web.Response(status=307, headers={"location": url or "https://"})

    base = await serve(to)
    for link in (url, f"{base}/redirected"):
        said = await refusal(Downloads(base, resolve=no_name), link)
        assert said.startswith("not a") or said == "RemoteProtocolError"  # httpx read it first


async def test_a_server_beside_iacrea_on_the_same_host_is_not_trusted(serve):
    base, other = await serve(film), await serve(film)
    assert "public" in await refusal(Downloads(base, resolve=no_name), f"{other}/film.mp4")


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.215.14", "10.0.0.7"], ["fe80::1%eth0"]]
)
async def test_a_name_that_leads_anywhere_private_is_refused(addresses):
    async def resolve(name: str, port: int) -> list[str]:
        assert (name, port) == ("films.example.com", 443)
        return addresses

    downloads = Downloads("https://iacrea.com", resolve=resolve)
    assert "not public" in await refusal(downloads, "https://films.example.com/film.mp4")


async def test_a_name_without_an_address_is_a_download_that_failed():
    async def resolve(name: str, port: int) -> list[str]:
        raise OSError

    downloads = Downloads("https://iacrea.com", resolve=resolve)
    assert "no address" in await refusal(downloads, "https://films.example.com/film.mp4")


async def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    greetings: list[bytes] = []
    looked_up: list[str] = []

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greetings.append(await reader.read(4096))
        writer.close()

    async def resolve(name: str, port: int) -> list[str]:
        looked_up.append(name)
        return ["127.0.0.1"]

    monkeypatch.setattr(pinned, "public_host", lambda _: True)
    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        downloads = Downloads("https://iacrea.com", resolve=resolve)
        await refusal(downloads, f"https://films.example.com:{port}/film.mp4")

    assert looked_up == ["films.example.com"]
    assert b"films.example.com" in greetings[0], "TLS asks for the name, not for the address"


def answering(status: int = 200, body: bytes = FILM, **headers: str):
    async def answer(_: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=body, headers={"content-type": "video/mp4"} | named)

    return answer


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (answering(404), "status 404"),
        (answering(206), "status 206"),
        (answering(content_type="text/html; charset=utf-8"), "not a video"),
        (answering(body=b""), "of unknown length"),
        (answering(content_encoding="gzip"), "compressed, so that its length is not known"),
    ],
)
async def test_what_is_no_film_is_refused(serve, answer, why):
    base = await serve(answer)
    assert await refusal(Downloads(base), f"{base}/film.mp4") == why


@pytest.mark.parametrize("kind", ["binary/octet-stream", "application/octet-stream", "VIDEO/WEBM"])
async def test_films_that_come_as_plain_bytes_are_taken(serve, kind):
    base = await serve(answering(content_type=kind))
    assert await read(Downloads(base), f"{base}/film.mp4") == FILM


async def test_a_film_of_unknown_length_is_refused(serve):
    async def chunked(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "video/mp4"})
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(FILM)
        return response

    base = await serve(chunked)
    assert await refusal(Downloads(base), f"{base}/film.mp4") == "of unknown length"


async def test_a_length_that_chunks_make_void_is_none():
    async def both(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 4\r\n")
        writer.write(b"Transfer-Encoding: chunked\r\n\r\n9\r\nmore than\r\n0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(both, "127.0.0.1", 0) as server:
        base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        assert await refusal(Downloads(base), f"{base}/film.mp4") == "of unknown length"


async def test_a_film_that_is_too_large_is_refused_before_it_is_read(serve, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", len(FILM) - 1)
    base = await serve(film)
    assert "larger than" in await refusal(Downloads(base), f"{base}/film.mp4")


async def test_a_film_that_breaks_off_or_never_ends_is_a_download_that_failed(serve, monkeypatch):
    async def half(request: web.Request) -> web.StreamResponse:
        headers = {"content-type": "video/mp4", "content-length": str(len(FILM))}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(FILM[:1000])
        if request.path == "/slow":
            await asyncio.sleep(60)
        assert request.transport is not None
        request.transport.close()
        return response

    monkeypatch.setattr(download, "TIME_LIMIT", 0.3)
    base = await serve(half)

    assert await refusal(Downloads(base), f"{base}/film") == "broke off: RemoteProtocolError"
    assert await refusal(Downloads(base), f"{base}/slow") == "too slow"
