"""A clock that was put back, or forward and back, keeps nobody waiting for longer than they should.

Redis's clock cannot be set here. To put it back by so much is to have everything that was noted lie
so much further ahead: that is what is done to all that the bot has written.
"""

import asyncio
import time
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from bot.domain.errors import HourlyLimit
from bot.domain.request import ChannelId, GenerationState, RequestId, State, UserId
from bot.domain.video import VideoId
from bot.store.queues import Queue
from bot.store.replicas import GIVE_UP, Replicas
from bot.store.requests import Accepted, Requests
from bot.store.videos import Videos
from bot.store.writing import LONGEST_WAIT
from tests.depth import examples
from tests.store.conftest import a_generation, a_request

HOUR = 3600.0


async def put_back(redis: Redis, prefix: str, seconds: float) -> None:
    """Has the clock of Redis be so many seconds earlier than all that was noted before."""
    for key in await redis.keys(f"{prefix}*"):
        if await redis.type(key) == "zset":
            for member, at in await redis.zrange(key, 0, -1, withscores=True):
                await redis.zadd(key, {member: at + seconds})
        if (left := await redis.pttl(key)) > 0:
            await redis.pexpire(key, round(left + seconds * 1000))
    clock = await redis.get(f"{prefix}clock")
    if clock is not None:
        await redis.set(f"{prefix}clock", f"{float(clock) + seconds:.6f}")


async def pending(store: Requests, name: str, *, watched: float = 1800.0) -> None:
    request = a_request(name, video=f"video of {name}")
    await store.accept(request, within=5.0)
    taken = (a_generation(f"sequence of {name}", GenerationState.RUNNING),)
    deadline = store.now() + watched
    await store.save(replace(request, state=State.PENDING, generations=taken, deadline=deadline))


async def left(redis: Redis, prefix: str, due: Queue) -> dict[str, float]:
    """The seconds until each is due."""
    now = time.time()
    found = await redis.zrange(f"{prefix}{due}", 0, -1, withscores=True)
    return {member: at - now for member, at in found}


@pytest.mark.parametrize("step", [3.0, 60.0, 400.0, HOUR, 90 * 24 * HOUR])
async def test_a_pending_video_is_polled_within_its_interval(
    store: Requests, redis: Redis, prefix: str, step: float
) -> None:
    await pending(store, "r1")
    await store.claim(Queue.POLLS, 10, ahead=1.0)
    await put_back(redis, prefix, step)

    claim = await store.claim(Queue.POLLS, 10, ahead=1.0)

    assert claim.ids or (claim.wait or 0.0) <= 2.0


@pytest.mark.parametrize("step", [3.0, 400.0, HOUR])
async def test_an_accepted_request_is_begun_and_a_lease_ends_when_they_should(
    store: Requests, redis: Redis, prefix: str, step: float
) -> None:
    await store.accept(a_request("r1"), within=5.0, after=2.0)
    await store.accept(a_request("r2"), within=5.0)
    begun = time.monotonic()
    assert (await store.claim(Queue.STEPS, 1, ahead=14.0)).ids == ("r2",)
    await put_back(redis, prefix, step)

    claim = await store.claim(Queue.STEPS, 10, ahead=6.0)
    if not claim.ids:  # its two seconds count from when it was seen
        await asyncio.sleep(2.05)
        claim = await store.claim(Queue.STEPS, 10, ahead=6.0)

    assert claim.ids == ("r1",), "and what somebody works on is not given to another"
    taken = time.monotonic() - begun
    assert 13.0 - taken < (await left(redis, prefix, Queue.STEPS))["r2"] <= 14.0


