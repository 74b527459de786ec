"""The ledger cannot differ from the records: it is written with them."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.ledger import Entry
from bot.domain.request import Request, State, TakeState
from bot.store.generations import Generations, OvertakenError
from bot.store.ledger import Ledger
from tests.store.conftest import a_request, a_take

NOVEMBER = 1_793_491_200.0  # 2026-11-01T00:00:00Z

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def ledger(redis: Redis, prefix: str) -> Ledger:
    return Ledger(redis, prefix)


async def running(
    store: Generations, name: str = "r1", *, by: str = "U1", credits_used: float | None = None
) -> Request:
    request = a_request(name, by=by, video=f"video of {name}")
    request = replace(request, wish=replace(request.wish, effect="CAMERA_PUSH_IN"))
    await store.accept(request, within=5.0)
    take = a_take(state=TakeState.RUNNING, sent_at=NOVEMBER, credits_used=credits_used)
    return await store.save(replace(request, state=State.PENDING, takes=(take,)))


def ended(request: Request, state: TakeState = TakeState.DONE) -> Request:
    takes = tuple(replace(take, state=state) for take in request.takes)
    return replace(request, state=State.ENDED, takes=takes)


async def test_what_is_sent_is_in_the_ledger_with_all_that_is_known(
    store: Generations, ledger: Ledger
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
            outcome=TakeState.RUNNING,
            effect="CAMERA_PUSH_IN",
            credits=1.5,
        )
    ]
    assert await ledger.spent("2026-11") == {"U1": 1.5}
    assert await ledger.entries("2026-10") == []
    assert await ledger.spent("2026-10") == {}


async def test_the_outcome_follows_and_the_credits_are_summed_once(
    store: Generations, ledger: Ledger
) -> None:
    request = await running(store, credits_used=0.1)
    for state in (State.ENDED, State.ENDED, State.TOLD, State.TOLD):
        request = await store.save(replace(ended(request), state=state))

    (entry,) = await ledger.entries("2026-11")
    assert (entry.outcome, entry.credits) == (TakeState.DONE, 0.1)
    assert await ledger.spent("2026-11") == {"U1": 0.1}


async def test_credits_that_are_known_later_are_summed_then(
    store: Generations, ledger: Ledger
) -> None:
    request = await running(store)
    assert await ledger.spent("2026-11") == {}

    await store.save(replace(request, takes=(replace(request.takes[0], credits_used=3.0),)))

    assert await ledger.spent("2026-11") == {"U1": 3.0}


async def test_the_sums_are_those_of_the_entries_whoever_races(
    store: Generations, ledger: Ledger
) -> None:
    for round_ in range(5):  # the first round opens the connections, the others race
        started = await asyncio.gather(
            *(running(store, f"r{round_}-{n}", by=f"U{n % 3}") for n in range(6))
        )
        writes = [
            replace(each, takes=(replace(each.takes[0], credits_used=2.0),))
            for each in started
            for _ in range(4)
        ]
        results = await asyncio.gather(*map(store.save, writes), return_exceptions=True)
        assert sum(isinstance(each, OvertakenError) for each in results) == 18

    assert await ledger.spent("2026-11") == {"U0": 20.0, "U1": 20.0, "U2": 20.0}
    assert sum(entry.credits or 0 for entry in await ledger.entries("2026-11")) == 60.0


async def test_a_write_that_is_refused_leaves_the_ledger_alone(
    store: Generations, ledger: Ledger
) -> None:
    request = await running(store)
    await store.save(ended(request))

    with pytest.raises(OvertakenError):
        await store.save(replace(request, takes=(replace(request.takes[0], credits_used=9.0),)))

    assert await ledger.spent("2026-11") == {}


async def test_a_request_over_the_end_of_a_month_is_in_both(
    store: Generations, ledger: Ledger
) -> None:
    request = a_request()
    await store.accept(request, within=1.0)
    takes = [
        a_take(f"sequence-{n}", TakeState.RUNNING, position=n, sent_at=at, credits_used=n)
        for n, at in ((1, NOVEMBER - 2), (2, NOVEMBER - 1), (3, NOVEMBER))
    ]
    await store.save(replace(request, state=State.PENDING, takes=tuple(reversed(takes))))

    assert [entry.position for entry in await ledger.entries("2026-10")] == [1, 2]
    assert [entry.position for entry in await ledger.entries("2026-11")] == [3]
    assert await ledger.spent("2026-10") == {"U1": 3.0}
    assert await ledger.spent("2026-11") == {"U1": 3.0}


async def test_a_request_that_an_older_release_sent_is_entered_with_the_next_write(
    store: Generations, ledger: Ledger, redis: Redis, prefix: str
) -> None:
    request = await running(store, credits_used=2.0)
    await redis.delete(f"{prefix}ledger:2026-11", f"{prefix}spent:2026-11")

    await store.save(ended(request, TakeState.FAILED))

    (entry,) = await ledger.entries("2026-11")
    assert entry.outcome is TakeState.FAILED
    assert await ledger.spent("2026-11") == {"U1": 2.0}


async def test_a_month_is_kept_for_more_than_a_year(
    store: Generations, redis: Redis, prefix: str
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
    store: Generations,
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
