"""A take is written with what ends its sequence, once, and kept as long as the ledger."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.request import GenerationState, Request, State
from bot.domain.take import Take, takes
from bot.domain.video import SequenceId, VideoId
from bot.store import writing
from bot.store.errors import OvertakenError
from bot.store.requests import Requests
from bot.store.takes import Takes
from tests.store.conftest import a_generation, a_request

VIDEO, SEQUENCE = VideoId("video-1"), SequenceId("sequence-1")
DONE, RUNNING = GenerationState.DONE, GenerationState.RUNNING

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def kept(redis: Redis, prefix: str) -> Takes:
    return Takes(redis, prefix)


async def running(store: Requests, name: str = "r1", *, at: float | None = None) -> Request:
    request = a_request(name)
    await store.accept(request, within=5.0)
    sent_at = store.now() if at is None else at
    generation = a_generation(state=RUNNING, sent_at=sent_at, url="https://e.com/photo.jpg")
    return await store.save(replace(request, state=State.PENDING, generations=(generation,)))


def ended(request: Request, state: State = State.ENDED) -> Request:
    [generation] = request.generations
    made = replace(generation, state=DONE, new_url="https://e.com/clip.mp4", credits_used=1.5)
    return replace(request, state=state, generations=(made,), video_url="https://e.com/film.mp4")


def named(request: Request) -> Take:
    """Its take, in no workspace."""
    [take] = takes(request)
    return take


async def test_it_is_there_with_the_change_that_ends_its_sequence_and_not_before(
    store: Requests, kept: Takes
) -> None:
    request = await running(store)
    assert await kept.of(VIDEO, SEQUENCE) == []

    request = await store.save(ended(request))

    [take] = await kept.of(VIDEO, SEQUENCE)
    assert take == named(request)
    assert (take.picture, take.clip, take.film) == (
        "https://e.com/photo.jpg",
        "https://e.com/clip.mp4",
        "https://e.com/film.mp4",
    )
    assert await kept.named(take.name) == take


async def test_every_later_state_of_its_request_is_the_same_take(
    store: Requests, kept: Takes
) -> None:
    request = await store.save(ended(await running(store)))
    store.workspace = "https://acme.slack.com/"
    for changes in ({}, {"message": "1.2", "reply": "1.3"}, {"state": State.TOLD}):
        request = await store.save(replace(request, **changes))

    [take] = await kept.of(VIDEO, SEQUENCE)
    assert take == replace(named(request), workspace="https://acme.slack.com/")
    assert await kept.since(0.0) == [take]


async def test_a_write_that_is_refused_leaves_no_take(store: Requests, kept: Takes) -> None:
    request = await running(store)
    await store.save(replace(request, tries=1))

    with pytest.raises(OvertakenError):
        await store.save(ended(request))

    assert await kept.of(VIDEO, SEQUENCE) == []


async def test_the_newest_comes_first_and_others_are_in_none_of_its_lists(
    store: Requests, kept: Takes
) -> None:
    now = store.now()
    for name, at in (("r1", now - 30), ("r2", now - 10), ("r3", now - 20)):
        await store.save(ended(await running(store, name, at=at)))

    assert [each.entry.request for each in await kept.of(VIDEO, SEQUENCE)] == ["r2", "r3", "r1"]
    assert [each.entry.request for each in await kept.since(now - 25)] == ["r3", "r2"]
    assert await kept.of(VIDEO, SequenceId("sequence-2")) == []
    assert await kept.named("r9:sequence-1") is None


async def test_it_is_kept_as_long_as_the_ledger(
    store: Requests, kept: Takes, redis: Redis, prefix: str
) -> None:
    old = store.now() - writing.LEDGER_KEPT - 60
    await store.save(ended(await running(store, "old", at=old)))
    await store.save(ended(await running(store, "new")))

    assert [each.entry.request for each in await kept.of(VIDEO, SEQUENCE)] == ["new"]
    assert [each.entry.request for each in await kept.since(0.0)] == ["new"]
    for key in ("takes", "takes-at", "takes-of:video-1:sequence-1"):
        assert 366 * 86400 < await redis.ttl(f"{prefix}{key}") < 420 * 86400


async def test_there_is_an_end_to_them_in_all_and_of_a_sequence(
    store: Requests, kept: Takes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_TAKES", 3)
    monkeypatch.setattr(writing, "MOST_OF_SEQUENCE", 2)
    now = store.now()
    for number in range(5):
        await store.save(ended(await running(store, f"r{number}", at=now - 10 + number)))

    assert [each.entry.request for each in await kept.of(VIDEO, SEQUENCE)] == ["r4", "r3"]
    assert [each.entry.request for each in await kept.since(0.0)] == ["r2", "r3", "r4"]


async def test_one_that_cannot_be_read_is_left_out_and_said(
    store: Requests,
    kept: Takes,
    redis: Redis,
    prefix: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("r1", "r2"):
        await store.save(ended(await running(store, name)))
    await redis.hset(f"{prefix}takes", "r1:sequence-1", "[" * 9000)

    [take] = await kept.of(VIDEO, SEQUENCE)

    assert take.entry.request == "r2"
    assert "a take left out: r1:sequence-1" in caplog.text