async def test_what_is_given_a_due_time_after_the_step_keeps_it(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await pending(store, "r1")
    await put_back(redis, prefix, HOUR)

    await store.accept(a_request("r2"), within=5.0, after=10.0)
    await store.postpone(Queue.POLLS, "video of r1", 12.0)
    assert (await store.claim(Queue.STEPS, 10, ahead=6.0)).ids == ()

    assert (await left(redis, prefix, Queue.STEPS))["r2"] == pytest.approx(10.0, abs=1.0)
    assert (await left(redis, prefix, Queue.POLLS))["video of r1"] == pytest.approx(12.0, abs=1.0)


async def test_a_request_that_is_known_to_be_written_starts_at_once_all_the_same(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await store.accept(a_request("r1"), within=5.0, after=10.0)
    await put_back(redis, prefix, HOUR)

    await store.start(RequestId("r1"))

    assert (await store.claim(Queue.STEPS, 10, ahead=6.0)).ids == ("r1",)


@pytest.mark.parametrize("due", list(Queue))
async def test_what_lies_too_far_ahead_for_any_reason_is_pulled_in(
    store: Requests, redis: Redis, prefix: str, due: Queue
) -> None:
    await redis.zadd(f"{prefix}{due}", {f"m{n}": time.time() + HOUR + n / 10 for n in range(9)})

    await store.claim(due, 10, ahead=1.0)

    assert max((await left(redis, prefix, due)).values()) <= 2.0


async def test_polls_that_are_pulled_in_stay_spread_out(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await redis.zadd(f"{prefix}polls", {f"v{n}": time.time() + HOUR + n / 10 for n in range(9)})

    assert len((await store.claim(Queue.POLLS, 10, ahead=1.0)).ids) <= 1


async def test_nothing_is_postponed_beyond_what_a_claim_would_pull_in(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await pending(store, "r1", watched=2 * HOUR)
    await store.postpone(Queue.POLLS, "video of r1", HOUR)
    ended = replace(a_request("r2"), state=State.ENDED, ended_at=1.0)
    await store.accept(a_request("r2"), within=5.0)
    await store.save(ended, after=HOUR)

    for due in (Queue.STEPS, Queue.NOTICES, Queue.POLLS):
        assert (await store.claim(due, 10, ahead=1.0)).ids == ()
        assert 0 < max((await left(redis, prefix, due)).values()) <= LONGEST_WAIT


async def test_the_hour_of_the_limit_is_an_hour_from_now_at_the_most(
    redis: Redis, prefix: str
) -> None:
    store = Requests(redis, prefix=prefix, poll_interval=1.0, max_per_hour=1)
    await store.accept(a_request("r1"), within=5.0)
    await store.save(
        replace(a_request("r1"), version=1, state=State.CHECKED, generations=(a_generation(),))
    )
    await put_back(redis, prefix, 5 * HOUR)

    other = a_request("r2", video="video-2")
    await store.accept(other, within=5.0)
    with pytest.raises(HourlyLimit) as limit:
        await store.save(
            replace(other, version=1, state=State.CHECKED, generations=(a_generation(),))
        )

    assert limit.value.minutes == 60


async def test_last_is_the_video_that_was_worked_on_last(redis: Redis, prefix: str) -> None:
    videos, channel, user = Videos(redis, prefix), ChannelId("C1"), UserId("U1")
    for name in ("video-3", "video-2"):
        await videos.touch(VideoId(name), user, channel)
    await put_back(redis, prefix, HOUR)

    await videos.touch(VideoId("video-1"), user, channel)

    assert await videos.last(channel) == "video-1"
    assert await videos.recent(channel, user) == ["video-1", "video-2", "video-3"]


async def test_what_is_asked_for_after_the_step_is_the_newest_of_its_lists(
    store: Requests, redis: Redis, prefix: str
) -> None:
    for name in ("r1", "r2"):
        await pending(store, name)
        await put_back(redis, prefix, HOUR)
    request = a_request("r3")
    await store.accept(request, within=5.0)
    await store.save(
        replace(request, version=1, state=State.CHECKED, generations=(a_generation(),))
    )

    assert [each.id for each in await store.newest(most=1)] == ["r3"]


async def test_a_turn_comes_back_after_as_long_as_it_was_taken_for(
    store: Requests, redis: Redis, prefix: str
) -> None:
    assert await store.take_turn("press", 0.2) == 0.0
    await put_back(redis, prefix, HOUR)

    assert 0 < await store.take_turn("press", 0.2) <= 0.2
    await asyncio.sleep(0.25)

    assert await store.take_turn("press", 0.2) == 0.0


async def test_a_replica_that_was_seen_once_is_not_believed_in_for_hours(
    redis: Redis, prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    await redis.set(f"{prefix}replicated", 1, px=round(GIVE_UP * 1000))
    await put_back(redis, prefix, HOUR)

    await Replicas(redis, prefix).look()

    assert "Redis has a replica" not in caplog.text


async def test_a_request_is_accepted_also_right_after_redis_clock_was_put_forward(
    store: Requests,
) -> None:
    store._server_began -= HOUR  # what this process believes since its last claim

    assert await store.accept(a_request(), within=1.0) is Accepted.SAVED
    assert store.now() == pytest.approx(time.time(), abs=1.0)


async def test_a_clock_that_is_set_is_a_line_in_the_log(
    store: Requests, caplog: pytest.LogCaptureFixture
) -> None:
    await store.claim(Queue.STEPS, 1, ahead=1.0)
    assert "clock" not in caplog.text
    store._server_began += HOUR
    await store.claim(Queue.STEPS, 1, ahead=1.0)
    assert "put back by 3600.0 s" in caplog.text
    store._server_began -= HOUR
    await store.claim(Queue.STEPS, 1, ahead=1.0)
    assert "put forward by 3600.0 s" in caplog.text


async def test_this_machine_may_set_its_own_clock_without_moving_redis_time(
    store: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.claim(Queue.STEPS, 1, ahead=1.0)
    true = time.time()
    monkeypatch.setattr(time, "time", lambda: true - HOUR)

    assert store.now() == pytest.approx(true, abs=1.0)


@dataclass(frozen=True)
class Step:
    """Something that happens: a due time is given, a claim, or the clock is set."""

    kind: str
    member: str
    seconds: float


STEPS = st.builds(
    Step,
    kind=st.sampled_from(["postpone", "claim", "clock"]),
    member=st.sampled_from(["a", "b", "c"]),
    seconds=st.floats(-5000, 5000),
)


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12), due=st.sampled_from(list(Queue)))
async def test_however_the_clock_is_set_nothing_is_due_later_than_it_was_given(
    redis: Redis, prefix: str, steps: list[Step], due: Queue
) -> None:
    store = Requests(redis, prefix=prefix, poll_interval=3.0)
    given_: dict[str, float] = dict.fromkeys("abc", 0.0)
    await redis.delete(f"{prefix}clock", *(f"{prefix}{each}" for each in Queue))
    await redis.zadd(f"{prefix}{due}", dict.fromkeys("abc", time.time()))
    await redis.set(f"{prefix}clock", time.time())
    for step in [*steps, Step("claim", "a", 0.0)]:
        if step.kind == "clock":
            await put_back(redis, prefix, step.seconds)
        elif step.kind == "postpone":
            await store.postpone(due, step.member, abs(step.seconds))
            given_[step.member] = abs(step.seconds)
        else:
            claim = await store.claim(due, 3, ahead=3.0)
            given_ |= dict.fromkeys(claim.ids, 4.5)  # a grid's, at the most
            for member, seconds in (await left(redis, prefix, due)).items():
                assert seconds <= given_[member] + 0.1, (member, step)
