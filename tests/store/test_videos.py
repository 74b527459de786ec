"""Names that one video has alone, and the videos worked on last."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.domain.errors import NameTaken
from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.videos import IDLE, MOST_MEANT, RECENT, Videos

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def videos(redis: Redis, prefix: str) -> Videos:
    return Videos(redis, prefix=prefix)


async def test_a_video_is_found_by_its_name_in_any_case(videos: Videos) -> None:
    await videos.name("v1", "Élysée-3")

    assert await videos.find("élysée-3") == "v1"
    assert await videos.find("E\u0301LYSE\u0301E-3") == "v1"
    assert await videos.find("élysée") is None
    assert await videos.names(["v1", "v2"]) == {"v1": "Élysée-3"}
    assert await videos.names([]) == {}


async def test_a_name_that_another_video_has_is_taken(videos: Videos) -> None:
    await videos.name("v1", "Kitchen")

    with pytest.raises(NameTaken) as taken:
        await videos.name("v2", "KITCHEN")

    assert taken.value == NameTaken(name="KITCHEN", video="v1")
    assert await videos.names(["v1", "v2"]) == {"v1": "Kitchen"}


async def test_a_new_name_sets_the_old_one_free(videos: Videos) -> None:
    await videos.name("v1", "kitchen")
    await videos.name("v1", "garden")

    assert await videos.find("kitchen") is None
    await videos.name("v2", "kitchen")
    assert await videos.names(["v1", "v2"]) == {"v1": "garden", "v2": "kitchen"}


async def test_a_video_may_be_named_the_same_again_also_in_another_case(videos: Videos) -> None:
    for name in ("kitchen", "kitchen", "Kitchen"):
        await videos.name("v1", name)

    assert await videos.find("kitchen") == "v1"
    assert await videos.names(["v1"]) == {"v1": "Kitchen"}


async def test_of_many_who_want_one_name_one_gets_it(videos: Videos) -> None:
    for number in range(20):  # the first round opens the connections, the others race
        name = f"name-{number}"
        ids = [f"v{number}-{n}" for n in range(20)]
        results = await asyncio.gather(
            *(videos.name(each, name) for each in ids), return_exceptions=True
        )
        holder = await videos.find(name)
        assert [each for each, was in zip(ids, results, strict=True) if was is None] == [holder]
        assert {error.video for error in results if isinstance(error, NameTaken)} == {holder}
        assert await videos.names(ids) == {holder: name}


async def test_of_many_names_for_one_video_one_stays(videos: Videos) -> None:
    for number in range(5):
        names = [f"name-{number}-{n}" for n in range(20)]
        await asyncio.gather(*(videos.name("v1", each) for each in names))

        found = [each for each in names if await videos.find(each)]
        assert [(await videos.names(["v1"]))["v1"]] == found


async def test_the_last_video_of_a_channel_is_the_one_worked_on_last(videos: Videos) -> None:
    assert await videos.last("C1") is None
    for video in ("v1", "v2", "v1"):
        await videos.touch(video, "U1", "C1")
    await videos.touch("v3", "U1", "C2")

    assert await videos.last("C1") == "v1"
    assert await videos.last("C2") == "v3"


async def test_recent_videos_are_those_of_the_channel_and_of_the_person(videos: Videos) -> None:
    for video, channel, user in (
        ("v1", "C1", "U1"),
        ("v2", "C1", "U2"),
        ("v3", "C2", "U1"),
        ("v4", "C2", "U2"),
        ("v1", "C1", "U2"),
    ):
        await videos.touch(video, user, channel)

    assert await videos.recent("C1", "U1") == ["v1", "v3", "v2"]
    assert await videos.recent(None, "U1") == ["v3", "v1"]
    assert await videos.recent("C9", "U9") == []


async def test_no_more_are_remembered_than_a_menu_needs_and_only_for_a_while(
    videos: Videos, redis: Redis, prefix: str
) -> None:
    for number in range(RECENT + 5):
        await videos.touch(f"v{number}", "U1", "C1")
        await videos.touch(f"w{number}", "U2", "C2")

    assert len(await videos.recent("C2", "U1")) == RECENT
    assert (await videos.recent("C1", "U1"))[-1] == "v5"
    for key in ("recent:C1", "recent-by:U1"):
        assert await redis.zcard(f"{prefix}{key}") == RECENT
        assert await redis.ttl(f"{prefix}{key}") == pytest.approx(IDLE, abs=5)


async def test_a_redis_that_is_away_is_one_error_for_every_method() -> None:
    videos = Videos(connect("redis://127.0.0.1:1"), prefix="x:")

    for call in (
        videos.name("v1", "kitchen"),
        videos.find("kitchen"),
        videos.names(["v1"]),
        videos.touch("v1", "U1", "C1"),
        videos.last("C1"),
        videos.recent("C1", "U1"),
    ):
        with pytest.raises(StoreAwayError):
            await call


async def test_what_a_name_meant_to_a_person_is_remembered_bounded_and_forgotten(
    videos: Videos, redis: Redis, prefix: str
) -> None:
    await videos.note_meaning("U1", "Pier", "v1")
    await videos.note_meaning("U2", "pier", "v2")
    assert await videos.meaning("U1", "pier") == "v1"
    assert await videos.meaning("U1", "harbour") is None
    await videos.note_meaning("U1", "PIER", "v3")
    assert await videos.meaning("U1", "Pier") == "v3"
    assert await videos.meaning("U2", "Pier") == "v2"

    for number in range(MOST_MEANT):
        await videos.note_meaning("U1", f"name-{number}", "v4")
    assert await videos.meaning("U1", "pier") is None
    assert await videos.meaning("U1", "name-0") == "v4"
    assert await redis.zcard(f"{prefix}meant-by:U1") == MOST_MEANT
    assert 0 < await redis.ttl(f"{prefix}meant-by:U1") <= IDLE
