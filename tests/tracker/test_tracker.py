"""One poll per video for all who wait on it, and as little of Redis as that takes."""

import asyncio

from redis.asyncio import Redis

from bot.domain.request import Outcome, RequestId
from bot.domain.video import VideoId
from bot.follower import Follower
from bot.iacrea.client import IACrea
from bot.store.queues import Queue
from bot.store.requests import Requests
from bot.store.stores import Stores
from bot.tracker import Listeners, Schedule, Tracker
from sandbox.iacrea import Answered, Dropped, IACreaSimulator, Slow, Timings, Video
from tests.tracker.conftest import INTERVAL, due_in, waits


async def commands(redis: Redis) -> int:
    return int((await redis.info("stats"))["total_commands_processed"])


async def test_one_poll_serves_all_who_wait_on_the_video(
    tracker: Tracker, store: Requests, iacrea: IACreaSimulator, video: Video
) -> None:
    await waits(store, video, "r1")
    await waits(store, video, "r2", position=3)
    iacrea.account.timings = Timings(queue=0.0, animate=0.0, render=0.0)
    video.animate(0.0, iacrea.account.timings)
    for _ in range(5):
        await tracker.poll(video.id)

    ended = [await store.load(RequestId(name)) for name in ("r1", "r2")]

    assert [request.outcome for request in ended if request] == [Outcome.DONE, Outcome.DONE]


async def test_an_answer_that_brings_nothing_new_costs_no_command(
    stores: Stores, follower: Follower, client: IACrea, video: Video, redis: Redis
) -> None:
    store = stores.requests
    tracker = Tracker(
        store,
        stores.estimates,
        client,
        # A machine that is busy makes no poll slow, which would cost commands.
        Schedule(interval=30.0, timeout=60.0),
        Listeners(lambda *_: None, lambda _: None, follower),
    )
    await waits(store, video)
    for _ in range(3):
        await tracker.poll(video.id)
    before = await commands(redis)

    for _ in range(5):
        await tracker.poll(video.id)

    # The question itself; and on a machine that is busy, what is followed is read again.
    assert await commands(redis) - before in {1, 2}


async def test_a_video_is_not_polled_twice_at_once(
    tracker: Tracker, store: Requests, iacrea: IACreaSimulator, video: Video
) -> None:
    await waits(store, video)
    iacrea.faults.delay = 0.3

    await asyncio.gather(*(tracker.poll(video.id) for _ in range(3)))

    assert iacrea.polls(video.id) == 1


async def test_a_slow_poll_moves_its_due_time_on_before_another_replica_overlaps_it(
    tracker: Tracker,
    store: Requests,
    iacrea: IACreaSimulator,
    video: Video,
    redis: Redis,
    prefix: str,
) -> None:
    await waits(store, video)
    iacrea.faults.gets.append(Slow(3 * INTERVAL))

    polling = asyncio.create_task(tracker.poll(video.id))
    await asyncio.sleep(2 * INTERVAL)
    under_way = await due_in(redis, prefix, store, video)
    await polling
    afterwards = await due_in(redis, prefix, store, video)

    assert under_way > 5
    assert afterwards <= INTERVAL


async def test_errors_back_off_and_are_forgotten_with_the_next_answer(
    tracker: Tracker,
    store: Requests,
    iacrea: IACreaSimulator,
    video: Video,
    redis: Redis,
    prefix: str,
) -> None:
    await waits(store, video)
    iacrea.faults.gets.extend([Answered(500), Dropped(), Answered(503), None, Answered(500)])
    pauses, took = [], []
    for _ in range(5):
        begun = store.now()
        await tracker.poll(video.id)
        took.append(store.now() - begun)
        pauses.append(await due_in(redis, prefix, store, video))

    for place, pause in ((0, INTERVAL), (1, 2 * INTERVAL), (2, 4 * INTERVAL), (4, INTERVAL)):
        assert pause - took[place] - 0.05 < pauses[place] <= pause + 0.05


async def test_a_429_pauses_every_poll_of_this_process(
    tracker: Tracker,
    store: Requests,
    iacrea: IACreaSimulator,
    video: Video,
    redis: Redis,
    prefix: str,
) -> None:
    other = iacrea.account.add_video(sequences=2)
    await waits(store, video, "r1")
    await waits(store, other, "r2")
    iacrea.faults.gets.append(Answered(429, retry_after=30))

    await tracker.poll(video.id)
    await tracker.poll(other.id)

    assert iacrea.polls(other.id) == 0
    for each in (video, other):
        assert 29 < await due_in(redis, prefix, store, each) < 31


async def test_a_pause_ends_when_it_should_although_the_clock_is_put_back_meanwhile(
    tracker: Tracker, store: Requests, iacrea: IACreaSimulator, video: Video
) -> None:
    await waits(store, video)
    iacrea.faults.gets.append(Answered(429, retry_after=0.2))
    await tracker.poll(video.id)
    store._server_began -= 3600

    await asyncio.sleep(0.3)
    await tracker.poll(video.id)

    assert iacrea.polls(video.id) == 2


async def test_a_video_nobody_waits_on_any_more_is_polled_no_longer(
    tracker: Tracker, store: Requests, redis: Redis, prefix: str
) -> None:
    await redis.zadd(f"{prefix}polls", {"gone-video": 0})

    await tracker.poll(VideoId("gone-video"))

    assert (await store.claim(Queue.POLLS, 10, ahead=1.0)).wait is None
