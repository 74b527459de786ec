"""What is followed, in Redis: written once, due when it should be, one per video and channel."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.domain import following
from bot.domain.follow import MOST_FOLLOWED, Failing, Follow, FollowEnd, FollowState
from bot.domain.following import Sighting
from bot.domain.request import Origin, State
from bot.domain.timing import Timing
from bot.store.errors import (
    FollowedError,
    OvertakenError,
    TooManyFollowsError,
    UnreadableRecordError,
)
from bot.store.follow_records import decode_follow, encode_follow
from bot.store.queues import Queue
from bot.store.stores import Stores
from tests.domain.makers import a_video
from tests.store.conftest import a_generation, a_request

PENDING = a_video("PENDING", "pending")


@pytest.fixture
def stores(redis: Redis, prefix: str) -> Stores:
    return Stores.over(redis, prefix, poll_interval=0.0)


@pytest.fixture
async def nothing_left(redis: Redis, prefix: str) -> AsyncIterator[None]:
    """Fails a test that leaves a key which never expires."""
    yield
    for key in await redis.keys(f"{prefix}*"):
        assert key == f"{prefix}clock" or await redis.pttl(key) != -1, key


def a_follow(name: str = "f1", video: str = "video-1", channel: str = "C1", **more: Any) -> Follow:
    return Follow(name, Origin("U1", channel, at=1_700_000_000.0), video, **more)


async def begun(stores: Stores, follow: Follow) -> Follow:
    """Written down, checked, and its card posted."""
    timing = Timing(stores.requests.now(), 60.0)
    await stores.follows.accept(follow, within=1.0)
    video = replace(PENDING, id=follow.video)
    checked = await stores.follows.save(following.checked(follow, video, None, timing))
    return await stores.follows.save(following.carded(checked, "1.000100", timing))


async def due(stores: Stores, queue: Queue = Queue.FOLLOWS) -> tuple[str, ...]:
    return (await stores.requests.claim(queue, 100, ahead=0.05)).ids


@pytest.mark.usefixtures("nothing_left")
async def test_it_is_due_from_the_acknowledgement_to_the_last_word(stores: Stores) -> None:
    follow = a_follow()
    assert await stores.follows.accept(follow, within=1.0)
    assert await due(stores) == ("f1",)

    timing = Timing(stores.requests.now(), 60.0)
    await stores.follows.save(following.refused(replace(follow)))
    await asyncio.sleep(0.1)

    assert await due(stores) == ()
    assert await stores.follows.active() == []
    assert timing.timeout == 60.0


@pytest.mark.usefixtures("nothing_left")
async def test_its_video_is_polled_for_as_long_as_it_is_followed(stores: Stores) -> None:
    follow = await begun(stores, a_follow())
    assert await due(stores, Queue.POLLS) == ("video-1",)
    assert [each.id for each in await stores.follows.of("video-1")] == ["f1"]
    assert await due(stores) == ()

    timing = Timing(stores.requests.now(), 60.0)
    look = Sighting(a_video("DONE", "success"), stores.requests.now())
    ended = await stores.follows.save(following.seen(follow, look, timing))

    await asyncio.sleep(0.1)
    assert await due(stores, Queue.POLLS) == ()
    assert await due(stores) == ("f1",)
    assert await stores.follows.active() == []
    await stores.follows.save(following.closed(ended))


async def test_a_request_that_ends_leaves_the_polls_to_whoever_follows(stores: Stores) -> None:
    await begun(stores, a_follow())
    request = a_request()
    await stores.requests.accept(request, within=1.0)
    pending = replace(request, state=State.PENDING, generations=(a_generation(),), deadline=9e9)
    pending = await stores.requests.save(pending)
    await stores.requests.save(replace(pending, state=State.TOLD))

    assert await stores.requests.waiting("video-1") == []
    assert await due(stores, Queue.POLLS) == ("video-1",)


async def test_a_follow_that_ends_leaves_the_polls_to_requests(stores: Stores) -> None:
    follow = await begun(stores, a_follow())
    request = a_request()
    await stores.requests.accept(request, within=1.0)
    pending = replace(request, state=State.PENDING, generations=(a_generation(),), deadline=9e9)
    await stores.requests.save(pending)
    await stores.follows.save(following.stopped(follow, None, Timing(0.0, 60.0)))

    assert await due(stores, Queue.POLLS) == ("video-1",)


async def test_a_second_delivery_changes_nothing(stores: Stores) -> None:
    follow = await begun(stores, a_follow())
    assert await stores.follows.accept(a_follow(), within=1.0)

    assert await stores.follows.load("f1") == follow


async def test_what_comes_too_late_is_not_written(stores: Stores) -> None:
    await due(stores)  # learns Redis's time
    assert not await stores.follows.accept(a_follow(), within=-5.0)
    assert await stores.follows.load("f1") is None


async def test_it_is_accepted_also_right_after_redis_clock_was_put_forward(stores: Stores) -> None:
    await due(stores)
    stores.requests._server_began -= 3600.0

    assert await stores.follows.accept(a_follow(), within=1.0)


async def test_a_video_is_followed_once_in_a_channel(stores: Stores) -> None:
    await begun(stores, a_follow())
    with pytest.raises(FollowedError) as taken:
        await begun(stores, a_follow("f2"))
    await begun(stores, a_follow("f3", channel="C2"))
    await begun(stores, a_follow("f4", video="video-2"))

    assert taken.value.holder == "f1"
    assert {each.id for each in await stores.follows.active()} == {"f1", "f3", "f4"}
    assert await stores.follows.by_video() == {
        "video-1": frozenset({"f1", "f3"}),
        "video-2": frozenset({"f4"}),
    }


async def test_so_many_are_followed_at_a_time_and_no_more(stores: Stores) -> None:
    for number in range(MOST_FOLLOWED):
        first = await begun(stores, a_follow(f"f{number}", video=f"video-{number}"))
    with pytest.raises(TooManyFollowsError):
        await begun(stores, a_follow("more", video="another"))

    await stores.follows.save(following.stopped(first, None, Timing(0.0, 60.0)))

    assert (await begun(stores, a_follow("room", video="one-more"))).active


async def test_whoever_is_overtaken_changes_nothing(stores: Stores) -> None:
    follow = await begun(stores, a_follow())
    await stores.follows.save(replace(follow, said=1))
    with pytest.raises(OvertakenError):
        await stores.follows.save(replace(follow, said=2))

    found = await stores.follows.load("f1")
    assert found is not None
    assert found.said == 1


async def test_while_something_is_posted_nobody_else_is_given_it(stores: Stores) -> None:
    follow = await begun(stores, a_follow())
    failing = (Failing("sequence-1", 1, polls=3),)
    follow = await stores.follows.save(replace(follow, failing=failing))
    assert await due(stores) == ("f1",)

    timing = Timing(stores.requests.now(), 60.0)
    follow = await stores.follows.save(following.about_to_post(follow, "sequence-1", timing))
    await stores.follows.save(replace(follow, left=3.0))  # as a poll does meanwhile
    await asyncio.sleep(0.1)

    assert await due(stores) == ()


async def test_a_record_that_is_gone_is_forgotten(
    stores: Stores, redis: Redis, prefix: str
) -> None:
    await begun(stores, a_follow())
    await redis.delete(f"{prefix}follow:f1")
    await stores.follows.forget("f1")

    assert await stores.follows.by_video() == {}
    assert await stores.follows.of("video-1") == []


def test_a_record_is_read_as_it_was_written() -> None:
    failing = (Failing("s1", 1, "A", "https://a", "KITCHEN", 3, told=True), Failing("s2", 2))
    follow = a_follow(
        state=FollowState.ENDED, version=7, failing=failing, end=FollowEnd.DONE, elsewhere=1.5
    )
    assert decode_follow("f1", encode_follow(follow)) == follow
    assert decode_follow("f1", encode_follow(a_follow())) == a_follow()
    newer = encode_follow(follow).replace('"schema":1', '"schema":1,"unheard":[1]')
    assert decode_follow("f1", newer) == follow


@pytest.mark.parametrize(
    "text", ["", "1 ", "1 {}", "x {}", '1 {"schema":2}', '1 {"schema":1,"asked":3}', "1 []"]
)
def test_a_damaged_record_says_so(text: str) -> None:
    with pytest.raises(UnreadableRecordError):
        decode_follow("f1", text)
