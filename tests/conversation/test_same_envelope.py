"""Slack sometimes sends the same envelope again after a reconnect (slackapi/bolt-js#2487)."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Kind, SlackSimulator, User
from tests.conftest import Bots, connected, free_port, running
from tests.conversation.conftest import outcome
from tests.conversation.forms import filled, the_form

A_MOMENT = 0.5
"""Seconds in which something would be said a second time."""


@pytest.fixture
async def socket_bot(slack: SlackSimulator, environ: dict[str, str]) -> AsyncIterator[None]:
    async with running(environ | {"PORT": str(free_port())}):
        await connected(slack)
        yield


async def comes_again(slack: SlackSimulator) -> None:
    """The app reconnects, and gets and acknowledges what was sent to it before."""
    before = len(slack.deliveries)
    await slack.refresh_connections("warning", at_most=1)
    await slack.until(lambda _: len(slack.deliveries) > before)
    assert slack.deliveries[-1].ok
    await asyncio.sleep(A_MOMENT)


@pytest.mark.usefixtures("socket_bot")
async def test_a_storyboard_is_shown_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=2)
    slack.faults.envelopes_again[Kind.COMMAND] = 1
    await slack.command(anna, listings, f"/regen {video.id}")
    await slack.until(lambda w: w.ephemerals(anna, listings))

    await comes_again(slack)

    assert len(slack.workspace.ephemerals(anna, listings)) == 1


@pytest.mark.usefixtures("socket_bot")
@pytest.mark.parametrize("way", ["command", "shortcut"])
async def test_a_form_is_opened_once_and_nobody_is_told_that_it_took_too_long(
    way: str, slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.envelopes_again |= {Kind.COMMAND: 1, Kind.INTERACTION: 1}
    if way == "command":
        await slack.command(anna, listings, "/regen")
    else:
        await slack.shortcut(anna, "regenerate")
    await the_form(slack, anna)

    await comes_again(slack)

    assert len(slack.workspace.modals(anna)) == 1
    assert slack.workspace.ephemerals(anna, listings) == []
    assert "conversations.open" not in {call.method for call in slack.calls}
    assert "chat.postMessage" not in {call.method for call in slack.calls}


async def test_another_replica_that_gets_it_spends_nothing(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, bots: Bots
) -> None:
    video = iacrea.account.add_video(sequences=3)
    first = await bots.start()
    await connected(slack)
    slack.faults.envelopes_again |= {Kind.COMMAND: 1, Kind.INTERACTION: 1}
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)
    await slack.click(anna, result, "regenerate_again")
    await outcome(slack, listings, count=2)
    view = await filled(slack, anna, listings, video.id, 3)
    slack.faults.envelopes_again[Kind.INTERACTION] = 1
    await slack.submit(anna, view.id, {})
    await outcome(slack, listings, count=3)
    before, said = len(slack.deliveries), len(slack.workspace.messages(listings))
    first.kill()
    await first.wait()

    await bots.start()
    await slack.until(lambda _: len(slack.deliveries) == before + 3)
    await asyncio.sleep(A_MOMENT)

    assert [each.ok for each in slack.deliveries[before:]] == [True] * 3
    assert iacrea.posts == 3
    assert len(slack.workspace.messages(listings)) == said


async def test_an_event_that_nobody_acknowledged_comes_to_the_next_who_connects(
    slack: SlackSimulator, anna: User, bots: Bots
) -> None:
    first = await bots.start()
    await connected(slack)
    first.send_signal(signal.SIGSTOP)  # it neither answers nor closes anything
    opening = asyncio.create_task(slack.open_home(anna))
    await asyncio.sleep(A_MOMENT)
    first.kill()
    await first.wait()
    assert not (await opening).ok

    await bots.start()

    await slack.until(lambda w: w.home(anna))
