"""kill -9 just before and just after each write of a request's life; a new process goes on.

The writes of one undisturbed request, in order. Between any two of them lies one side effect at
most, so that a kill before a write is a kill after the side effect that it records.
"""

import asyncio

import pytest

from bot.store.client import connect
from bot.store.takes import Takes
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import Bots, connected, metadata
from tests.depth import in_ci
from tests.promise.conftest import MakeGate

WRITES = (
    "accepted",
    "checked",
    "announcing",
    "announced",
    "sending",
    "submitted",
    "seen to move",
    "ended",
    "telling",
    "told",
    "closed",
)
RECOVERY = 50.0
"""Seconds: the longest lease (14 s) or the grace of a lost answer (20 s), and two starts."""

ONLY_ASKED = {"checked", "announced", "submitted", "seen to move", "ended"}
"""Between these and the next write we only ask: a kill just after one of them is as one just before
the next, but that the answer to the write is lost as well."""
DEATHS = [
    *((write, "before") for write in WRITES),
    *((write, "after") for write in WRITES if write not in ONLY_ASKED),
    *in_ci(*((write, "after") for write in WRITES if write in ONLY_ASKED)),
]

NEVER_SENT = {("sending", "after")}
"""Killed after «sending» was written and before the POST left: nobody can tell, so the video is
watched, and the person is told that it does not seem to have started."""


@pytest.mark.parametrize("death", DEATHS, ids=str)
async def test_killed_at_any_write_it_spends_once_finishes_and_tells_once(
    death: tuple[str, str],
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    make_gate: MakeGate,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    write, moment = death
    gate = await make_gate(WRITES.index(write) + 1, moment == "before")
    await bots.start(environ={"REDIS_URL": gate.url})
    await connected(slack)
    typing = asyncio.create_task(slack.command(anna, listings, f"/regen {video.id} 2 push out"))
    await gate.kills(bots)
    delivery = await typing
    written_down = death != ("accepted", "before")

    await bots.start()
    await connected(slack)
    if written_down:
        await slack.until(lambda _: finished(slack, listings), timeout=RECOVERY)
        await settled()
    else:
        assert not delivery.ok, "what was not written down must not be acknowledged"

    sent = written_down and death not in NEVER_SENT
    assert iacrea.posts == (1 if sent else 0)
    assert len(parts(slack, listings, "announcement")) == (1 if written_down else 0)
    outcomes = parts(slack, listings, "outcome")
    assert len(outcomes) == (1 if written_down else 0)
    assert await takes_kept(bots) == len(outcomes)
    if outcomes:
        expected = "is ready" if sent else "does not seem to have started"
        assert expected in outcomes[0].text


async def takes_kept(bots: Bots) -> int:
    async with connect(bots.environ["REDIS_URL"]) as redis:
        return len(await Takes(redis, bots.environ["REDIS_PREFIX"]).since(0.0))


async def test_without_history_scopes_what_was_perhaps_posted_is_told_directly_and_not_again(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
    make_gate: MakeGate,
) -> None:
    slack.scopes.difference_update([each for each in slack.scopes if each.endswith(":history")])
    video = iacrea.account.add_video(sequences=3)
    gate = await make_gate(WRITES.index("told") + 1, True)
    await bots.start(environ={"REDIS_URL": gate.url})
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await gate.kills(bots)
    assert len(parts(slack, listings, "outcome")) == 1

    await bots.start()
    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct), timeout=RECOVERY)
    await settled()

    assert len(parts(slack, listings, "outcome")) == 1
    assert len(slack.workspace.messages(direct)) == 1
    assert iacrea.posts == 1


def parts(slack: SlackSimulator, channel: Channel, part: str) -> list[Message]:
    everything = [
        each
        for message in slack.workspace.messages(channel)
        for each in slack.workspace.thread(channel, message.ts)
    ]
    return [message for message in everything if metadata(message).get("part") == part]


def finished(slack: SlackSimulator, channel: Channel) -> bool:
    """The announcement's last edit says that the outcome stands in the thread."""
    return any("see the thread" in each.text for each in parts(slack, channel, "announcement"))


async def settled() -> None:
    """Long enough for a second outcome to be posted, were there one under way."""
    await asyncio.sleep(0.5)
