"""Questions: how far a video is, and what the account has."""

import asyncio

import pytest
from aiohttp import web

from bot.domain.video import VideoId, VideoStatus
from bot.iacrea.client import MOST_BYTES
from bot.iacrea.errors import (
    NotFoundError,
    NotSentError,
    RateLimitedError,
    UnauthorisedError,
    UnavailableError,
)
from sandbox.iacrea import (
    Answered,
    ApiVariant,
    Dropped,
    Garbage,
    Garbled,
    IACreaSimulator,
    Lost,
    Timings,
    UnknownStatus,
)

NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    "variant",
    [
        ApiVariant(),
        ApiVariant(progress_scale=100),
        ApiVariant(final_url="videoUrl"),
        ApiVariant(final_url="video_url"),
        ApiVariant(message="error"),
        ApiVariant(content_url="clip"),
        ApiVariant(content_while_rendering=True),
        ApiVariant(content_while_pending=False),
    ],
    ids=str,
)
async def test_a_regeneration_is_followed_to_its_end_in_every_dialect(variant, connect):
    now = [0.0]
    simulator = IACreaSimulator(
        clock=lambda: now[0], timings=Timings(queue=0, animate=1, render=4), variant=variant
    )
    async with simulator as iacrea:
        client = connect(iacrea.base_url, iacrea.api_key)
        video = iacrea.account.add_video(sequences=2)
        iacrea.account.fail_next(video, transient=True)
        await client.regenerate(video.id, video.sequences[0].id)
        seen = []
        for _ in range(8):
            now[0] += 1
            seen.append(await client.video(video.id))

    assert [each.status for each in seen] == [
        VideoStatus.GENERATING,
        VideoStatus.PENDING,
        VideoStatus.GENERATING,
        VideoStatus.START_RENDERING,
        VideoStatus.RENDERING,
        VideoStatus.RENDERING,
        VideoStatus.RENDERING,
        VideoStatus.DONE,
    ]
    assert seen[1].message == "Re-generating video in error"
    assert [each.progress for each in seen[3:7]] == [0, 0.25, 0.5, 0.75]
    assert seen[-1].url == video.final_url
    assert [each.status for each in seen[0].sequences] == ["pending", "success"]
    assert seen[0].credits_left == 47


@pytest.mark.parametrize(
    "fault",
    [
        Lost(),
        Dropped(),
        Answered(500),
        Answered(503),
        Answered(302),
        *(Garbled(how) for how in Garbage),
    ],
    ids=str,
)
async def test_a_question_without_a_readable_answer_is_unavailable(account, client, fault):
    video = account.account.add_video()
    account.faults.gets.append(fault)

    with pytest.raises(UnavailableError):
        await client.video(video.id)

    assert len(account.calls) == 1
    assert (await client.video(video.id)).status == VideoStatus.DONE


async def test_an_unknown_status_is_kept_as_text(account, client):
    account.faults.gets.append(UnknownStatus("DANCING"))

    assert (await client.video(account.account.add_video().id)).status == "DANCING"


async def test_refusals_have_their_meaning(account, client):
    with pytest.raises(NotFoundError, match="Video not found"):
        await client.video(VideoId("no-such-video"))
    account.faults.gets.append(Answered(429, retry_after=2))
    with pytest.raises(RateLimitedError):
        await client.video(VideoId("no-such-video"))
    account.credentials.api_key = "changed"
    with pytest.raises(UnauthorisedError):
        await client.video(VideoId("no-such-video"))


async def test_what_cannot_be_reached_was_not_sent(connect):
    client = connect(NOWHERE)

    with pytest.raises(NotSentError):
        await client.video(VideoId("video"))
    with pytest.raises(NotSentError):
        await client.balance("user")


async def test_the_balance_is_read(account, client):
    assert await client.balance(account.user_id) == 120  # and not the 50 that videos are paid from
    with pytest.raises(UnauthorisedError):
        await client.balance("somebody else")
    account.faults.balances.append(Answered(503))
    with pytest.raises(UnavailableError):
        await client.balance(account.user_id)


async def test_an_endless_answer_is_not_read_to_its_end(serve, connect):
    cut_off = asyncio.Event()
    written = []

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while sum(written) < 20 * MOST_BYTES:
                await response.write(b" " * 2**20)
                written.append(2**20)
        finally:
            cut_off.set()
        return response

    with pytest.raises(UnavailableError):
        await connect(await serve(endless)).video(VideoId("v"))

    async with asyncio.timeout(3):
        await cut_off.wait()
    assert sum(written) < 4 * MOST_BYTES


async def test_an_answer_that_trickles_in_ends_with_the_timeout(serve, connect):
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.01)

    client = connect(await serve(trickle), timeout=0.2)
    async with asyncio.timeout(1):
        with pytest.raises(UnavailableError, match="Timeout"):
            await client.video(VideoId("v"))
