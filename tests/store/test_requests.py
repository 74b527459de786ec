"""What must happen whole happens whole: on a real Valkey, with several hands at once."""

import asyncio
import time
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.request import GenerationState, RequestId, State
from bot.domain.video import SequenceId, VideoId
from bot.store.client import connect
from bot.store.errors import OvertakenError, SequenceTakenError, StoreAwayError
from bot.store.queues import Queue
from bot.store.records import KEPT
from bot.store.requests import Accepted, Requests
from tests.store.conftest import a_generation, a_request

pytestmark = pytest.mark.usefixtures("no_leaks")


async def pending(store: Requests, name: str = "r1", *, video: str = "video-1") -> None:
    request = a_request(name, video=video)
    await store.accept(request, within=1.0)
    taken = (a_generation(f"sequence of {name}", GenerationState.RUNNING),)
    await store.save(
        replace(request, state=State.PENDING, generations=taken, deadline=store.now() + 60)
    )


async def test_a_request_is_accepted_once_however_often_it_is_delivered(
    store: Requests,
) -> None:
    verdicts = await asyncio.gather(*(store.accept(a_request(), within=1.0) for _ in range(10)))

    assert sorted(verdicts) == [Accepted.REPEATED] * 9 + [Accepted.SAVED]


async def test_a_request_that_redis_comes_to_too_late_is_not_written(store: Requests) -> None:
    assert await store.accept(a_request(), within=-0.1) is Accepted.LATE

    assert await store.load(RequestId("r1")) is None


async def test_of_many_who_read_the_same_version_one_writes(store: Requests) -> None:
    for number in range(20):  # the first round opens the connections, the others race
        request = a_request(f"r{number}")
        await store.accept(request, within=1.0)
        results = await asyncio.gather(
            *(store.save(replace(request, tries=n)) for n in range(10)), return_exceptions=True
        )
        assert sum(isinstance(each, OvertakenError) for each in results) == 9


async def test_what_takes_the_place_of_ones_own_record_takes_that_of_no_other_of_its_version(
    store: Requests,
) -> None:
    """While Redis fails over, two primaries may each take a write of the same version."""
    request = a_request()
    await store.accept(request, within=1.0)
    stands = await store.save(replace(request, generations=(a_generation(sent_at=1.5),)))
    other = replace(stands, generations=(a_generation(sent_at=2.5),))

    with pytest.raises(OvertakenError):
        await store.save(replace(other, state=State.TOLD), instead=other)
    assert await store.load(request.id) == stands
    await store.save(replace(stands, state=State.TOLD), instead=stands)


async def test_what_is_written_is_read_back_with_its_version(store: Requests) -> None:
    request = a_request()
    await store.accept(request, within=1.0)
    written = await store.save(replace(request, state=State.CHECKED, generations=(a_generation(),)))

    assert written.version == 2
    assert await store.load(request.id) == written
    await store.save(replace(written, state=State.TOLD))


async def test_one_running_request_holds_a_sequence_until_it_ends(store: Requests) -> None:
    first, second = a_request("r1"), a_request("r2")
    for request in (first, second):
        await store.accept(request, within=1.0)
    held = await store.save(replace(first, state=State.CHECKED, generations=(a_generation(),)))

    with pytest.raises(SequenceTakenError) as taken:
        await store.save(replace(second, state=State.CHECKED, generations=(a_generation(),)))

    assert taken.value.holder == "r1"
    assert await store.holder(VideoId("video-1"), [SequenceId("sequence-1")]) == "r1"
    await store.save(replace(held, state=State.TOLD))
    after = await store.save(replace(second, state=State.CHECKED, generations=(a_generation(),)))
    await store.save(replace(after, state=State.TOLD))
    assert await store.holder(VideoId("video-1"), [SequenceId("sequence-1")]) is None


