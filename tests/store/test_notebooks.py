"""What is noted beside the requests: costs and times, storyboards shared, Homes opened."""

import pytest
from redis.asyncio import Redis

from bot.domain.estimate import Estimate
from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.estimates import LAST, Estimates
from bot.store.homes import Homes
from bot.store.ledger import Ledger
from bot.store.records import KEPT
from bot.store.shared_storyboards import MOST, SharedStoryboard, SharedStoryboards

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def estimates(redis: Redis, prefix: str) -> Estimates:
    return Estimates(redis, prefix)


@pytest.fixture
def storyboards(redis: Redis, prefix: str) -> SharedStoryboards:
    return SharedStoryboards(redis, prefix)


@pytest.fixture
def homes(redis: Redis, prefix: str) -> Homes:
    return Homes(redis, prefix)


async def test_at_first_nothing_is_known(estimates: Estimates) -> None:
    assert await estimates.current() == Estimate()


async def test_the_last_known_cost_and_balance_are_remembered(estimates: Estimates) -> None:
    await estimates.note_cost(3.0, 47.5)
    await estimates.note_cost(None, None)
    await estimates.note_cost(2.5, None)
    assert await estimates.current() == Estimate(cost=2.5, left=47.5, priced_from=47.5)

    await estimates.note_cost(None, 0.0)
    assert await estimates.current() == Estimate(cost=2.5, left=0.0, priced_from=0.0)


async def test_what_a_poll_says_is_left_is_read_by_people_and_prices_nothing(
    estimates: Estimates,
) -> None:
    await estimates.note_left(50.0)
    assert await estimates.current() == Estimate(left=50.0)

    await estimates.note_cost(3.0, 47.0)
    await estimates.note_left(None)
    await estimates.note_left(50.0)  # a poll that was answered before the POST
    assert await estimates.current() == Estimate(cost=3.0, left=50.0, priced_from=47.0)


async def test_the_time_it_takes_is_the_median_of_the_last_ones(estimates: Estimates) -> None:
    for seconds in (10.0, 30.5, 600.0):
        await estimates.note_duration(seconds)
    assert (await estimates.current()).seconds == 30.5

    for _ in range(LAST):
        await estimates.note_duration(90.0)
    await estimates.note_duration(1.0)
    assert await estimates.current() == Estimate(seconds=90.0)


async def test_old_times_make_room(estimates: Estimates, redis: Redis, prefix: str) -> None:
    for seconds in range(LAST + 5):
        await estimates.note_duration(seconds)

    assert await redis.llen(f"{prefix}took") == LAST
    assert (await estimates.current()).seconds == 15.0


async def test_shared_storyboards_are_found_the_newest_first_until_they_are_dropped(
    storyboards: SharedStoryboards, redis: Redis, prefix: str
) -> None:
    old, new = (
        SharedStoryboard("C1", "1700000000.000100"),
        SharedStoryboard("C2", "1700000000.000200"),
    )
    for board in (new, old, new):
        await storyboards.share("v1", board.channel, board.ts)

    assert await storyboards.shared("v1") == [new, old]
    assert await storyboards.shared("v2") == []
    assert await redis.ttl(f"{prefix}boards:v1") == pytest.approx(KEPT, abs=5)
    await storyboards.drop("v1", new)
    assert await storyboards.shared("v1") == [old]


async def test_of_too_many_shared_storyboards_the_oldest_is_dropped(
    storyboards: SharedStoryboards,
) -> None:
    for number in range(MOST + 3):
        await storyboards.share("v1", "C1", f"17000000{number:02}.000100")

    left = await storyboards.shared("v1")
    assert len(left) == MOST
    assert (left[0].ts, left[-1].ts) == ("1700000012.000100", "1700000003.000100")


async def test_whoever_opened_their_home_just_now_is_watching(
    homes: Homes, redis: Redis, prefix: str
) -> None:
    await homes.note_opened("U1")
    await homes.note_opened("U2")
    await redis.zincrby(f"{prefix}homes", -60, "U1")

    assert await homes.watching(30) == ["U2"]
    assert await homes.watching(90) == ["U2", "U1"]
    await homes.note_opened("U1")
    assert await homes.watching(30) == ["U1", "U2"]


async def test_a_home_that_was_opened_long_ago_is_forgotten(
    homes: Homes, redis: Redis, prefix: str
) -> None:
    await homes.note_opened("U1")
    await redis.zincrby(f"{prefix}homes", -86_401, "U1")

    await homes.note_opened("U2")

    assert await redis.zrange(f"{prefix}homes", 0, -1) == ["U2"]


async def test_the_hash_of_what_a_home_shows_is_one_for_all_replicas(
    homes: Homes, redis: Redis, prefix: str
) -> None:
    assert await homes.shown("U1") is None

    await homes.note_published("U1", "1.a")
    await homes.note_published("U1", "2.b")

    assert await Homes(redis, prefix).shown("U1") == "2.b"
    assert await homes.shown("U2") is None
    assert 0 < await redis.ttl(f"{prefix}home-hash:U1") <= 86_400


async def test_a_redis_that_is_away_is_one_error_for_every_method() -> None:
    away = connect("redis://127.0.0.1:1")
    estimates, storyboards, homes = (
        Estimates(away, "x:"),
        SharedStoryboards(away, "x:"),
        Homes(away, "x:"),
    )
    ledger = Ledger(away, "x:")

    for call in (
        estimates.note_cost(1.0, 2.0),
        estimates.note_duration(1.0),
        estimates.current(),
        storyboards.share("v1", "C1", "1.2"),
        storyboards.shared("v1"),
        storyboards.drop("v1", SharedStoryboard("C1", "1.2")),
        homes.note_opened("U1"),
        homes.watching(30),
        homes.shown("U1"),
        homes.note_published("U1", "1.2"),
        ledger.spent("2026-11"),
        ledger.entries("2026-11"),
    ):
        with pytest.raises(StoreAwayError):
            await call
