"""Which of two cards on one sequence says that the other has taken its place, and when."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.request import GenerationState, Request, RequestId, State
from bot.store.requests import Requests
from bot.superseding import supersede, superseded_by
from bot.transitions import Transitions
from tests.store.conftest import a_generation, a_request


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


@pytest.fixture
def transitions(store: Requests) -> Transitions:
    return Transitions(store, 60.0)


async def stands(store: Requests, name: str, state: State, **changes: object) -> Request:
    request = a_request(name)
    await store.accept(request, within=1.0)
    sent = a_generation(state=GenerationState.DONE, sent_at=store.now())
    deadline = store.now() + 60
    fields = {"state": state, "generations": (sent,), "deadline": deadline, **changes}
    return await store.save(replace(request, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "fields", "marked"),
    [
        pytest.param(State.PENDING, {}, False, id="it runs"),
        pytest.param(State.ENDED, {"posting": True}, False, id="its outcome is being posted"),
        pytest.param(State.ENDED, {"reply": "1.2"}, True, id="its outcome stands"),
        pytest.param(State.TOLD, {"reply": "1.2"}, True, id="it is told"),
    ],
)
async def test_an_older_card_is_marked_once_it_stands_and_finds_out_by_itself_before(
    state: State,
    fields: dict[str, object],
    marked: bool,
    store: Requests,
    transitions: Transitions,
) -> None:
    older = await stands(store, "r1", state, **fields)
    await store.own_cards(older)
    newer = await stands(store, "r2", State.ANNOUNCED)

    await supersede(newer, store, transitions)

    found = await store.load(RequestId("r1"))
    assert found is not None
    assert found.superseded_by == (newer.id if marked else None)
    assert (found == older) == (not marked), "whoever posts it can still write that down"
    assert await superseded_by(found, store) == newer.id
    assert await superseded_by(newer, store) is None


async def test_what_was_never_sent_leaves_the_older_card_as_it_is(
    store: Requests, transitions: Transitions
) -> None:
    await store.own_cards(await stands(store, "r1", State.TOLD, reply="1.2"))
    waited = await stands(store, "r2", State.ENDED, generations=(a_generation(),))
    watched = await stands(store, "r3", State.ENDED)
    watched = replace(watched, order=replace(watched.order, watch=True))

    assert await superseded_by(waited, store) is None
    assert await superseded_by(watched, store) is None
