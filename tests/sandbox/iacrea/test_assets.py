"""The pictures and films of a simulated account can be loaded where that is wanted."""

import asyncio
import struct
import zlib

import httpx
import pytest


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, every checksum and the number of its bytes looked at."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, rest = {}, png[8:]
    while rest:
        (length,) = struct.unpack(">I", rest[:4])
        kind, data, rest = rest[4:8], rest[8 : 8 + length], rest[8 + length :]
        assert struct.unpack(">I", rest[:4])[0] == zlib.crc32(kind + data)
        chunks[kind], rest = data, rest[4:]
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert len(zlib.decompress(chunks[b"IDAT"])) == height * (1 + 3 * width)
    return width, height


async def test_pictures_lie_on_the_server_and_can_be_shown(new_client):
    client = await new_client(serves_assets=True)
    one, two = client.iacrea.account.add_video(sequences=2).sequences

    first, second = await client.raw.get(one.image), await client.raw.get(two.image)

    assert one.image.startswith(client.iacrea.base_url)
    assert one.image.endswith("/photo-1.png")
    assert first.headers["content-type"] == "image/png"
    assert size_of(first.content) == (16, 9)
    assert first.content != second.content


@pytest.mark.parametrize("size", [64 * 1024, 1, 200_000])
async def test_films_have_the_size_and_the_type_they_say(new_client, size):
    client = await new_client(serves_assets=True)
    client.iacrea.asset_bytes = size
    video = client.iacrea.account.add_video()

    film = await client.raw.get(video.final_url)
    again = await client.raw.get(video.final_url)
    clip = await client.raw.get(video.sequences[0].clip)
    head = await client.raw.head(video.final_url)

    assert (film.status_code, film.headers["content-type"]) == (200, "video/mp4")
    assert film.headers["content-length"] == head.headers["content-length"] == str(size)
    assert len(film.content) == size
    assert film.content == again.content
    assert size == 1 or film.content != clip.content  # one byte may be the same by chance


async def test_whoever_asks_only_for_the_size_gets_no_bytes(new_client):
    client = await new_client(serves_assets=True)
    address = httpx.URL(client.iacrea.account.add_video().final_url)
    reader, writer = await asyncio.open_connection(address.host, address.port)

    # By hand, since clients pass over a body that must not be there.
    request = f"HEAD {address.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    answer = await reader.read()
    writer.close()

    assert b"Content-Length: 65536\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


async def test_a_regeneration_makes_a_film_that_is_served_too(new_client):
    client = await new_client(serves_assets=True)
    video = client.iacrea.account.add_video()
    before = video.final_url

    await client.post(video)
    for seconds in (1, 10, 0, 4):
        await client.after(seconds, video)

    assert video.final_url != before
    assert (await client.raw.get(video.final_url)).status_code == 200


async def test_what_is_loaded_is_not_in_the_log_of_calls(new_client):
    client = await new_client(serves_assets=True)
    video = client.iacrea.account.add_video()

    await client.raw.get(video.final_url)
    await client.raw.get(video.sequences[0].image)

    assert client.iacrea.calls == []


async def test_nothing_lies_where_no_video_of_the_account_does(new_client):
    client = await new_client(serves_assets=True)
    base = f"{client.iacrea.base_url}/assets"

    assert (await client.raw.get(f"{base}/unknown/video-1.mp4")).status_code == 404
    assert (await client.raw.get(f"{base}/unknown/photo-1.png")).status_code == 404


@pytest.mark.parametrize(
    "options", [{}, {"assets_url": "https://cdn.example", "serves_assets": True}]
)
async def test_nothing_is_served_unless_asked_for_or_where_another_place_is_named(
    new_client, options
):
    client = await new_client(**options)
    video = client.iacrea.account.add_video(id="lilac-house")

    path = f"/assets/{video.id}/video-1.mp4"

    assert video.final_url.startswith("https://cdn.")
    assert video.sequences[0].image.endswith("/photo-1.jpg")
    assert (await client.raw.get(path)).status_code != 200
