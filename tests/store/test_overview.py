"""How much is under way, by what each state of a request has due."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.request import Request, State
from bot.store.overview import Counts, Overview
from bot.store.requests import Requests
from tests.store.conftest import a_generation, a_request

NOT_ENDED = frozenset(State) - {State.ENDED, State.TOLD, State.ABANDONED}


async def stands(store: Requests, state: State) -> Request:
    request = a_request(f"r {state}", video=f"video {state}")
    await store.accept(request, within=1.0)
    if state is State.ACCEPTED:
        return request
    deadline = store.now() + 60
    moved = replace(request, state=state, generations=(a_generation(),), deadline=deadline)
    return await store.save(moved)


@pytest.mark.parametrize("state", State)
async def test_a_request_runs_until_it_has_ended(
    state: State, store: Requests, redis: Redis, prefix: str
) -> None:
    await stands(store, state)

    counts = await Overview(redis, prefix).counts()

    assert counts.running == (state in NOT_ENDED)


async def test_all_of_them_are_counted_once(store: Requests, redis: Redis, prefix: str) -> None:
    for state in State:
        await stands(store, state)

    counts = await Overview(redis, prefix).counts()

    assert counts == Counts(running=len(NOT_ENDED), untold=2, polled=2)
