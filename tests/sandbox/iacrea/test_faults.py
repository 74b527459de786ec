"""Each fault does what it says, as often as it says, and then no more."""

import json

import httpx
import pytest

from sandbox.iacrea import (
    Answered,
    Dropped,
    Garbage,
    Garbled,
    Lost,
    Slow,
    UnknownStatus,
)


async def test_a_lost_answer_has_taken_effect(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.posts.append(Lost())

    with pytest.raises(httpx.TransportError):
        await client.post(video)

    assert (client.iacrea.posts, client.iacrea.account.credits) == (1, 47)
    assert (await client.post(video)).status_code == 200


async def test_a_dropped_connection_has_no_effect(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.posts.append(Dropped())
    client.iacrea.faults.gets.append(Dropped())

    with pytest.raises(httpx.TransportError):
        await client.post(video)
    with pytest.raises(httpx.TransportError):
        await client.get(video)

    assert (client.iacrea.posts, client.iacrea.account.credits) == (0, 50)
    assert [call.status for call in client.iacrea.calls] == [None, None]
    assert (await client.get(video)).status_code == 200


@pytest.mark.parametrize("status", [400, 401, 402, 404, 429, 500, 503])
async def test_an_error_status_is_answered_without_effect(client, status):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.posts += [Answered(status)] * 2
    client.iacrea.faults.gets.append(Answered(status))

    answers = [await client.post(video), await client.post(video), await client.get(video)]

    assert [answer.status_code for answer in answers] == [status] * 3
    assert "retry-after" not in answers[0].headers
    assert client.iacrea.posts == 0
    assert (await client.post(video)).status_code == 200


async def test_an_error_status_can_come_with_retry_after(client):
    video = client.iacrea.account.add_video()
    date = "Wed, 21 Oct 2026 07:28:00 GMT"
    client.iacrea.faults.gets += [Answered(429, retry_after=7), Answered(429, retry_after=date)]

    answers = [await client.get(video), await client.get(video)]

    assert [answer.headers["retry-after"] for answer in answers] == ["7", date]


async def test_an_error_status_can_hide_that_it_took_effect(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.posts.append(Answered(500, effective=True))

    answer = await client.post(video)

    assert answer.status_code == 500
    assert (client.iacrea.posts, client.iacrea.account.credits) == (1, 47)


def is_cut_off(text: str) -> bool:
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    return text.startswith("{")


UNREADABLE = {
    Garbage.TRUNCATED: is_cut_off,
    Garbage.HTML: lambda text: text.startswith("<!doctype html>"),
    Garbage.EMPTY: lambda text: not text,
    Garbage.WRONG_TYPES: lambda text: isinstance(json.loads(text)["status"], list),
    Garbage.NONSENSE: lambda text: isinstance(json.loads(text), list),
}


@pytest.mark.parametrize("garbage", Garbage)
async def test_an_unreadable_answer_has_taken_effect(client, garbage):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.posts.append(Garbled(garbage))
    client.iacrea.faults.gets.append(Garbled(garbage))

    posted, got = await client.post(video), await client.get(video)

    assert (posted.status_code, got.status_code) == (200, 200)
    assert UNREADABLE[garbage](posted.text)
    assert UNREADABLE[garbage](got.text)
    assert client.iacrea.posts == 1
    assert (await client.get(video)).json()["status"] == "PENDING"


@pytest.mark.parametrize("fault", [Garbled(Garbage.WRONG_TYPES), UnknownStatus()])
async def test_what_would_have_been_refused_is_refused_all_the_same(speaking, fault):
    client = await speaking(error="text")
    client.iacrea.faults.gets.append(fault)

    answer = await client.raw.get("/api/video-editor/generate/video/unknown")

    assert (answer.status_code, answer.text) == (404, "Video not found")


async def test_a_slow_answer_takes_effect_before_it_comes(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.posts.append(Slow(seconds=60))

    with pytest.raises(httpx.ReadTimeout):
        await client.raw.post(
            f"/api/video-editor/generate/sequence/{video.id}",
            json={"sequenceId": video.sequences[0].id},
            timeout=httpx.Timeout(5, read=0.05),
        )

    assert client.iacrea.posts == 1
    assert (await client.get(video)).status_code == 200


async def test_every_answer_is_delayed_until_the_delay_is_taken_back(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.delay = 60
    client.raw.timeout = httpx.Timeout(5, read=0.05)
    for _ in range(2):
        with pytest.raises(httpx.ReadTimeout):
            await client.get(video)

    client.iacrea.faults.delay = 0

    assert (await client.get(video)).status_code == 200


async def test_stale_reads_show_what_was_before_the_newest_regeneration(client):
    video, other = (client.iacrea.account.add_video() for _ in range(2))
    client.iacrea.faults.stale_gets = 2
    await client.post(video)

    untouched = await client.after(0, other)
    statuses = [(await client.after(5, video))["status"] for _ in range(3)]

    assert untouched["status"] == "DONE"
    assert statuses == ["DONE", "DONE", "GENERATING_VIDEO"]
    assert client.iacrea.polls(video.id) == 3


async def test_an_unknown_status_is_answered_once_for_each(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.gets += [UnknownStatus(), UnknownStatus("DANCING")]

    statuses = [(await client.get(video)).json()["status"] for _ in range(3)]

    assert statuses == ["UPSCALING_VIDEO", "DANCING", "DONE"]


async def test_none_in_a_queue_lets_one_request_pass(client):
    video = client.iacrea.account.add_video()
    client.iacrea.faults.gets += [None, Answered(500)]

    statuses = [(await client.get(video)).status_code for _ in range(3)]

    assert statuses == [200, 500, 200]


async def test_the_balance_has_faults_of_its_own(client):
    client.iacrea.faults.balances.append(Answered(503))
    body = {"user_id": client.iacrea.user_id}

    statuses = [
        (await client.raw.post("/api/account/credit", json=body)).status_code for _ in range(2)
    ]

    assert statuses == [503, 200]
