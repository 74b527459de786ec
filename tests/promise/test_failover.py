"""A release is rolled out while Redis fails over, under load: nothing lost, nothing paid twice."""

import asyncio
import contextlib
import itertools
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import trustme

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Delivery, SlackSimulator, User
from tests.conftest import ROOT, Bots, connected, metadata
from tests.depth import IN_CI, in_ci
from tests.promise.conftest import outcomes
from tests.servers import Guarded, behind_tls, guarded, valkey

REQUESTS = 24 if IN_CI else 14
SPREAD = 10.0
"""Seconds in which they are typed, and in which Redis fails over."""
SAFE = ("--appendonly", "yes", "--save", "")
USERS = ROOT / "docs" / "deploy" / "users.acl"


@pytest.fixture
async def redises(tmp_path: Path) -> AsyncIterator[Guarded]:
    with guarded(tmp_path / "redis") as redises:
        await redises.ready()
        yield redises


@pytest.fixture(params=["replaced", *in_ci("killed", "planned", "managed")])
def how(request: pytest.FixtureRequest) -> str:
    """Behind Sentinels, whether the primary dies or hands over; or behind a moving endpoint.

    Where it dies another one takes its place, as an orchestrator sees to, or the new primary is
    left without replica, which bots accept after 25 s (`replicas.GIVE_UP`).
    """
    return str(request.param)


@pytest.fixture
def fail_over(
    how: str, redises: Guarded, tmp_path: Path
) -> Iterator[Callable[[], Awaitable[None]]]:
    """Has the primary be one no more."""
    with contextlib.ExitStack() as stack:

        async def replace() -> None:
            await redises.promoted()
            following = ("--replicaof", "127.0.0.1", str(redises.replica.port))
            at_once = ("--repl-diskless-sync-delay", "0")
            stack.enter_context(valkey(tmp_path / "third", *SAFE, *following, *at_once))

        async def fail() -> None:
            if how == "planned":
                await redises.fail_over()
                return
            redises.primary.process.kill()
            if how == "replaced":
                stack.callback(asyncio.create_task(replace()).cancel)

        yield fail


@pytest.fixture
async def url(how: str, redises: Guarded, tmp_path: Path) -> AsyncIterator[str]:
    if how != "managed":
        yield redises.url
        return
    rights = USERS.read_text("utf-8").splitlines()[-1].removeprefix("user ").split()
    for server in (redises.primary, redises.replica):
        async with server.client() as redis:
            await redis.execute_command("ACL", "SETUSER", *rights)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    async with behind_tls(redises.at, authority.issue_cert("localhost")) as port:
        yield f"rediss://regen:CHANGE-ME@localhost:{port}/0?ssl_ca_certs={tmp_path / 'ca.pem'}"


@pytest.fixture
def environ(environ: dict[str, str], url: str) -> dict[str, str]:
    return environ | {"REDIS_URL": url, "REDIS_PREFIX": "regen:", "POLL_INTERVAL": "0.5"}


async def asked(slack: SlackSimulator, anna: User, channel: Channel, text: str) -> Delivery:
    """Types it, and types it again for as long as nothing was started, as a person would."""
    while True:
        delivery = await slack.command(anna, channel, text)
        if delivery.ok and not delivery.ack:
            return delivery
        await asyncio.sleep(1.0)


async def asked_about(slack: SlackSimulator, anna: User, channel: Channel) -> None:
    """Types again what she is asked about, as it seemed to come when Slack had given it up."""
    answered = 0
    while True:
        texts = [each.text for each in slack.workspace.ephemerals(anna, channel)]
        questions = [each for each in texts if each.startswith("Slack had given up on")]
        for question in questions[answered:]:
            await asked(slack, anna, channel, question.split("`")[1])
        answered = len(questions)
        await asyncio.sleep(0.3)


async def test_two_replicas_restarted_in_turn_while_redis_fails_over_lose_nothing(
    redises: Guarded,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    channels: list[Channel],
    bots: Bots,
    fail_over: Callable[[], Awaitable[None]],
) -> None:
    iacrea.account.timings = Timings(queue=0.2, animate=2.0, render=0.5)
    videos = [iacrea.account.add_video(sequences=3) for _ in range(REQUESTS)]
    for _ in range(2):
        await bots.start()
    await connected(slack, 4)

    async def people() -> None:
        async with asyncio.TaskGroup() as group:
            for video, channel in zip(videos, itertools.cycle(channels), strict=False):
                group.create_task(asked(slack, anna, channel, f"/regen {video.id} 2"))
                await asyncio.sleep(SPREAD / REQUESTS)

    asking = asyncio.create_task(people())
    answering = [asyncio.create_task(asked_about(slack, anna, each)) for each in channels]
    await slack.until(lambda it: sum(len(it.messages(each)) for each in channels) >= 4)
    for old in tuple(bots.running):
        old.send_signal(signal.SIGTERM)
        if old is bots.running[0]:
            await fail_over()
        assert await old.wait() == 0
        await bots.start()
        await connected(slack, 4)
    await asking
    await slack.until(lambda _: len(outcomes(slack, channels)) >= REQUESTS)
    for task in answering:
        task.cancel()
    await redises.promoted()
    await slack.until(lambda _: len(outcomes(slack, channels)) >= iacrea.posts)

    # A process that ends before it could withdraw what Redis had after all leaves it to the others,
    # so that a few more requests may run than people know of: each is one POST, and told once.
    told = Counter(metadata(reply)["request"] for reply in outcomes(slack, channels))
    assert len(told) >= REQUESTS
    assert set(told.values()) == {1}
    assert iacrea.posts == len(told)
    assert iacrea.account.credits == 1000 - len(told) * iacrea.account.cost
    assert "Traceback" not in bots.log()
