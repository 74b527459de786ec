"""The client on a simulated account, and on servers that a test writes for itself."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.iacrea.client import IACrea
from sandbox.iacrea import IACreaSimulator, Timings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def account() -> AsyncIterator[IACreaSimulator]:
    simulator = IACreaSimulator(timings=Timings(queue=0, animate=0, render=0))
    async with simulator:
        yield simulator


@pytest.fixture
async def client(account: IACreaSimulator) -> AsyncIterator[IACrea]:
    client = IACrea(account.base_url, account.api_key, timeout=3)
    yield client
    await client.aclose()


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., IACrea]]:
    """Clients of any address, closed in the end."""
    clients: list[IACrea] = []

    def make(base_url: str, api_key: str = "a-secret-key", **options: Any) -> IACrea:
        clients.append(IACrea(base_url, api_key, **{"timeout": 3, **options}))
        return clients[-1]

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Handler], Awaitable[str]]]:
    """Starts servers that answer every request with one handler; gives their address."""
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()
