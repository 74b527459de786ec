"""Photos, clips and films over HTTP, as the page and a visitor's browser ask for them."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from sandbox.demo.pictures import PictureRoutes
from sandbox.iacrea import Account, Timings, Video
from tests.sandbox.slack.conftest import Clock

CDN = "https://cdn.iacrea.example"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(clock: Clock) -> Account:
    timings = Timings(queue=0, animate=0, render=0)
    return Account(clock=clock, timings=timings, credits_left=50, cost=3, assets_url=CDN)


@pytest.fixture
def video(account: Account) -> Video:
    return account.add_video(3, id="lilac-street-12")


@pytest.fixture
async def browser(account: Account) -> AsyncIterator[aiohttp.ClientSession]:
    app = web.Application()
    app.add_routes(PictureRoutes(account).routes())
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(address) as session:
        yield session
    await runner.cleanup()


def path(address: str) -> str:
    return address.replace(CDN, "/studio")


async def fetched(browser: aiohttp.ClientSession, where: str, accept: str = "image/*") -> str:
    async with browser.get(where, headers={"Accept": accept}) as answer:
        assert answer.status == 200
        assert "script-src" not in answer.headers["Content-Security-Policy"] or accept != "image/*"
        return await answer.text()


async def test_a_clip_shows_what_it_was_made_of_also_when_there_is_a_newer_one(
    browser: aiohttp.ClientSession, account: Account, video: Video
) -> None:
    sequence = video.sequences[1]
    older = sequence.clip
    account.regenerate(video.id, sequence.id, image=None, effect="CAMERA_CRANE_UP")

    assert "push out" in await fetched(browser, path(older))
    assert "crane up" in await fetched(browser, path(sequence.clip))
    assert "push out</text>" not in await fetched(browser, path(older) + "?bare")
    assert "<svg" in await fetched(browser, path(sequence.image))


async def test_a_film_plays_the_clips_of_its_own_render(
    browser: aiohttp.ClientSession, account: Account, video: Video
) -> None:
    first = [each.clip for each in video.sequences]
    account.regenerate(video.id, video.sequences[1].id, image=None, effect="CAMERA_CRANE_UP")
    for _ in range(5):
        account.poll(video.id)

    films = [
        await fetched(browser, f"/studio/{video.id}/video-{number}.mp4", "text/html")
        for number in (1, 2)
    ]
    newer = [each.clip for each in video.sequences]
    for page, clips in zip(films, (first, newer), strict=True):
        places = [page.index(path(clip)) for clip in clips]
        assert places == sorted(places)
    assert path(newer[1]) not in films[0]
    assert "<svg" in await fetched(browser, f"/studio/{video.id}/video-1.mp4")
    assert "stage" in await fetched(browser, "/studio-player/player.js", "*/*")


@pytest.mark.parametrize(
    "where",
    [
        "/studio/nobody-knows/photo-1.jpg",
        "/studio/lilac-street-12/clip-unknown.gif",
        "/studio/lilac-street-12/video-2.mp4",
        "/studio/lilac-street-12/video-0.mp4",
        "/studio/lilac-street-12/secrets.txt",
    ],
)
async def test_what_is_not_there_is_not_found(
    where: str, browser: aiohttp.ClientSession, video: Video
) -> None:
    assert video.rendered_clips
    async with browser.get(where) as answer:
        assert answer.status == 404
