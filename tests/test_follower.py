"""What a poll makes of follows: credits that fall, requests beside them, replicas beside this."""

from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.domain import following
from bot.domain.follow import Follow, FollowState
from bot.domain.following import Sighting
from bot.domain.progress import Progress
from bot.domain.request import GenerationState, Order, Origin, Request, Selection, State
from bot.domain.timing import GRACE, Timing
from bot.follower import Follower, FollowStores
from bot.store.stores import Stores
from tests.domain.makers import a_video
from tests.store.conftest import a_generation, a_request


@pytest.fixture
def stores(redis: Redis, prefix: str) -> Stores:
    return Stores.over(redis, prefix, poll_interval=0.1)


@pytest.fixture
def noted() -> list[Progress]:
    return []


@pytest.fixture
def follower(stores: Stores, noted: list[Progress]) -> Follower:
    needed = FollowStores(stores.follows, stores.requests, stores.overview)
    return Follower(needed, 60.0, lambda _, progress: noted.append(progress))


async def begun(stores: Stores, name: str = "f1", channel: str = "C1") -> Follow:
    timing = Timing(stores.requests.now(), 60.0)
    follow = Follow(name, Origin("U1", channel, at=timing.now), "video-1")
    await stores.follows.accept(follow, within=5.0)
    video = a_video("GENERATING_VIDEO", "pending", credits_left=50)
    checked = await stores.follows.save(following.checked(follow, video, None, timing))
    return await stores.follows.save(following.carded(checked, "1.000100", timing))


async def running(stores: Stores, sent: float, **order: Any) -> Request:
    """A request on another video, sent so many seconds ago."""
    request = a_request("r1", video="video-2")
    if order:
        request = replace(request, order=Order("video-2", Selection((1,)), **order))
    await stores.requests.accept(request, within=5.0)
    sent_at = stores.requests.now() - sent
    generation = a_generation("s", GenerationState.RUNNING, sent_at=sent_at)
    deadline = stores.requests.now() + 60
    return await stores.requests.save(
        replace(request, state=State.PENDING, generations=(generation,), deadline=deadline)
    )


async def sees(follower: Follower, stores: Stores, left: float, **more: Any) -> list[Follow]:
    at = stores.requests.now()
    video = a_video("GENERATING_VIDEO", "pending", credits_left=left)
    return await follower.seen(Sighting(video, at), (), more.get("before"))


@pytest.mark.parametrize(
    ("sent", "order", "elsewhere"),
    [
        pytest.param(None, {}, 12.0, id="nobody sent anything"),
        pytest.param(1.0, {}, 0.0, id="a request of ours was sent just now"),
        pytest.param(GRACE + 30, {}, 12.0, id="one was sent long before"),
        pytest.param(1.0, {"watch": True}, 12.0, id="one only watches"),
    ],
)
async def test_credits_are_ours_where_a_request_of_ours_may_have_used_them(
    follower: Follower,
    stores: Stores,
    sent: float | None,
    order: dict[str, Any],
    elsewhere: float,
) -> None:
    await begun(stores)
    if sent is not None:
        await running(stores, sent, **order)

    [follow] = await sees(follower, stores, 38.0)

    assert (follow.elsewhere, follow.left) == (elsewhere, 38.0)


async def test_a_follow_of_another_channel_is_moved_on_by_the_same_poll(
    follower: Follower, stores: Stores, noted: list[Progress]
) -> None:
    await begun(stores)
    await begun(stores, "f2", "C2")

    followed = await sees(follower, stores, 50.0)

    assert {each.id for each in followed} == {"f1", "f2"}
    assert len(noted) == 2


async def test_one_that_joins_is_noticed_and_one_that_is_known_is_not(
    follower: Follower, stores: Stores
) -> None:
    await begun(stores)
    assert await follower.joined("video-1")
    await sees(follower, stores, 50.0)
    assert not await follower.joined("video-1")

    await begun(stores, "f2", "C2")
    follower._read_at = 0.0  # a while later
    assert await follower.joined("video-1")


async def test_where_following_is_switched_off_what_was_followed_ends(stores: Stores) -> None:
    needed = FollowStores(stores.follows, stores.requests, stores.overview)
    off = Follower(needed, 60.0, lambda *_: None, on=False)
    await begun(stores)

    assert await sees(off, stores, 50.0) == []
    stopped = await stores.follows.load("f1")
    assert stopped is not None
    assert stopped.state is FollowState.ENDED
