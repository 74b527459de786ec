"""A simulated account on a clock that only the test moves, and a raw HTTP client on it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from sandbox.iacrea import ApiVariant, IACreaSimulator, Timings, Video
from tests.plain_http import plain_http

TIMINGS = Timings(queue=1, animate=10, render=4)


@dataclass
class Clock:
    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Client:
    """One simulator, as a test drives it: `raw` is a plain HTTP client with the right key."""

    iacrea: IACreaSimulator
    raw: httpx.AsyncClient
    clock: Clock = field(default_factory=Clock)

    async def get(self, video: Video) -> httpx.Response:
        return await self.raw.get(f"/api/video-editor/generate/video/{video.id}")

    async def post(self, video: Video, place: int = 0, **sequence: str) -> httpx.Response:
        body: dict[str, Any] = {"sequenceId": video.sequences[place].id}
        if sequence:
            body["sequence"] = sequence
        return await self.raw.post(f"/api/video-editor/generate/sequence/{video.id}", json=body)

    async def after(self, seconds: float, video: Video) -> dict[str, Any]:
        """What a GET answers when so much more time has passed."""
        self.clock.now += seconds
        return (await self.get(video)).json()


@pytest.fixture
async def new_client() -> AsyncIterator[Callable[..., Any]]:
    opened: list[Client] = []

    async def make(**options: Any) -> Client:
        clock = Clock()
        iacrea = IACreaSimulator(**{"clock": clock, "timings": TIMINGS, **options})
        await iacrea.start()
        raw = plain_http(base_url=iacrea.base_url, headers={"x-api-key": iacrea.api_key})
        opened.append(Client(iacrea, raw, clock))
        return opened[-1]

    yield make
    for client in opened:
        await client.raw.aclose()
        await client.iacrea.stop()


@pytest.fixture
async def client(new_client: Callable[..., Any]) -> Client:
    return await new_client()


@pytest.fixture
def speaking(new_client: Callable[..., Any]) -> Callable[..., Any]:
    """A client of an account that reads one open point of the reference in another way."""

    async def make(**readings: Any) -> Client:
        return await new_client(variant=ApiVariant(**readings))

    return make
