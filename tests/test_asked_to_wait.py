"""A 429 is waited out as often as it comes: no failure, and only time ends what it holds up."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.checks import TRIES
from bot.domain.errors import TooLate
from bot.domain.request import GenerationState, Outcome, Request, RequestId, State
from bot.iacrea.client import IACrea
from bot.iacrea.pictures import Pictures
from bot.regenerate import STALE_AFTER, Regenerator
from bot.store.stores import Stores
from sandbox.iacrea import Answered, IACreaSimulator, Video
from tests.ports import free_port
from tests.store.conftest import a_generation, a_request

LIMITED = [Answered(429)] * TRIES


@pytest.fixture
def stores(redis: Redis, prefix: str) -> Stores:
    return Stores.over(redis, prefix, poll_interval=1.0)


@pytest.fixture
async def regenerator(stores: Stores, iacrea: IACreaSimulator) -> AsyncIterator[Regenerator]:
    client = IACrea(iacrea.base_url, iacrea.api_key)
    yield Regenerator(stores, client, Pictures(iacrea.base_url), timeout=1800.0)
    await client.aclose()


@pytest.fixture
async def cut_off(stores: Stores, iacrea: IACreaSimulator) -> AsyncIterator[Regenerator]:
    """Of a bot that reaches no IACrea: nobody listens there."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    client = IACrea(nowhere, iacrea.api_key)
    yield Regenerator(stores, client, Pictures(nowhere), timeout=1800.0)
    await client.aclose()


@pytest.fixture
def video(iacrea: IACreaSimulator) -> Video:
    return iacrea.account.add_video(sequences=3)


async def accepted(stores: Stores, video: Video, ago: float = 0.0) -> Request:
    request = a_request(video=video.id, at=stores.requests.now() - ago)
    await stores.requests.accept(request, within=1.0)
    return request


async def announced(
    stores: Stores, video: Video, ago: float = 0.0, *, after_render: bool = False
) -> Request:
    request = await accepted(stores, video, ago)
    waiting = a_generation(video.sequences[0].id)
    order = replace(request.order, after_render=after_render)
    deadline = stores.requests.now() + 60 if after_render else None
    return await stores.requests.save(
        replace(
            request,
            state=State.ANNOUNCED,
            order=order,
            generations=(waiting,),
            message="1.000100",
            video_status="DONE",
            deadline=deadline,
        )
    )


async def steps(regenerator: Regenerator, stores: Stores, count: int) -> Request:
    """Takes so many, without the pauses between them; the request as it is then."""
    for _ in range(count):
        await regenerator.step("r1")
    request = await stores.requests.load(RequestId("r1"))
    assert request is not None
    return request


async def test_before_a_check_they_leave_every_try_for_what_fails(
    stores: Stores, regenerator: Regenerator, iacrea: IACreaSimulator, video: Video
) -> None:
    await accepted(stores, video)
    failures = [Answered(500)] * (TRIES - 1)
    iacrea.faults.gets.extend([*LIMITED, *failures])

    tried = await steps(regenerator, stores, len(LIMITED) + len(failures))
    assert (tried.state, tried.problem) == (State.ACCEPTED, None)

    assert (await steps(regenerator, stores, 1)).state is State.CHECKED


async def test_before_a_post_they_leave_every_try_for_what_fails(
    stores: Stores,
    regenerator: Regenerator,
    cut_off: Regenerator,
    iacrea: IACreaSimulator,
    video: Video,
) -> None:
    await announced(stores, video)
    iacrea.faults.posts.extend(LIMITED)
    await steps(regenerator, stores, len(LIMITED))

    tried = await steps(cut_off, stores, TRIES - 1)
    assert [each.state for each in tried.generations] == [GenerationState.WAITING]

    ended = await steps(cut_off, stores, 1)
    assert (ended.state, ended.outcome) == (State.ENDED, Outcome.REJECTED)
    assert iacrea.posts == 0


async def test_the_pauses_grow_with_each(
    stores: Stores,
    regenerator: Regenerator,
    iacrea: IACreaSimulator,
    video: Video,
    redis: Redis,
    prefix: str,
) -> None:
    await announced(stores, video)
    iacrea.faults.posts.extend(LIMITED)

    for pause in (1.0, 2.0, 4.0, 8.0):
        await steps(regenerator, stores, 1)
        due = await redis.zscore(f"{prefix}steps", "r1")
        assert due is not None
        assert pause / 2 < float(due) - stores.requests.now() <= pause


@pytest.mark.parametrize("begin", [accepted, announced])
async def test_what_they_hold_up_is_not_started_any_more_once_it_is_too_old(
    begin: Callable[[Stores, Video, float], Awaitable[Request]],
    stores: Stores,
    regenerator: Regenerator,
    iacrea: IACreaSimulator,
    video: Video,
) -> None:
    await begin(stores, video, STALE_AFTER + 1)
    iacrea.faults.gets.extend(LIMITED)
    iacrea.faults.posts.extend(LIMITED)

    ended = await steps(regenerator, stores, 1)

    assert (ended.state, type(ended.problem).__name__) == (State.ENDED, "TooLate")
    assert iacrea.posts == 0


@pytest.mark.parametrize("ago", [60.0, STALE_AFTER + 1])
async def test_the_rest_of_one_from_the_line_is_given_up_so_long_after_its_first_was_sent(
    ago: float,
    stores: Stores,
    regenerator: Regenerator,
    iacrea: IACreaSimulator,
    video: Video,
) -> None:
    request = await announced(stores, video, ago=7200.0, after_render=True)
    sent = a_generation(
        video.sequences[1].id, GenerationState.RUNNING, sent_at=stores.requests.now() - ago
    )
    await stores.requests.save(
        replace(request, state=State.SUBMITTING, generations=(sent, *request.generations))
    )
    iacrea.faults.posts.extend(LIMITED)

    then = await steps(regenerator, stores, 1)

    rest = GenerationState.WAITING if ago < STALE_AFTER else GenerationState.REFUSED
    assert [each.state for each in then.generations] == [GenerationState.RUNNING, rest]
    assert then.state is (State.SUBMITTING if ago < STALE_AFTER else State.PENDING)
    assert then.problem == (None if ago < STALE_AFTER else TooLate(120))
    assert iacrea.posts == 0


async def test_before_its_turn_they_hold_up_one_from_the_line_until_its_deadline(
    stores: Stores, regenerator: Regenerator, iacrea: IACreaSimulator, video: Video
) -> None:
    await announced(stores, video, ago=7200.0, after_render=True)
    iacrea.faults.gets.extend(LIMITED)
    held_up = await steps(regenerator, stores, 2)
    assert (held_up.state, held_up.throttled, held_up.tries) == (State.ANNOUNCED, 2, 0)

    await stores.requests.save(replace(held_up, deadline=stores.requests.now() - 1))
    ended = await steps(regenerator, stores, 1)

    assert (ended.state, type(ended.problem).__name__) == (State.ENDED, "WaitedInVain")
