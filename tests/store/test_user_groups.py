"""Who is in user groups: what one replica was told, every other one knows, with how old it is."""

import pytest
from redis.asyncio import Redis

from bot.store.client import connect, server_time
from bot.store.errors import StoreAwayError
from bot.store.user_groups import UserGroups

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def groups(redis: Redis, prefix: str) -> UserGroups:
    return UserGroups(redis, prefix)


async def test_at_first_nothing_is_known(groups: UserGroups) -> None:
    assert await groups.ages(["S1"]) == {}
    assert await groups.members("S1") == frozenset()
    assert await groups.ages([]) == {}


async def test_what_was_told_last_holds_for_all_replicas_for_a_day(
    groups: UserGroups, redis: Redis, prefix: str
) -> None:
    now = await server_time(redis)
    await groups.note("S1", ["U1", "U2"], now - 10)
    await groups.note("S1", ["U2", "U3"], now - 5)
    await groups.note("S2", [], now)

    other = UserGroups(redis, prefix)
    assert await other.members("S1") == {"U2", "U3"}
    assert await other.members("S2") == frozenset()
    ages = await other.ages(["S1", "S2", "S3"])
    assert {group: age.told for group, age in ages.items()} == {"S1": now - 5, "S2": now}
    assert 5 <= ages["S1"].seconds < 10
    assert not ages["S1"].changed
    assert 0 < await redis.ttl(f"{prefix}group:S1") <= 86_400


async def test_an_answer_that_was_asked_for_before_a_change_counts_as_outdated(
    groups: UserGroups, redis: Redis
) -> None:
    asked = await server_time(redis)
    await groups.note_changed("S1")
    later = await server_time(redis)

    await groups.note("S1", ["U1"], later)
    assert not (await groups.ages(["S1"]))["S1"].changed
    await groups.note("S1", ["U2"], asked)
    assert (await groups.ages(["S1"]))["S1"].changed


async def test_one_replica_asks_at_a_time_and_at_once_after_a_change(
    groups: UserGroups, redis: Redis, prefix: str
) -> None:
    before = await server_time(redis)
    taken = await groups.take_turn("S1", 30)
    assert taken is not None
    assert taken >= before
    assert await groups.take_turn("S1", 30) is None
    assert await groups.take_turn("S2", 30) is not None
    assert 0 < await redis.ttl(f"{prefix}group-turn:S1") <= 30

    await groups.note_changed("S1")
    assert await groups.take_turn("S1", 30) is not None


async def test_what_slack_does_not_tell_any_more_is_forgotten(
    groups: UserGroups, redis: Redis
) -> None:
    await groups.note("S1", ["U1"], await server_time(redis))
    await groups.forget("S1")
    assert await groups.ages(["S1"]) == {}
    assert await groups.members("S1") == frozenset()


async def test_a_redis_that_is_away_is_one_error() -> None:
    away = UserGroups(connect("redis://127.0.0.1:1"), "x:")
    for call in (
        away.ages(["S1"]),
        away.members("S1"),
        away.note("S1", ["U1"], 1.0),
        away.note_changed("S1"),
        away.forget("S1"),
        away.take_turn("S1", 30),
    ):
        with pytest.raises(StoreAwayError):
            await call
