"""Where a run takes place: both simulators, a Valkey, replicas, and what lies between them."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Message, SlackSimulator, User, read_manifest
from tests.chaos.listening import Listening
from tests.chaos.machines import Replica, Valkey
from tests.chaos.network import Network, network
from tests.chaos.outages import Outages
from tests.chaos.schedule import SEQUENCES, VIDEOS, Plan
from tests.clocks import Clock, library
from tests.conftest import ROOT

INTERVAL = 0.2
"""Seconds between two polls of a video."""
GRACE = 10
"""GENERATION_TIMEOUT, and how long the bot looks for what became of a lost answer, in seconds."""
OTHER_TEAM = "T0000OTHER"
TIMINGS = Timings(queue=0.2, animate=1.0, stagger=0.1, render=0.8)
SLOW_RENDER = 3.0
"""Seconds for a render that people meet: the third one in line is not sent in time."""


@dataclass(kw_only=True)
class World:
    """All of it, running.

    Attributes:
        outsider: somebody of another organisation.
        outages: who was away when.
        listening: hears what people are told in private.
        deleted: announcements that somebody took down.
    """

    plan: Plan
    slack: SlackSimulator
    iacrea: IACreaSimulator
    network: Network
    valkey: Valkey
    replicas: list[Replica]
    people: list[User]
    outsider: User
    videos: list[str]
    outages: Outages
    listening: Listening
    deleted: list[Message] = field(default_factory=list)


@contextlib.asynccontextmanager
async def world(plan: Plan, directory: Path) -> AsyncIterator[World]:
    """Starts everything and waits until every replica is connected; ends it all."""
    manifest = read_manifest(ROOT / "manifest.yml")
    slack = SlackSimulator(manifest, declined=plan.declined)
    timings = replace(TIMINGS, render=SLOW_RENDER) if plan.slow else TIMINGS
    iacrea = IACreaSimulator(timings=timings, credits=1000)
    shifting = await library(directory)
    async with contextlib.AsyncExitStack() as held:
        await held.enter_async_context(slack)
        await held.enter_async_context(iacrea)
        valkey = Valkey(directory, plan.idle_limit, Clock(directory / "clock-redis", shifting))
        await valkey.start()
        held.push_async_callback(valkey.end, signal.SIGKILL)
        between = await held.enter_async_context(
            network(slack, iacrea, valkey.socket, directory if plan.tunnelled else None)
        )
        environ = _environ(slack, iacrea) | between.environ
        replicas = [
            Replica(number, environ, directory, Clock(directory / f"clock-{number}", shifting))
            for number in range(plan.replicas)
        ]
        for replica in replicas:
            await replica.start()
            held.push_async_callback(replica.end, signal.SIGKILL)
        people = [slack.workspace.add_user(name) for name in ("anna", "ben", "camille")]
        videos = [f"video-{number:04}" for number in range(VIDEOS)]
        for video in videos:
            iacrea.account.add_video(SEQUENCES, id=video)
        await slack.until(lambda _: slack.connections >= 2 * plan.replicas, 60)
        outages = Outages()
        watch = asyncio.create_task(outages.watch())
        held.callback(watch.cancel)
        yield World(
            plan=plan,
            slack=slack,
            iacrea=iacrea,
            network=between,
            valkey=valkey,
            replicas=replicas,
            people=people,
            outsider=slack.workspace.add_user("olga", team=OTHER_TEAM),
            videos=videos,
            outages=outages,
            listening=Listening(slack),
        )


def _environ(slack: SlackSimulator, iacrea: IACreaSimulator) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "IACREA_API_KEY": iacrea.api_key,
        "PORT": "0",
        "POLL_INTERVAL": str(INTERVAL),
        "GENERATION_TIMEOUT": str(GRACE),
    }
