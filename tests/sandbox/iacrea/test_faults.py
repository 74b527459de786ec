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


async def test_a_lost_answer_has_taken_effect(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.posts.append(Lost())

    with pytest.raises(httpx.TransportError):
        await account.post(video)

    assert (account.iacrea.posts, account.iacrea.studio.credits) == (1, 47)
    assert (await account.post(video)).status_code == 200


async def test_a_dropped_connection_has_no_effect(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.posts.append(Dropped())
    account.iacrea.faults.gets.append(Dropped())

    with pytest.raises(httpx.TransportError):
        await account.post(video)
    with pytest.raises(httpx.TransportError):
        await account.get(video)

    assert (account.iacrea.posts, account.iacrea.studio.credits) == (0, 50)
    assert [call.status for call in account.iacrea.calls] == [None, None]
    assert (await account.get(video)).status_code == 200


@pytest.mark.parametrize("status", [400, 401, 402, 404, 429, 500, 503])
async def test_an_error_status_is_answered_without_effect(account, status):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.posts += [Answered(status)] * 2
    account.iacrea.faults.gets.append(Answered(status))

    answers = [await account.post(video), await account.post(video), await account.get(video)]

    assert [answer.status_code for answer in answers] == [status] * 3
    assert "retry-after" not in answers[0].headers
    assert account.iacrea.posts == 0
    assert (await account.post(video)).status_code == 200


async def test_an_error_status_can_come_with_retry_after(account):
    video = account.iacrea.studio.add_video()
    date = "Wed, 21 Oct 2026 07:28:00 GMT"
    account.iacrea.faults.gets += [Answered(429, retry_after=7), Answered(429, retry_after=date)]

    answers = [await account.get(video), await account.get(video)]

    assert [answer.headers["retry-after"] for answer in answers] == ["7", date]


async def test_an_error_status_can_hide_that_it_took_effect(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.posts.append(Answered(500, effective=True))

    answer = await account.post(video)

    assert answer.status_code == 500
    assert (account.iacrea.posts, account.iacrea.studio.credits) == (1, 47)


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
async def test_an_unreadable_answer_has_taken_effect(account, garbage):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.posts.append(Garbled(garbage))
    account.iacrea.faults.gets.append(Garbled(garbage))

    posted, got = await account.post(video), await account.get(video)

    assert (posted.status_code, got.status_code) == (200, 200)
    assert UNREADABLE[garbage](posted.text)
    assert UNREADABLE[garbage](got.text)
    assert account.iacrea.posts == 1
    assert (await account.get(video)).json()["status"] == "PENDING"


@pytest.mark.parametrize("fault", [Garbled(Garbage.WRONG_TYPES), UnknownStatus()])
async def test_what_would_have_been_refused_is_refused_all_the_same(speaking, fault):
    account = await speaking(error="text")
    account.iacrea.faults.gets.append(fault)

    answer = await account.raw.get("/api/video-editor/generate/video/unknown")

    assert (answer.status_code, answer.text) == (404, "Video not found")


async def test_a_slow_answer_takes_effect_before_it_comes(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.posts.append(Slow(seconds=60))

    with pytest.raises(httpx.ReadTimeout):
        await account.raw.post(
            f"/api/video-editor/generate/sequence/{video.id}",
            json={"sequenceId": video.sequences[0].id},
            timeout=httpx.Timeout(5, read=0.05),
        )

    assert account.iacrea.posts == 1
    assert (await account.get(video)).status_code == 200


async def test_every_answer_is_delayed_until_the_delay_is_taken_back(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.delay = 60
    account.raw.timeout = httpx.Timeout(5, read=0.05)
    for _ in range(2):
        with pytest.raises(httpx.ReadTimeout):
            await account.get(video)

    account.iacrea.faults.delay = 0

    assert (await account.get(video)).status_code == 200


async def test_stale_reads_show_what_was_before_the_newest_regeneration(account):
    video, other = (account.iacrea.studio.add_video() for _ in range(2))
    account.iacrea.faults.stale_gets = 2
    await account.post(video)

    untouched = await account.after(0, other)
    statuses = [(await account.after(5, video))["status"] for _ in range(3)]

    assert untouched["status"] == "DONE"
    assert statuses == ["DONE", "DONE", "GENERATING_VIDEO"]
    assert account.iacrea.polls(video.id) == 3


async def test_an_unknown_status_is_answered_once_for_each(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.gets += [UnknownStatus(), UnknownStatus("DANCING")]

    statuses = [(await account.get(video)).json()["status"] for _ in range(3)]

    assert statuses == ["UPSCALING_VIDEO", "DANCING", "DONE"]


async def test_none_in_a_queue_lets_one_request_pass(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.faults.gets += [None, Answered(500)]

    statuses = [(await account.get(video)).status_code for _ in range(3)]

    assert statuses == [200, 500, 200]


async def test_the_balance_has_faults_of_its_own(account):
    account.iacrea.faults.balances.append(Answered(503))
    body = {"user_id": account.iacrea.user_id}

    statuses = [
        (await account.raw.post("/api/account/credit", json=body)).status_code for _ in range(2)
    ]

    assert statuses == [503, 200]
