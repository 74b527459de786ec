"""What an operator sees of a request that waits for a render, and that it can be cancelled."""

import time
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain import events
from bot.domain.request import Request, State
from bot.operate import tables
from bot.operate.cancelling import cancelled
from bot.store.requests import Requests
from bot.transitions import Transitions
from tests.store.conftest import a_generation, a_request


@pytest.fixture
def waits() -> Request:
    request = a_request()
    return replace(
        request,
        order=replace(request.order, after_render=True),
        state=State.IN_LINE,
        generations=(a_generation(),),
        message="1700000000.000100",  # type: ignore[arg-type]
        deadline=1_700_001_800.0,
    )


def test_it_is_listed_as_in_line_and_shown_with_what_it_waits_for(waits: Request) -> None:
    assert "r1       in line" in tables.listing([waits], now=0.0)
    sheet = tables.sheet(waits)
    assert "waits for       the render of video-1\n" in sheet
    assert "waits until     2023-11-14T22:43:20Z\n" in sheet
    assert "watched until" not in sheet


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


@pytest.mark.parametrize("state", [State.IN_LINE, State.ANNOUNCED])
async def test_it_is_cancelled_unspent(store: Requests, waits: Request, state: State) -> None:
    await store.accept(replace(waits, state=State.ACCEPTED), within=5.0)
    await store.save(replace(waits, state=state, deadline=time.time() + 1800))

    ended = await cancelled(store, Transitions(store, 1800.0), waits.id)

    assert (ended.state, ended.sent_at, ended.outcome) == (State.ENDED, None, "rejected")
    assert ended.message is not None, "so that its thread is told"
    await Transitions(store, 1800.0).apply(ended, events.Closed())
