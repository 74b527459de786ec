"""A short piece of the campaign, and that what it shall find can be found at all."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.chaos.campaign import run
from tests.chaos.proxy import Proxy
from tests.chaos.schedule import FAULTS, HISTORY, PUBLIC, REQUESTS, Fault, Place, plan

SHORT = (3, 1, 2)
"""One with each number of replicas."""


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", SHORT)
async def test_no_promise_is_broken_under_fire(seed: int) -> None:
    done = await run(seed)
    assert done.verdict.violations == [], f"replay it: python -m tests.chaos {seed}\n{done.logs}"
    assert done.verdict.requests > 0


def test_a_seed_is_the_same_run_each_time_and_all_seeds_together_hold_every_fault() -> None:
    assert plan(17) == plan(17)
    plans = [plan(seed) for seed in range(100)]
    struck = Counter(strike.fault for each in plans for strike in each.strikes)
    assert set(struck) == set(Fault)
    assert {each.replicas for each in plans} == {1, 2, 3}
    declined = Counter(scope for each in plans for scope in each.declined)
    assert set(declined) == {*HISTORY, PUBLIC}
    assert {ask.place for each in plans for ask in each.asks} == set(Place)
    assert all((len(each.asks), len(each.strikes)) == (REQUESTS, FAULTS) for each in plans)
    assert {plan(seed).replicas for seed in SHORT} == {1, 2, 3}


async def test_the_proxy_passes_on_delays_cuts_and_refuses() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            while data := await reader.read(100):
                writer.write(data)

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    loop = asyncio.get_running_loop()
    async with server, Proxy(server.sockets[0].getsockname()[1]) as proxy:
        async with through(proxy) as (reader, writer):
            writer.write(b"one")
            assert await reader.read(100) == b"one"

            proxy.delay = 0.2
            began = loop.time()
            writer.write(b"two")
            assert await reader.read(100) == b"two"
            assert loop.time() - began >= 0.2

            assert proxy.cut() == 1
            assert await ended(reader)
        proxy.refuses = True
        async with through(proxy) as (reader, _):
            assert await ended(reader)


@contextlib.asynccontextmanager
async def through(
    proxy: Proxy,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    yield reader, writer
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def ended(reader: asyncio.StreamReader) -> bool:
    """Whether nothing comes any more, in whichever way that is said."""
    try:
        return await reader.read(100) == b""
    except ConnectionError:
        return True
