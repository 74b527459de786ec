"""The ledger cannot differ from the records: it is written with them."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.ledger import Entry
from bot.domain.request import GenerationState, Request, State
from bot.store.errors import OvertakenError
from bot.store.ledger import Ledger
from bot.store.requests import Requests
from tests.store.conftest import a_generation, a_request

NOVEMBER = 1_793_491_200.0  # 2026-11-01T00:00:00Z

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def ledger(redis: Redis, prefix: str) -> Ledger:
    return Ledger(redis, prefix)


async def running(
    store: Requests, name: str = "r1", *, by: str = "U1", credits_used: float | None = None
) -> Request:
    request = a_request(name, by=by, video=f"video of {name}")
    request = replace(request, order=replace(request.order, effect="CAMERA_PUSH_IN"))
    await store.accept(request, within=5.0)
    generation = a_generation(
        state=GenerationState.RUNNING, sent_at=NOVEMBER, credits_used=credits_used
    )
    return await store.save(replace(request, state=State.PENDING, generations=(generation,)))


def ended(request: Request, state: GenerationState = GenerationState.DONE) -> Request:
    generations = tuple(replace(each, state=state) for each in request.generations)
    return replace(request, state=State.ENDED, generations=generations)


async def test_what_is_sent_is_in_the_ledger_with_all_that_is_known(
    store: Requests, ledger: Ledger
) -> None:
    await running(store, credits_used=1.5)

    assert await ledger.entries("2026-11") == [
        Entry(
            request="r1",
            by="U1",
            channel="C1",
            video="video of r1",
            sequence="sequence-1",
            position=1,
            at=NOVEMBER,
            outcome=GenerationState.RUNNING,
            effect="CAMERA_PUSH_IN",
            credits=1.5,
        )
    ]
    assert await ledger.spent("2026-11") == {"U1": 1.5}
    assert await ledger.entries("2026-10") == []
    assert await ledger.spent("2026-10") == {}


async def test_the_outcome_follows_and_the_credits_are_summed_once(
    store: Requests, ledger: Ledger
) -> None:
    request = await running(store, credits_used=0.1)
    for state in (State.ENDED, State.ENDED, State.TOLD, State.TOLD):
        request = await store.save(replace(ended(request), state=state))

    (entry,) = await ledger.entries("2026-11")
    assert (entry.outcome, entry.credits) == (GenerationState.DONE, 0.1)
    assert await ledger.spent("2026-11") == {"U1": 0.1}


async def test_credits_that_are_known_later_are_summed_then(
    store: Requests, ledger: Ledger
) -> None:
    request = await running(store)
    assert await ledger.spent("2026-11") == {}

    await store.save(
        replace(request, generations=(replace(request.generations[0], credits_used=3.0),))
    )

    assert await ledger.spent("2026-11") == {"U1": 3.0}


async def test_the_sums_are_those_of_the_entries_whoever_races(
    store: Requests, ledger: Ledger
) -> None:
    for round_ in range(5):  # the first round opens the connections, the others race
        started = await asyncio.gather(
            *(running(store, f"r{round_}-{n}", by=f"U{n % 3}") for n in range(6))
        )
        writes = [
            replace(each, generations=(replace(each.generations[0], credits_used=2.0),))
            for each in started
            for _ in range(4)
        ]
        results = await asyncio.gather(*map(store.save, writes), return_exceptions=True)
        assert sum(isinstance(each, OvertakenError) for each in results) == 18

    assert await ledger.spent("2026-11") == {"U0": 20.0, "U1": 20.0, "U2": 20.0}
    assert sum(entry.credits or 0 for entry in await ledger.entries("2026-11")) == 60.0


async def test_a_write_that_is_refused_leaves_the_ledger_alone(
    store: Requests, ledger: Ledger
) -> None:
    request = await running(store)
    await store.save(ended(request))

    with pytest.raises(OvertakenError):
        await store.save(
            replace(request, generations=(replace(request.generations[0], credits_used=9.0),))
        )

    assert await ledger.spent("2026-11") == {}


async def test_a_request_over_the_end_of_a_month_is_in_both(
    store: Requests, ledger: Ledger
) -> None:
    request = a_request()
    await store.accept(request, within=1.0)
    generations = [
        a_generation(
            f"sequence-{n}", GenerationState.RUNNING, position=n, sent_at=at, credits_used=n
        )
        for n, at in ((1, NOVEMBER - 2), (2, NOVEMBER - 1), (3, NOVEMBER))
    ]
    await store.save(
        replace(request, state=State.PENDING, generations=tuple(reversed(generations)))
    )

    assert [entry.position for entry in await ledger.entries("2026-10")] == [1, 2]
    assert [entry.position for entry in await ledger.entries("2026-11")] == [3]
    assert await ledger.spent("2026-10") == {"U1": 3.0}
    assert await ledger.spent("2026-11") == {"U1": 3.0}


async def test_a_request_that_an_older_release_sent_is_entered_with_the_next_write(
    store: Requests, ledger: Ledger, redis: Redis, prefix: str
) -> None:
    request = await running(store, credits_used=2.0)
    await redis.delete(f"{prefix}ledger:2026-11", f"{prefix}spent:2026-11")

    await store.save(ended(request, GenerationState.FAILED))

    (entry,) = await ledger.entries("2026-11")
    assert entry.outcome is GenerationState.FAILED
    assert await ledger.spent("2026-11") == {"U1": 2.0}


async def test_a_month_is_kept_for_more_than_a_year(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await running(store, credits_used=2.0)

    for key in ("ledger:2026-11", "spent:2026-11"):
        assert 366 * 86400 < await redis.ttl(f"{prefix}{key}") < 420 * 86400


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"outcome":"odd"}',
        '{"at":"soon","outcome":"done"}',
        "\x00",
        "[" * 9000,
    ],
)
async def test_an_entry_that_cannot_be_read_is_left_out_and_said(
    damaged: str,
    store: Requests,
    ledger: Ledger,
    redis: Redis,
    prefix: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await running(store, credits_used=1.5)
    await redis.hset(f"{prefix}ledger:2026-11", "r9:sequence-1", damaged)

    [entry] = await ledger.entries("2026-11")

    assert entry.request == "r1"
    assert "left out of 2026-11: r9:sequence-1" in caplog.text
