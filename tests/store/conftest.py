"""A store under a prefix of its own, and a look at what it leaves behind."""

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.domain.request import (
    ChannelId,
    Generation,
    GenerationState,
    Order,
    Origin,
    Request,
    RequestId,
    Selection,
    State,
    UserId,
)
from bot.domain.video import SequenceId, VideoId
from bot.store.embedded import EmbeddedValkey
from bot.store.requests import Requests

LASTING = {"steps", "notices", "polls", "clock", "names", "named"}


@pytest.fixture
async def no_leaks(redis: Redis, prefix: str) -> AsyncIterator[None]:
    """Fails a test that leaves a key which neither expires nor belongs to a live request."""
    yield
    for key in await redis.keys(f"{prefix}*"):
        name = key.removeprefix(prefix)
        if name.partition(":")[0] in {"request", "waiting", "running"}:
            assert await redis.pttl(key) != -1 or await belongs_to_a_live_request(
                redis, prefix, name
            )
        else:
            assert name in LASTING or await redis.pttl(key) != -1, name


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


async def belongs_to_a_live_request(redis: Redis, prefix: str, name: str) -> bool:
    store = Requests(redis, prefix=prefix, poll_interval=1.0)
    kind, _, rest = name.partition(":")
    if kind == "request":
        ids = [rest]
    elif kind == "running":
        ids = [await redis.get(prefix + name)]
    else:
        ids = list(await redis.smembers(prefix + name))
    found = [await store.load(RequestId(each)) for each in ids]
    return all(request is not None and request.state is not State.TOLD for request in found)


def a_request(
    name: str = "r1",
    *,
    video: str = "video-1",
    by: str = "U1",
    channel: str = "C1",
    at: float | None = None,
) -> Request:
    """Asked now, if no time is given."""
    origin = Origin(UserId(by), ChannelId(channel), at=time.time() if at is None else at)
    return Request(RequestId(name), origin, Order(VideoId(video), Selection(positions=(1,))))


def a_generation(
    sequence: str = "sequence-1", state: GenerationState = GenerationState.WAITING, **changes: Any
) -> Generation:
    return replace(Generation(SequenceId(sequence), 1, "success", state=state), **changes)


@contextlib.asynccontextmanager
async def running(directory: Path) -> AsyncIterator[Redis]:
    """An embedded Valkey there, for as long as the block."""
    async with EmbeddedValkey(directory) as url, Redis.from_url(url) as redis:
        yield redis
