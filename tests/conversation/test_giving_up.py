"""Ends that are neither a success nor a failure: never started, or not finished in time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.iacrea import Answered, Dropped, IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK, free_port, running
from tests.conversation.conftest import button, outcome

TIMEOUT = 2.0


@pytest.fixture(autouse=True)
async def impatient_bot(environ: dict[str, str]) -> AsyncIterator[None]:
    """The bot with a short GENERATION_TIMEOUT, which also bounds the grace of a lost answer."""
    impatience = {"PORT": str(free_port()), "GENERATION_TIMEOUT": str(TIMEOUT)}
    async with running(environ | impatience):
        yield


async def test_a_post_that_never_arrived_is_told_as_not_started_with_retry(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.faults.posts.append(Dropped())
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")

    unclear = await outcome(slack, listings)

    assert "does not seem to have started" in unclear.text
    assert iacrea.posts == 0
    assert button(unclear, "retry")

    await slack.click(anna, unclear, "retry")
    assert "is ready" in (await outcome(slack, listings, count=2)).text
    assert iacrea.posts == 1


async def test_a_generation_that_never_ends_is_given_up_and_told(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")

    expired = await outcome(slack, listings)

    assert "stopped watching" in expired.text
    assert iacrea.posts == 1
    polls = iacrea.polls(video.id)
    await asyncio.sleep(0.5)
    assert iacrea.polls(video.id) == polls

    await slack.click(anna, expired, "keep_watching")
    again = await outcome(slack, listings, count=2)
    assert "stopped watching" in again.text

    iacrea.account.timings = QUICK
    for sequence in video.sequences:
        sequence.ready_at = 0.0
    await slack.click(anna, again, "keep_watching")
    done = await outcome(slack, listings, count=3)
    assert "is ready, with" in done.text
    assert done.thread_ts == expired.thread_ts
    assert button(done, "regenerate_again")
    assert iacrea.posts == 1, "watching costs nothing"


async def test_a_video_that_is_deleted_while_it_is_watched_is_told_as_failed(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = iacrea.account.add_video(sequences=5)
    iacrea.faults.gets.extend([None, None, *([Answered(404)] * 20)])
    await slack.command(anna, listings, f"/regen {video.id} 2")

    gone = await outcome(slack, listings)

    assert "knows no video" in gone.text
