"""What Slack had given up on when the bot came to it: its person was told that it failed."""

import asyncio
import copy
import json
import signal
import time
from dataclasses import replace

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import Bots, connected, free_port, http_mode, ready
from tests.conversation.conftest import Start, outcome
from tests.conversation.forms import filled

pytestmark = pytest.mark.timeout(90)
HELD_UP = 3.6
"""Seconds, with Slack waiting for three."""


@pytest.fixture
def video(iacrea: IACreaSimulator) -> Video:
    return iacrea.studio.add_video(sequences=3)


def questions(slack: SlackSimulator, user: User, channel: Channel) -> list[Message]:
    return [m for m in slack.workspace.ephemerals(user, channel) if "had given up" in m.text]


async def question(slack: SlackSimulator, user: User, channel: Channel) -> Message:
    await slack.until(lambda _: questions(slack, user, channel), timeout=15)
    [asked] = questions(slack, user, channel)
    return asked


async def test_a_command_that_the_network_held_up_is_asked_about_and_then_started_once(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    video: Video,
    anna: User,
    listings: Channel,
) -> None:
    async with with_settings():
        slack.hold_up(HELD_UP)
        late = await slack.command(anna, listings, f"/regen {video.id} 2 push out")
        assert late.error == "operation_timeout"
        asked = await question(slack, anna, listings)
        assert f"/regen {video.id} 2 CAMERA_PUSH_OUT" in asked.text
        assert iacrea.posts == 0

        pressed = await slack.click(anna, asked, "start_now")
        await slack.redeliver(pressed)
        await outcome(slack, listings)
    assert iacrea.posts == 1
    [post] = [call.body for call in iacrea.calls if call.method == "POST"]
    assert post == {
        "sequenceId": video.sequences[1].id,
        "sequence": {"effect": "CAMERA_PUSH_OUT"},
    }


async def test_who_asks_again_pays_once(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    video: Video,
    anna: User,
    listings: Channel,
) -> None:
    async with with_settings():
        slack.hold_up(HELD_UP)
        late = await slack.command(anna, listings, f"/regen {video.id} 2")
        assert not late.ok
        await question(slack, anna, listings)
        assert (await slack.command(anna, listings, f"/regen {video.id} 2")).ok
        await outcome(slack, listings)
    assert iacrea.posts == 1


async def test_a_press_that_was_held_up_is_asked_about(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    video: Video,
    anna: User,
    listings: Channel,
) -> None:
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        result = await outcome(slack, listings)
        slack.hold_up(HELD_UP)
        await slack.click(anna, result, "regenerate_again")
        asked = await question(slack, anna, listings)
        assert iacrea.posts == 1

        await slack.click(anna, asked, "start_now")
        again = await outcome(slack, listings, 2)
    assert iacrea.posts == 2
    assert again.thread_ts == result.thread_ts, "where the press would have led"


async def test_a_form_that_was_held_up_starts_once_whether_it_is_sent_again_or_the_answer_is_yes(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    video: Video,
    anna: User,
    listings: Channel,
) -> None:
    async with with_settings():
        view = await filled(slack, anna, listings, video.id, 2)
        slack.hold_up(HELD_UP)
        late = await slack.submit(anna, view.id, {})
        assert not late.ok
        asked = await question(slack, anna, listings)
        assert iacrea.posts == 0

        assert (await slack.submit(anna, view.id, {})).ok
        await slack.click(anna, asked, "start_now")
        await outcome(slack, listings)
        await asyncio.sleep(0.5)
    assert iacrea.posts == 1


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_process_that_stood_still_starts_nothing_that_slack_had_given_up(
    mode: str,
    bots: Bots,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    video: Video,
    anna: User,
    listings: Channel,
) -> None:
    port = free_port()
    process = await bots.start(
        environ=http_mode(slack, port) if mode == "http" else {"PORT": str(port)}
    )
    await ready(port)
    if mode == "socket":
        await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 1")
    await outcome(slack, listings)
    process.send_signal(signal.SIGSTOP)
    late = await slack.command(anna, listings, f"/regen {video.id} 2")
    process.send_signal(signal.SIGCONT)

    await question(slack, anna, listings)
    assert late.error == "operation_timeout"
    assert iacrea.posts == 1


async def test_a_yes_that_carries_another_channel_spends_where_its_person_is(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    video: Video,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    """Whoever edits the button spends in no channel of ALLOWED_CHANNELS that they are not in."""
    deal = slack.workspace.add_channel("deal", private=True, bot_member=True, members=[anna])
    async with with_settings(ALLOWED_CHANNELS=deal.id):
        slack.hold_up(HELD_UP)
        await slack.command(anna, deal, f"/regen {video.id} 2")
        pressed = await slack.click(anna, await question(slack, anna, deal), "start_now")
        await outcome(slack, deal)
        payload = copy.deepcopy(pressed.payload)
        value = json.loads(payload["actions"][0]["value"]) | {"name": "a" * 20}
        payload["actions"][0] |= {"value": json.dumps(value), "action_ts": f"{time.time():.6f}"}
        payload |= {"user": {"id": ben.id}, "channel": {"id": listings.id}}
        await slack._dispatcher.deliver(replace(pressed.parcel, payload=payload))
        # Whoever has the payload has its response_url, so that is where the answer goes.
        await slack.until(lambda w: "may not be spent in this channel" in w.transcript())
    assert iacrea.posts == 1
