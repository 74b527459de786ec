"""A tracker with a real store, which asks the simulated IACrea; and what it did."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.progress import Progress
from bot.domain.request import Generation, GenerationState, Request, State
from bot.follower import Follower, FollowStores
from bot.iacrea.client import IACrea
from bot.store.requests import Requests
from bot.store.stores import Stores
from bot.tracker import Listeners, Schedule, Tracker
from sandbox.iacrea import IACreaSimulator, Timings, Video
from tests.store.conftest import a_request

INTERVAL = 0.2


@pytest.fixture
async def client(iacrea: IACreaSimulator) -> AsyncIterator[IACrea]:
    client = IACrea(iacrea.base_url, iacrea.api_key)
    yield client
    await client.aclose()


@pytest.fixture
def store(stores: Stores) -> Requests:
    return stores.requests


@pytest.fixture
def shown() -> list[Progress]:
    return []


@pytest.fixture
def follower(stores: Stores) -> Follower:
    needed = FollowStores(stores.follows, stores.requests, stores.overview)
    return Follower(needed, 60.0, lambda *_: None)


@pytest.fixture
def stores(redis: Redis, prefix: str) -> Stores:
    return Stores.over(redis, prefix, poll_interval=INTERVAL)


@pytest.fixture
def tracker(stores: Stores, client: IACrea, shown: list[Progress], follower: Follower) -> Tracker:
    return Tracker(
        stores.requests,
        stores.estimates,
        client,
        Schedule(INTERVAL, timeout=60.0),
        Listeners(lambda _, progress: shown.append(progress), lambda _: None, follower),
    )


@pytest.fixture
def video(iacrea: IACreaSimulator) -> Video:
    """A video whose second sequence was regenerated just now and takes its time."""
    iacrea.account.timings = Timings(queue=0.0, animate=60.0, render=0.0)
    video = iacrea.account.add_video(sequences=3)
    iacrea.account.regenerate(video.id, video.sequences[1].id, image=None, effect=None)
    return video


async def waits(store: Requests, video: Video, name: str = "r1", position: int = 2) -> Request:
    sequence = video.sequences[position - 1]
    generation = Generation(
        sequence.id, position, "success", state=GenerationState.RUNNING, sent_at=store.now() - 1
    )
    request = a_request(name, video=video.id)
    await store.accept(request, within=1.0)
    pending = replace(
        request,
        state=State.PENDING,
        generations=(generation,),
        video_status="DONE",
        deadline=store.now() + 60,
    )
    return await store.save(pending)


async def due_in(redis: Redis, prefix: str, store: Requests, video: Video) -> float:
    score = await redis.zscore(f"{prefix}polls", video.id)
    assert score is not None
    return float(score) - store.now()
