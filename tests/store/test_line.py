"""What Redis keeps of a request that waits for a render: its place, its slots, its hour."""

import time
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.errors import HourlyLimit
from bot.domain.request import GenerationState, Request, RequestId, State
from bot.domain.video import SequenceId, VideoId
from bot.store.errors import SequenceTakenError
from bot.store.queues import Queue
from bot.store.requests import Requests
from tests.store.conftest import a_generation, a_request

VIDEO = VideoId("video-1")
WAITS = (State.IN_LINE, State.ANNOUNCED, State.SUBMITTING, State.PENDING)

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0, max_per_hour=2)


async def in_line(store: Requests, name: str, *sequences: str, over: str | None = None) -> Request:
    request = a_request(name)
    order = replace(request.order, after_render=True, over=None if not over else RequestId(over))
    request = replace(request, order=order)
    await store.accept(request, within=5.0)
    generations = tuple(map(a_generation, sequences))
    request = await store.save(replace(request, state=State.CHECKED, generations=generations))
    return await moved(store, request, State.IN_LINE, deadline=time.time() + 1800)


async def moved(store: Requests, request: Request, state: State, **changes: object) -> Request:
    return await store.save(replace(request, state=state, **changes))  # type: ignore[arg-type]


async def ends(store: Requests, request: Request, state: GenerationState) -> None:
    at = None if state is GenerationState.WAITING else time.time()
    sent = tuple(replace(each, state=state, sent_at=at) for each in request.generations)
    ended = await moved(store, request, State.ENDED, generations=sent)
    await moved(store, ended, State.TOLD)


async def counted(redis: Redis, prefix: str) -> int:
    return int(await redis.zcard(f"{prefix}hour:U1"))


async def test_it_is_seen_by_whoever_polls_its_video_from_the_line_until_it_ends(
    store: Requests,
) -> None:
    request = await in_line(store, "r1", "s1")
    for state in WAITS:
        request = await moved(store, request, state, deadline=time.time() + 1800)
        assert [(each.id, each.state) for each in await store.waiting(VIDEO)] == [("r1", state)]

    await ends(store, request, GenerationState.DONE)

    assert await store.waiting(VIDEO) == []
    assert (await store.claim(Queue.POLLS, 1, ahead=0.0)).wait is None


async def test_nothing_drives_its_video_on_while_it_is_sent_and_polls_go_on_after_that(
    store: Requests, redis: Redis, prefix: str
) -> None:
    async def due() -> float:
        return float(await redis.zscore(f"{prefix}polls", VIDEO)) - time.time()

    first, second = await in_line(store, "r1", "s1"), await in_line(store, "r2", "s2")
    assert await due() <= 1.1
    for state in (State.ANNOUNCED, State.SUBMITTING):
        first = await moved(store, first, state)
        assert 15 < await due() <= 20
    first = await moved(store, first, State.PENDING, deadline=time.time() + 1800)
    assert await due() <= 1.1
    await ends(store, first, GenerationState.DONE)

    second = await moved(store, second, State.ANNOUNCED)
    third = await in_line(store, "r3", "s3")
    assert await due() > 15, "whoever joins meanwhile"
    second = await moved(store, second, State.SUBMITTING)
    await ends(store, second, GenerationState.WAITING)
    assert await due() <= 1.1, "the others wait on"
    await ends(store, third, GenerationState.WAITING)
    assert await redis.zscore(f"{prefix}polls", VIDEO) is None


async def test_its_step_is_due_at_its_deadline_and_its_video_is_polled_meanwhile(
    store: Requests,
) -> None:
    await moved(store, await in_line(store, "r1", "s1"), State.IN_LINE, deadline=time.time() + 120)

    steps = await store.claim(Queue.STEPS, 1, ahead=1.0)
    polls = await store.claim(Queue.POLLS, 1, ahead=1.0)

    assert steps.wait == pytest.approx(120, abs=30)
    assert polls.ids == ("video-1",) or (polls.wait is not None and polls.wait <= 1.0)
    await ends(store, (await store.waiting(VIDEO))[0], GenerationState.WAITING)


async def test_it_holds_its_sequences_while_it_waits_and_gives_them_back(store: Requests) -> None:
    first = await in_line(store, "r1", "s1")

    with pytest.raises(SequenceTakenError) as taken:
        await in_line(store, "r2", "s1")
    assert taken.value.holder == "r1"

    await ends(store, first, GenerationState.WAITING)
    second = await in_line(store, "r3", "s1")
    assert await store.holder(VIDEO, [SequenceId("s1")]) == "r3"
    await ends(store, second, GenerationState.WAITING)


async def test_it_counts_once_it_is_sent_and_not_before(
    store: Requests, redis: Redis, prefix: str
) -> None:
    request = await in_line(store, "r1", "s1", "s2")
    assert await counted(redis, prefix) == 0

    for _ in range(2):  # not accepted by IACrea, it is checked again and sent again
        request = await moved(store, request, State.ANNOUNCED)
        assert await counted(redis, prefix) == 0
        request = await moved(store, request, State.SUBMITTING)
        assert await counted(redis, prefix) == 2
    request = await moved(store, request, State.SUBMITTING)
    request = await moved(store, request, State.PENDING, deadline=time.time() + 1800)

    assert await counted(redis, prefix) == 2
    await ends(store, request, GenerationState.DONE)
    assert await counted(redis, prefix) == 2


async def test_over_the_limit_by_then_it_is_not_sent(
    store: Requests, redis: Redis, prefix: str
) -> None:
    waits = await in_line(store, "r1", "s1", "s2")
    sent = await moved(store, await in_line(store, "r2", "s3"), State.SUBMITTING)
    turn = await moved(store, waits, State.ANNOUNCED)

    with pytest.raises(HourlyLimit) as limit:
        await moved(store, turn, State.SUBMITTING)

    assert (limit.value.limit, limit.value.asked, limit.value.minutes) == (2, 2, 60)
    unsent = await store.load(RequestId("r1"))
    assert unsent == turn
    await ends(store, turn, GenerationState.WAITING)
    assert await counted(redis, prefix) == 1
    await ends(store, sent, GenerationState.DONE)
