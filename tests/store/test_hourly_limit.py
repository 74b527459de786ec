"""At most so many regenerations within an hour: counted with the write, whoever races."""

import asyncio
import time
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.errors import HourlyLimit
from bot.domain.request import GenerationState, Request, RequestId, State
from bot.store.requests import Requests
from tests.store.conftest import a_generation, a_request

HOUR = 3600

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def limited(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0, max_per_hour=5)


async def checked(store: Requests, name: str, sequences: int = 1, *, by: str = "U1") -> Request:
    request = a_request(name, video=f"video of {name}", by=by)
    await store.accept(request, within=5.0)
    generations = tuple(a_generation(f"sequence-{number}") for number in range(sequences))
    return await store.save(replace(request, state=State.CHECKED, generations=generations))


async def counted(redis: Redis, prefix: str, user: str = "U1") -> int:
    return int(await redis.zcard(f"{prefix}hour:{user}"))


async def test_more_than_the_limit_is_refused_and_nothing_of_it_written(
    limited: Requests, redis: Redis, prefix: str
) -> None:
    await checked(limited, "r1", 4)

    with pytest.raises(HourlyLimit) as raised:
        await checked(limited, "r2", 2)

    assert raised.value == HourlyLimit(limit=5, asked=2, minutes=60)
    refused = await limited.load(RequestId("r2"))
    assert refused is not None
    assert (refused.state, refused.version) == (State.ACCEPTED, 1)
    assert await redis.exists(f"{prefix}running:video of r2:sequence-0") == 0
    assert [each.id for each in await limited.newest()] == ["r1"]
    assert await counted(redis, prefix) == 4
    await checked(limited, "r3")


async def test_each_person_has_a_limit_of_their_own(limited: Requests) -> None:
    await checked(limited, "r1", 5, by="U1")

    await checked(limited, "r2", 5, by="U2")


async def test_of_many_at_once_no_more_than_the_limit_pass(limited: Requests) -> None:
    for number in range(5):  # the first round opens the connections, the others race
        user = f"U{number}"
        results = await asyncio.gather(
            *(checked(limited, f"{user}-{n}", by=user) for n in range(20)), return_exceptions=True
        )
        assert sum(isinstance(each, HourlyLimit) for each in results) == 15
        assert sum(isinstance(each, Request) for each in results) == 5


async def test_what_is_an_hour_ago_does_not_count_and_the_rest_tells_when(
    limited: Requests, redis: Redis, prefix: str
) -> None:
    now = time.time()
    ago = {"a": now - HOUR - 1, "b": now - 3000, "c": now - 1800, "d": now - 600, "e": now}
    await redis.zadd(f"{prefix}hour:U1", ago)
    await checked(limited, "r1")

    with pytest.raises(HourlyLimit) as one_more:
        await checked(limited, "r2")
    with pytest.raises(HourlyLimit) as two_more:
        await checked(limited, "r3", 2)

    assert one_more.value.minutes == 10
    assert two_more.value.minutes == 30


async def test_a_request_that_is_larger_than_the_limit_never_passes(limited: Requests) -> None:
    with pytest.raises(HourlyLimit) as raised:
        await checked(limited, "r1", 6)

    assert raised.value == HourlyLimit(limit=5, asked=6, minutes=0, positions=(1,) * 5)


@pytest.mark.parametrize(
    ("states", "left"),
    [
        ((GenerationState.WAITING, GenerationState.WAITING), 0),
        ((GenerationState.DONE, GenerationState.REFUSED), 1),
        ((GenerationState.NOT_STARTED, GenerationState.FAILED), 2),
    ],
)
async def test_what_was_never_sent_does_not_count(
    limited: Requests, redis: Redis, prefix: str, states: tuple[GenerationState, ...], left: int
) -> None:
    request = await checked(limited, "r1", 2)
    pairs = zip(request.generations, states, strict=True)
    generations = tuple(
        replace(generation, state=state, sent_at=time.time()) for generation, state in pairs
    )

    await limited.save(replace(request, state=State.ENDED, generations=generations))

    assert await counted(redis, prefix) == left


async def test_a_check_that_is_written_again_an_hour_later_is_not_asked_again(
    limited: Requests, redis: Redis, prefix: str
) -> None:
    request = await checked(limited, "r1", 5)
    request = await limited.save(replace(request, posting=True))
    await redis.delete(f"{prefix}hour:U1")
    await checked(limited, "r2", 5)

    await limited.save(replace(request, posting=False))

    assert await counted(redis, prefix) == 5


async def test_watching_costs_nothing_and_does_not_count(
    limited: Requests, redis: Redis, prefix: str
) -> None:
    request = a_request()
    request = replace(request, order=replace(request.order, watch=True))
    await limited.accept(request, within=1.0)

    await limited.save(replace(request, state=State.CHECKED, generations=(a_generation(),) * 6))

    assert await counted(redis, prefix) == 0


async def test_without_a_limit_nothing_is_counted(
    store: Requests, redis: Redis, prefix: str
) -> None:
    await checked(store, "r1", 20)

    assert await counted(redis, prefix) == 0