async def test_a_sequence_is_taken_over_only_from_the_request_that_was_agreed_to(
    store: Requests,
) -> None:
    first, second, third = a_request("r1"), a_request("r2"), a_request("r3")
    for request in (first, second, third):
        await store.accept(request, within=1.0)
    await store.save(replace(first, state=State.CHECKED, generations=(a_generation(),)))
    over = [
        replace(
            each, order=replace(each.order, over=RequestId("r1")), generations=(a_generation(),)
        )
        for each in (second, third)
    ]

    await store.save(replace(over[0], state=State.CHECKED))
    with pytest.raises(SequenceTakenError) as taken:
        await store.save(replace(over[1], state=State.CHECKED))

    assert taken.value.holder == "r2"


async def test_one_whose_sequence_was_taken_over_goes_on_and_leaves_it_to_the_other(
    store: Requests,
) -> None:
    first, second = a_request("r1"), a_request("r2")
    for request in (first, second):
        await store.accept(request, within=1.0)
    running = await store.save(replace(first, state=State.CHECKED, generations=(a_generation(),)))
    order = replace(second.order, over=RequestId("r1"))
    over = replace(second, state=State.CHECKED, order=order, generations=(a_generation(),))
    later = await store.save(over)

    running = await store.save(replace(running, tries=1))
    running = await store.save(replace(running, state=State.PENDING, deadline=store.now() + 60))
    running = await store.save(replace(running, tries=2))
    await store.save(replace(running, state=State.TOLD))

    assert await store.holder(VideoId("video-1"), [SequenceId("sequence-1")]) == "r2"
    await store.save(replace(later, state=State.TOLD))
    assert await store.holder(VideoId("video-1"), [SequenceId("sequence-1")]) is None


async def test_what_is_claimed_is_given_to_nobody_else_until_its_time_comes_again(
    store: Requests,
) -> None:
    await store.accept(a_request(), within=1.0)

    first = await store.claim(Queue.STEPS, 10, ahead=0.2)
    second = await store.claim(Queue.STEPS, 10, ahead=0.2)

    assert first.ids == ("r1",)
    assert second.ids == ()
    assert second.wait == pytest.approx(0.2, abs=0.05)
    await asyncio.sleep(second.wait or 0)
    assert (await store.claim(Queue.STEPS, 10, ahead=0.2)).ids == ("r1",)


async def test_several_claimants_share_what_is_due(store: Requests) -> None:
    for number in range(50):
        await store.accept(a_request(f"r{number}"), within=1.0)

    claims = await asyncio.gather(*(store.claim(Queue.STEPS, 10, ahead=60) for _ in range(7)))

    members = [member for claim in claims for member in claim.ids]
    assert len(members) == len(set(members)) == 50


async def test_polls_keep_their_own_grid_also_after_an_outage(
    store: Requests, redis: Redis, prefix: str
) -> None:
    now = time.time()
    due = {"late by 0.1": now - 0.1, "late by 7.3": now - 7.3, "late by 100.6": now - 100.6}
    await redis.zadd(f"{prefix}polls", due)

    await store.claim(Queue.POLLS, 10, ahead=3.0)

    for member, was in due.items():
        score = await redis.zscore(f"{prefix}polls", member)
        assert score is not None
        assert 1.4 < score - now <= 4.6, "in a while, but not twice at once"
        steps = (score - was) / 3.0
        assert steps == pytest.approx(round(steps), abs=1e-3), "on the grid of its first time"


async def test_a_video_is_polled_as_long_as_somebody_waits_on_it(store: Requests) -> None:
    await pending(store, "r1")
    await pending(store, "r2")

    assert {request.id for request in await store.waiting(VideoId("video-1"))} == {"r1", "r2"}
    for name in ("r1", "r2"):
        request = await store.load(RequestId(name))
        assert request is not None
        assert (await store.claim(Queue.POLLS, 1, ahead=1.0)).wait is not None
        await store.save(replace(request, state=State.TOLD))

    assert await store.waiting(VideoId("video-1")) == []
    assert await store.claim(Queue.POLLS, 10, ahead=1.0) == await store.claim(
        Queue.POLLS, 10, ahead=1.0
    )
    assert (await store.claim(Queue.POLLS, 10, ahead=1.0)).wait is None


