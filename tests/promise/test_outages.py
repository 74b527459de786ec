"""Slack, Redis or a replica goes away in the middle; what was acknowledged is finished."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path

import pytest

from bot.store.client import ANSWER_LIMIT
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.iacrea import Slow as SlowAnswer
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import INTERVAL, Bots, connected, replies

SLOW = Timings(queue=0.2, animate=2.0, render=0.5)


def embedded_pid(bots: Bots) -> int:
    return int((Path(bots.environ["BOT_DATA_DIR"]) / "valkey.pid").read_text())


async def test_what_was_pending_survives_kill_9_of_the_bot_and_of_its_valkey(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    iacrea.account.timings = SLOW
    video = iacrea.account.add_video(sequences=3)
    await bots.start(environ={"REDIS_URL": ""})
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    await bots.kill()
    with contextlib.suppress(ProcessLookupError):
        os.kill(embedded_pid(bots), signal.SIGKILL)

    await bots.start(environ={"REDIS_URL": ""})
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    bots.running[-1].terminate()
    await bots.running[-1].wait()

    assert "is ready" in replies(slack, listings)[0].text
    assert iacrea.posts == 1


@pytest.mark.alone
async def test_when_redis_is_away_the_acknowledgement_says_that_nothing_was_started(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await bots.start(environ={"REDIS_URL": ""})
    await connected(slack)
    await slack.command(anna, listings, "/regen help")
    valkey = embedded_pid(bots)
    os.kill(valkey, signal.SIGSTOP)
    delivery = await slack.command(anna, listings, f"/regen {video.id} 2")
    os.kill(valkey, signal.SIGCONT)

    assert delivery.ok
    assert delivery.latency < 2.0
    assert delivery.ack is not None
    assert "Nothing was started" in delivery.ack["text"]
    await slack.command(anna, listings, f"/regen {video.id} 3")
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    bots.running[-1].terminate()
    await bots.running[-1].wait()
    bodies = [call.body["sequenceId"] for call in iacrea.calls if call.method == "POST"]
    assert bodies == [video.sequences[2].id], "what was told not to be started never is"


async def test_an_outage_of_slack_delays_the_outcome_and_loses_nothing(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    iacrea.account.timings = SLOW
    video = iacrea.account.add_video(sequences=3)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    port = int(slack.api_url.rsplit(":", 1)[1].split("/")[0])
    await slack.stop()
    await iacrea.until(lambda _: video.renders == 2)
    await slack.start(port=port)

    await slack.until(lambda _: len(replies(slack, listings)) == 1)

    assert "is ready" in replies(slack, listings)[0].text


@pytest.mark.parametrize("method", ["http_errors", "rate_limited", "lost_answers"])
async def test_slacks_refusals_are_waited_out_and_the_outcome_is_told_once(
    method: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
) -> None:
    iacrea.account.timings = SLOW
    video = iacrea.account.add_video(sequences=3)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    if method == "http_errors":
        slack.faults.http_errors["chat.postMessage"] = [500, 503]
    else:
        getattr(slack.faults, method)["chat.postMessage"] = 1

    await slack.until(lambda _: "see the thread" in str(slack.workspace.messages(listings)), 40)

    assert len(replies(slack, listings)) == 1


async def test_two_replicas_share_the_polls_of_a_video_and_one_goes_on_when_the_other_is_killed(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    iacrea.account.timings = Timings(queue=0.2, animate=4.0, render=0.2)
    video = iacrea.account.add_video(sequences=3)
    first = await bots.start()
    await bots.start()
    await connected(slack, 4)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.polls(video.id) >= 15)
    polls = [call.time for call in iacrea.calls if call.method == "GET"][2:]
    assert len(polls) - 1 <= (polls[-1] - polls[0]) / INTERVAL + 1.5

    first.kill()
    await slack.until(lambda _: len(replies(slack, listings)) == 1)

    assert iacrea.posts == 1
    assert len(replies(slack, listings)) == 1


async def test_a_rolling_restart_loses_nothing(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    iacrea.account.timings = SLOW
    videos = [iacrea.account.add_video(sequences=3) for _ in range(5)]
    old = await bots.start()
    await connected(slack)
    await asyncio.gather(
        *(slack.command(anna, listings, f"/regen {video.id} 2") for video in videos)
    )
    await bots.start()
    await connected(slack, 4)
    old.terminate()
    assert await old.wait() == 0

    await slack.until(lambda _: len(replies(slack, listings)) == 5)

    assert iacrea.posts == 5


async def test_a_stop_does_not_wait_for_a_slow_iacrea_and_the_next_process_finishes(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    video = iacrea.account.add_video(sequences=3)
    iacrea.faults.posts.append(SlowAnswer(30.0))
    first = await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)

    first.terminate()
    async with asyncio.timeout(60):
        assert await first.wait() == 0
    assert "was destroyed" not in bots.log()
    await bots.start()
    await slack.until(lambda _: len(replies(slack, listings)) == 1)

    assert "is ready" in replies(slack, listings)[0].text
    assert iacrea.posts == 1


async def test_what_came_of_a_post_is_written_down_when_redis_is_back(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    iacrea.account.timings = SLOW
    iacrea.faults.posts.append(SlowAnswer(1.0))
    video = iacrea.account.add_video(sequences=3)
    await bots.start(environ={"REDIS_URL": ""})
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    valkey = embedded_pid(bots)
    os.kill(valkey, signal.SIGSTOP)
    await asyncio.sleep(ANSWER_LIMIT + 2.0)  # the answer comes meanwhile, and writing it fails
    os.kill(valkey, signal.SIGCONT)

    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    [outcome] = replies(slack, listings)
    bots.running[-1].terminate()
    await bots.running[-1].wait()
    assert "3 credits used" in str(outcome.blocks), "what IACrea said of the price is kept"
    assert iacrea.posts == 1
