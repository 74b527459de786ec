"""The lists of requests, and whose card is the newest of a sequence."""

import time
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.request import GenerationState, Request, RequestId, State
from bot.domain.video import SequenceId, VideoId
from bot.store.records import KEPT
from bot.store.requests import Requests
from bot.store.writing import LISTED
from tests.store.conftest import a_generation, a_request

NOW = time.time()

pytestmark = pytest.mark.usefixtures("no_leaks")


async def told(store: Requests, request: Request) -> Request:
    await store.accept(request, within=5.0)
    generations = (a_generation(f"sequence of {request.id}", GenerationState.DONE, sent_at=NOW),)
    return await store.save(replace(request, state=State.TOLD, generations=generations))


def ids(requests: list[Request]) -> list[str]:
    return [request.id for request in requests]


async def test_requests_are_listed_by_channel_person_and_video_the_newest_first(
    store: Requests,
) -> None:
    await told(store, a_request("r1", at=NOW - 30))
    await told(store, a_request("r2", at=NOW - 10, channel="C2", by="U2"))
    await told(store, a_request("r3", at=NOW - 20, video="video-2"))

    assert ids(await store.newest()) == ["r2", "r3", "r1"]
    assert ids(await store.newest(channel="C1")) == ["r3", "r1"]
    assert ids(await store.newest(user="U2")) == ["r2"]
    assert ids(await store.newest(video="video-1")) == ["r2", "r1"]
    assert ids(await store.newest(video="video-9")) == []
    assert ids(await store.newest(most=2)) == ["r2", "r3"]


async def test_a_request_is_listed_from_its_check_on_and_once(store: Requests) -> None:
    request = a_request()
    await store.accept(request, within=1.0)
    assert await store.newest() == []

    request = await store.save(replace(request, state=State.CHECKED, generations=(a_generation(),)))
    assert await store.newest(channel="C1") == [request]
    request = await store.save(replace(request, state=State.TOLD))
    assert await store.newest(channel="C1") == [request]


async def test_a_request_that_was_rejected_at_the_check_is_not_listed(store: Requests) -> None:
    request = a_request()
    await store.accept(request, within=1.0)

    await store.save(replace(request, state=State.TOLD))

    assert await store.newest() == []


async def test_a_request_that_expired_or_that_a_newer_release_wrote_is_left_out(
    store: Requests, redis: Redis, prefix: str
) -> None:
    for name in ("r1", "r2", "r3"):
        await told(store, a_request(name))
    await redis.delete(f"{prefix}request:r1")
    text = await redis.get(f"{prefix}request:r2")
    await redis.set(f"{prefix}request:r2", text.replace('"schema":1', '"schema":2'), keepttl=True)

    assert ids(await store.newest()) == ["r3"]


async def test_a_list_holds_the_newest_and_none_whose_record_has_expired(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await redis.zadd(f"{prefix}requests", {"ancient": NOW - KEPT - 1})
    await told(store, a_request("r0", at=NOW - 2000))
    assert await redis.zrange(f"{prefix}requests", 0, -1) == ["r0"]
    await redis.zadd(f"{prefix}requests", {f"old {n}": NOW - 1000 + n for n in range(LISTED)})

    await told(store, a_request("r1"))

    kept = await redis.zrange(f"{prefix}requests", 0, -1)
    assert len(kept) == LISTED
    assert (kept[0], kept[-1]) == ("old 1", "r1")


async def test_the_lists_expire_with_the_last_of_their_records(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await told(store, a_request())

    for key in ("requests", "requests-in:C1", "requests-by:U1", "requests-on:video-1"):
        assert await redis.ttl(f"{prefix}{key}") == pytest.approx(KEPT, abs=5)


async def test_the_card_of_a_sequence_is_that_of_whoever_owned_it_last(
    store: Requests, redis: Redis, prefix: str
) -> None:
    first = replace(a_request("r1"), generations=(a_generation("a"), a_generation("b")))
    second = replace(a_request("r2"), generations=(a_generation("b"), a_generation("c")))
    await store.own_cards(first)
    await store.own_cards(second)
    wanted = [SequenceId(each) for each in "abcd"]

    assert await store.cards(VideoId("video-1"), wanted) == [RequestId("r1"), RequestId("r2")]
    assert await store.cards(VideoId("video-1"), wanted[3:]) == []
    assert await store.cards(VideoId("video-2"), wanted) == []
    assert await store.cards(VideoId("video-1"), []) == []
    assert await redis.ttl(f"{prefix}card:video-1:a") == pytest.approx(KEPT, abs=5)