async def test_a_record_that_vanished_is_forgotten_where_it_was_waited_for(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await pending(store)
    await redis.delete(f"{prefix}request:r1", f"{prefix}running:video-1:sequence of r1")

    assert await store.waiting(VideoId("video-1")) == []

    assert (await store.claim(Queue.POLLS, 10, ahead=1.0)).wait is None


async def test_a_record_of_a_newer_release_does_not_stand_in_the_way_of_the_others(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await pending(store, "r1")
    await pending(store, "r2")
    old = await redis.get(f"{prefix}request:r1")
    await redis.set(f"{prefix}request:r1", old.replace('"schema":1', '"schema":2'), keepttl=True)

    assert [request.id for request in await store.waiting(VideoId("video-1"))] == ["r2"]

    await redis.set(f"{prefix}request:r1", old, keepttl=True)


async def test_a_told_request_expires_after_seven_days_and_a_live_one_never(
    store: Requests, redis: Redis, prefix: str
) -> None:
    request = a_request()
    await store.accept(request, within=1.0)
    assert await redis.ttl(f"{prefix}request:r1") == -1

    await store.save(replace(request, state=State.TOLD))

    assert await redis.ttl(f"{prefix}request:r1") == pytest.approx(KEPT, abs=5)


async def test_a_told_request_whose_card_is_to_fade_has_a_notice_due_and_still_expires(
    store: Requests, redis: Redis, prefix: str
) -> None:
    request = a_request()
    await store.accept(request, within=1.0)
    told = await store.save(replace(request, state=State.TOLD))
    assert (await store.claim(Queue.NOTICES, 10, ahead=0.0)).ids == ()

    superseded = await store.save(replace(told, superseded_by=RequestId("r2")))

    assert (await store.claim(Queue.NOTICES, 10, ahead=0.0)).ids == ("r1",)
    assert await redis.ttl(f"{prefix}request:r1") == pytest.approx(KEPT, abs=5)
    await store.save(replace(superseded, faded=True))
    assert (await store.claim(Queue.NOTICES, 10, ahead=0.0)).ids == ()


async def test_a_turn_is_one_replicas_alone_and_comes_back(
    store: Requests, redis: Redis, prefix: str
) -> None:
    other = Requests(redis, prefix=prefix, poll_interval=1.0)

    waits = [await each.take_turn("edits", 0.3) for each in (store, other, store)]
    another = await other.take_turn("r1", 0.3)
    await asyncio.sleep(0.35)

    assert waits[0] == another == 0.0
    assert all(0 < wait <= 0.3 for wait in waits[1:])
    assert await other.take_turn("edits", 0.3) == 0.0


async def test_a_redis_that_is_away_is_one_error_for_every_method() -> None:
    store = Requests(connect("redis://127.0.0.1:1"), prefix="x:", poll_interval=1.0)

    for call in (
        store.replicas.probe(),
        store.accept(a_request(), within=1.0),
        store.load(RequestId("r1")),
        store.save(a_request()),
        store.claim(Queue.STEPS, 1, ahead=1.0),
        store.waiting(VideoId("video-1")),
        store.newest(),
        store.own_cards(replace(a_request(), generations=(a_generation(),))),
        store.cards(VideoId("video-1"), [SequenceId("sequence-1")]),
    ):
        with pytest.raises(StoreAwayError):
            await call


async def test_the_claim_knows_when_the_next_is_due(store: Requests) -> None:
    await pending(store)

    claim = await store.claim(Queue.STEPS, 10, ahead=1.0)

    assert claim.ids == ()
    assert claim.wait == pytest.approx(60, abs=1)
