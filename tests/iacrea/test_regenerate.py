"""A regeneration is sent once, and what is raised says whether credits may be gone."""

import contextlib
import socket
from collections.abc import Iterator

import pytest
from aiohttp import web

from bot.domain.video import Receipt, SequenceId, VideoId
from bot.iacrea.errors import (
    BadRequestError,
    NoCreditsError,
    NotFoundError,
    NothingSpentError,
    NotSentError,
    RateLimitedError,
    RefusedError,
    UnansweredError,
    UnauthorisedError,
)
from sandbox.iacrea import Answered, Dropped, Garbage, Garbled, Lost, Slow

NOWHERE = "http://127.0.0.1:1"


async def test_an_accepted_regeneration_gives_a_receipt(account, client):
    video = account.account.add_video()

    receipt = await client.regenerate(
        video.id, video.sequences[0].id, effect="CAMERA_PUSH_OUT", image="https://e.com/a.jpg"
    )

    assert receipt == Receipt(
        generation=video.sequences[0].clip.partition("clip-")[2].removesuffix(".mp4"),
        credits_left=47,
        credits_used=3,
    )
    assert account.calls[0].body == {
        "sequenceId": video.sequences[0].id,
        "sequence": {"url": "https://e.com/a.jpg", "effect": "CAMERA_PUSH_OUT"},
    }


async def test_what_is_not_wished_is_left_out(account, client):
    video = account.account.add_video()

    await client.regenerate(video.id, video.sequences[0].id)

    assert account.calls[0].body == {"sequenceId": video.sequences[0].id}


@pytest.mark.parametrize(
    "fault",
    [
        Lost(),
        Dropped(),
        Answered(500),
        Answered(503, effective=True),
        Answered(408),
        Answered(307),
        *(Garbled(how) for how in Garbage),
    ],
    ids=str,
)
async def test_what_may_have_been_spent_is_unanswered_and_not_sent_again(account, client, fault):
    video = account.account.add_video()
    account.faults.posts.append(fault)

    with pytest.raises(UnansweredError):
        await client.regenerate(video.id, video.sequences[0].id)

    assert len(account.calls) == 1


async def test_an_answer_that_is_too_late_is_unanswered(account, connect):
    video = account.account.add_video()
    account.faults.posts.append(Slow(60))
    hasty = connect(account.base_url, account.api_key, timeout=1.5)

    with pytest.raises(UnansweredError, match="Timeout"):
        await hasty.regenerate(video.id, video.sequences[0].id)

    assert account.posts == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadRequestError),
        (401, UnauthorisedError),
        (402, NoCreditsError),
        (403, UnauthorisedError),
        (404, NotFoundError),
        (409, RefusedError),
        (422, RefusedError),
        (429, RateLimitedError),
    ],
)
async def test_each_refusal_has_its_meaning_and_spends_nothing(account, client, status, error):
    video = account.account.add_video()
    account.faults.posts.append(Answered(status))

    with pytest.raises(NothingSpentError) as caught:
        await client.regenerate(video.id, video.sequences[0].id)

    assert type(caught.value) is error
    assert (caught.value.status, caught.value.detail) == (status, f"Simulated error {status}")
    assert (len(account.calls), account.posts) == (1, 0)


async def test_a_rate_limit_says_how_long_to_wait(account, client):
    video = account.account.add_video()
    account.faults.posts += [Answered(429, retry_after=7), Answered(429)]

    waits = []
    for _ in range(2):
        with pytest.raises(RateLimitedError) as caught:
            await client.regenerate(video.id, video.sequences[0].id)
        waits.append(caught.value.retry_after)

    assert waits == [7.0, None]


async def test_what_cannot_be_reached_was_not_sent(connect):
    with pytest.raises(NotSentError, match="ConnectError"):
        await connect(NOWHERE).regenerate(VideoId("video"), SequenceId("sequence"))


@pytest.fixture
def unanswering() -> Iterator[str]:
    """The address of a listener whose queue is full: who connects there waits."""
    with contextlib.ExitStack() as sockets:
        listener = sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def test_what_cannot_be_reached_in_time_was_not_sent(unanswering, connect):
    client = connect(unanswering, timeout=0.3)

    with pytest.raises(NotSentError, match="ConnectTimeout"):
        await client.regenerate(VideoId("video"), SequenceId("sequence"))


async def test_a_redirect_is_not_followed(serve, connect):
    asked = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"location": "/again"})

    with pytest.raises(UnansweredError) as caught:
        await connect(await serve(elsewhere)).regenerate(VideoId("v"), SequenceId("s"))

    assert caught.value.status == 307
    assert asked == ["/api/video-editor/generate/sequence/v"]


async def test_an_id_is_quoted_into_the_path(serve, connect):
    asked = []

    async def note(request: web.Request) -> web.Response:
        asked.append(request.raw_path)
        return web.json_response({"status": "START_GENERATION"})

    await connect(await serve(note)).regenerate(VideoId("../a?b#c é\ud800"), SequenceId("s"))

    assert asked == ["/api/video-editor/generate/sequence/..%2Fa%3Fb%23c%20%C3%A9%3F"]


async def test_a_regeneration_does_not_use_a_connection_that_was_kept_alive(serve, connect):
    ports = []

    async def note(request: web.Request) -> web.Response:
        ports.append(request.transport.get_extra_info("peername")[1])
        return web.json_response({"status": "START_GENERATION"})

    client = connect(await serve(note))
    await client.video(VideoId("v"))
    await client.video(VideoId("v"))
    await client.regenerate(VideoId("v"), SequenceId("s"))

    assert ports[0] == ports[1] != ports[2]
