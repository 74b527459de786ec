"""One run of the campaign: people ask, faults strike, and what came of it is judged."""

import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.iacrea.api import SEQUENCE_PATH, VIDEO_PATH
from sandbox.slack import Message
from tests.chaos.following import Follower, broken
from tests.chaos.people import AGAIN, Outsider, Person, _block_with
from tests.chaos.refusals import wrongly_refused
from tests.chaos.schedule import WINDOW, Place, Plan, plan
from tests.chaos.striking import Striker
from tests.chaos.verdict import Polled, Seen, Verdict, judge, settled
from tests.chaos.world import INTERVAL, World, world

LONGEST = 75.0
"""Seconds after which what has not ended counts as never ending: leases of killed bots, waiting
times and the search for lost answers come one after another."""
ANSWERS = 1.5
"""Seconds after which somebody answers a question who would rather wait for a render."""
STOPPING = 10.0
"""Seconds in which a bot that is asked to has to stop."""
QUIET = 2.0
"""Seconds without a call that show the end: some of the polls' intervals, and longer than a step
takes that nobody has heard of yet."""


@dataclass
class Run:
    """A run and its outcome."""

    plan: Plan
    verdict: Verdict
    seconds: float
    faults: Counter[str] = field(default_factory=Counter)
    logs: str = ""


async def run(seed: int) -> Run:
    """Plays the run of that seed and judges it."""
    planned = plan(seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chaos", ignore_cleanup_errors=True) as directory:
        async with world(planned, Path(directory)) as at:
            people = [Person(at, ask) for ask in planned.asks]
            followers = [Follower(at, each) for each in planned.follows]
            await _play(at, people, followers)
            await _settle(at, people, followers)
            over = time.time()
            await asyncio.sleep(INTERVAL + QUIET)
            verdict = judge(
                [_seen(at, person) for person in people], _polled(at, people, over), INTERVAL
            )
            follows = [each.seen() for each in followers]
            verdict.followed = sum(bool(each.cards) for each in follows)
            verdict.violations += [words for each in follows for words in broken(each)]
            verdict.violations += wrongly_refused(at.listening.answers, at.outages.all())
            for replica in at.replicas:
                for code, seconds in replica.stops:
                    if code != 0 or seconds > STOPPING:
                        verdict.violations.append(f"stopped with {code} after {seconds:.1f} s")
            logs = "".join(replica.log.read_text() for replica in at.replicas)
    verdict.violations += [line for line in logs.splitlines() if "Traceback" in line][:1]
    faults = Counter(str(strike.fault) for strike in planned.strikes)
    faults["delivered twice"] += sum(ask.twice for ask in planned.asks)
    return Run(
        planned, verdict, time.monotonic() - began, faults, logs if verdict.violations else ""
    )


def run_alone(seed: int) -> Run:
    """The same in an event loop of its own."""
    return asyncio.run(run(seed))


async def _play(world: World, people: list[Person], followers: list[Follower]) -> None:
    striker = Striker(world)
    async with asyncio.TaskGroup() as group:
        for follower in followers:
            group.create_task(_after(follower.planned.at, follower.asks()))
        for person in people:
            group.create_task(_after(person.asked.ask.at, person.asks()))
            if person.asked.ask.waits:
                group.create_task(_after(person.asked.ask.at + ANSWERS, person.agrees()))
        for strike in world.plan.strikes:
            group.create_task(_after(strike.at, striker.strike(strike)))
        for person in people:
            if person.asked.ask.place is Place.SHARED:
                group.create_task(_interfere(Outsider(world, person.asked.channel)))


async def _settle(world: World, people: list[Person], followers: list[Follower]) -> None:
    """Waits until nothing is under way and nothing is called, or for as long as that may take."""

    def calls() -> tuple[int, int]:
        return len(world.iacrea.calls), len(world.slack.calls)

    def over() -> bool:
        asked = all(settled(_seen(world, each)) for each in people)
        return asked and all(each.seen().settled for each in followers)

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST):
            before = None
            while before != calls() or not over():
                for person in people:
                    await person.agrees()
                before = calls()
                await asyncio.sleep(QUIET)


async def _interfere(outsider: Outsider) -> None:
    for _ in range(int(WINDOW)):
        await asyncio.sleep(1.0)
        await outsider.presses()


async def _after(seconds: float, work: Awaitable[None]) -> None:
    await asyncio.sleep(seconds)
    await work


def _seen(world: World, person: Person) -> Seen:
    asked, workspace = person.asked, world.slack.workspace
    video = world.iacrea.account.videos[world.videos[asked.ask.video]]
    sequence = video.sequences[asked.ask.position - 1].id
    private = [
        message
        for message in workspace.ephemerals(asked.user, asked.channel)
        if float(message.ts) >= asked.since and not _is_board(message)
    ]
    return Seen(
        name=f"{asked.ask.channel} ({asked.ask.way}, {video.id} {asked.ask.position})",
        sent=asked.sent,
        acknowledged=asked.acknowledged,
        messages=tuple(workspace.conversation(asked.channel)),
        private=len(private) + person.is_asked,
        may_look=world.plan.may_look(asked.ask.place),
        deleted=tuple(each for each in world.deleted if each.channel == asked.channel.id),
        direct=tuple(workspace.messages(workspace.direct_message(asked.user))),
        posts=tuple(
            call
            for call in world.iacrea.calls
            if call.path.startswith(SEQUENCE_PATH)
            and isinstance(call.body, dict)
            and call.body.get("sequenceId") == sequence
        ),
    )


def _is_board(message: Message) -> bool:
    return _block_with(message, AGAIN) is not None


def _polled(world: World, people: list[Person], over: float) -> list[Polled]:
    return [
        Polled(
            video=video,
            at=tuple(call.time for call in world.iacrea.calls if call.path == VIDEO_PATH + video),
            requests=sum(world.videos[each.asked.ask.video] == video for each in people) or 1,
            over=over + INTERVAL,
        )
        for video in (*world.videos, *(each.video for each in world.plan.follows))
    ]
