"""What IACrea fails to answer, or answers wrongly once: when that is believed, and told."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain import following
from bot.domain.follow import Follow
from bot.domain.progress import Progress, Stage
from bot.domain.request import ChannelId, MessageTs, Origin, RequestId, State, UserId
from bot.domain.timing import Timing
from bot.domain.video import VideoId
from bot.store.requests import Requests
from bot.store.stores import Stores
from bot.tracker import LASTING, Tracker
from sandbox.iacrea import Answered, IACreaSimulator, Video
from tests.domain.makers import a_video
from tests.tracker.conftest import INTERVAL, due_in, waits


async def test_a_silence_is_told_once_it_lasts(
    tracker: Tracker,
    store: Requests,
    iacrea: IACreaSimulator,
    video: Video,
    shown: list[Progress],
) -> None:
    await waits(store, video)
    iacrea.faults.gets.extend([Answered(500)] * 2)
    await tracker.poll(video.id)
    assert shown == []

    tracker._silent[video.id].since -= LASTING + 1
    await tracker.poll(video.id)
    assert [progress.stage for progress in shown] == [Stage.SILENT]

    await tracker.poll(video.id)
    assert shown[-1].stage is not Stage.SILENT


async def test_a_silence_that_nobody_waited_out_is_none_for_who_comes_later(
    tracker: Tracker,
    store: Requests,
    iacrea: IACreaSimulator,
    video: Video,
    shown: list[Progress],
    redis: Redis,
    prefix: str,
) -> None:
    await waits(store, video)
    iacrea.faults.gets.extend([Answered(500)] * 5)
    for _ in range(4):
        await tracker.poll(video.id)
    silence = tracker._silent[video.id]  # then its request timed out, and an hour went by
    silence.since, silence.until = silence.since - 3600, silence.until - 3600

    await tracker.poll(video.id)

    assert await due_in(redis, prefix, store, video) < 2 * INTERVAL
    assert shown == []


async def test_a_silence_after_a_429_is_logged(
    tracker: Tracker,
    store: Requests,
    iacrea: IACreaSimulator,
    video: Video,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await waits(store, video)
    iacrea.faults.gets.extend([Answered(429), Answered(503), Answered(503)])

    for _ in range(4):
        tracker._paused_until = 0.0
        await tracker.poll(video.id)

    assert iacrea.polls(video.id) == 4
    said = [each.message for each in caplog.records if each.name == "bot.tracker"]
    assert sum("does not answer" in each for each in said) == 1
    assert sum("answers again" in each for each in said) == 1


async def test_a_404_now_and_then_does_not_end_a_request(
    tracker: Tracker, store: Requests, iacrea: IACreaSimulator, video: Video
) -> None:
    request = await waits(store, video)
    now_and_then = [None, None, Answered(404), None, Answered(404), None, None, Answered(404), None]
    iacrea.faults.gets.extend(now_and_then)

    for _ in now_and_then:
        await tracker.poll(video.id)

    saved = await store.load(request.id)
    assert saved is not None
    assert (saved.state, saved.tries) == (State.PENDING, 0)


async def test_a_404_now_and_then_does_not_end_a_follow(
    tracker: Tracker, stores: Stores, iacrea: IACreaSimulator, video: Video
) -> None:
    timing = Timing(stores.requests.now(), 60.0)
    follow = Follow(
        RequestId("f1"), Origin(UserId("U1"), ChannelId("C1"), at=timing.now), VideoId(video.id)
    )
    await stores.follows.accept(follow, within=5.0)
    seen = replace(a_video("GENERATING_VIDEO", "pending"), id=VideoId(video.id))
    checked = await stores.follows.save(following.checked(follow, seen, None, timing))
    await stores.follows.save(following.carded(checked, MessageTs("1.000100"), timing))
    # The GET of automatic videos, which is asked then as well, knows none of that id either.
    now_and_then = [None, None, Answered(404), None, Answered(404), None, Answered(404), None]
    iacrea.faults.gets.extend(now_and_then)
    for _ in now_and_then:
        await tracker.poll(video.id)

    [going_on] = await stores.follows.of(VideoId(video.id))
    assert going_on.misses == 0
