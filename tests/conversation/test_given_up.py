"""What Slack had given up on when the bot came to it: its person was told that it failed."""

import asyncio
import copy
import json
import signal
import time
from dataclasses import replace

import pytest

from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Message, User
from tests.conftest import Bots, connected, free_port, http_mode, ready
from tests.conversation.conftest import Scene, Start
from tests.conversation.forms import filled

HELD_UP = 3.6
"""Seconds, with Slack waiting for three."""


@pytest.fixture
def video(scene: Scene) -> Video:
    return scene.video()


async def question(scene: Scene, user: User, channel: Channel | None = None) -> Message:
    """The one question that somebody was asked."""
    asked = await scene.told(user, "had given up", channel)
    told = scene.slack.workspace.ephemerals(user, channel or scene.channel)
    assert [each for each in told if "had given up" in each.text] == [asked]
    return asked


async def test_a_command_that_the_network_held_up_is_asked_about_and_then_started_once(
    with_settings: Start, scene: Scene, video: Video, anna: User
) -> None:
    async with with_settings():
        scene.slack.hold_up(HELD_UP)
        late = await scene.types(anna, f"{video.id} 2 push out")
        assert late.error == "operation_timeout"
        asked = await question(scene, anna)
        assert f"/regen {video.id} 2 CAMERA_PUSH_OUT" in asked.text
        assert scene.iacrea.posts == 0

        pressed = await scene.slack.click(anna, asked, "start_now")
        await scene.slack.redeliver(pressed)
        await scene.next(0)
    assert scene.iacrea.posts == 1
    [post] = [call.body for call in scene.iacrea.calls if call.method == "POST"]
    assert post == {
        "sequenceId": video.sequences[1].id,
        "sequence": {"effect": "CAMERA_PUSH_OUT"},
    }


async def test_who_asks_again_pays_once(
    with_settings: Start, scene: Scene, video: Video, anna: User
) -> None:
    async with with_settings():
        scene.slack.hold_up(HELD_UP)
        late = await scene.types(anna, f"{video.id} 2")
        assert not late.ok
        await question(scene, anna)
        assert (await scene.types(anna, f"{video.id} 2")).ok
        await scene.next(0)
    assert scene.iacrea.posts == 1


async def test_a_press_that_was_held_up_is_asked_about(
    with_settings: Start, scene: Scene, video: Video, anna: User
) -> None:
    async with with_settings():
        result = await scene.regenerates(anna, f"{video.id} 2")
        scene.slack.hold_up(HELD_UP)
        await scene.slack.click(anna, result, "regenerate_again")
        asked = await question(scene, anna)
        assert scene.iacrea.posts == 1

        await scene.slack.click(anna, asked, "start_now")
        again = await scene.next(1)
    assert scene.iacrea.posts == 2
    assert again.thread_ts == result.thread_ts, "where the press would have led"


async def test_a_form_that_was_held_up_starts_once_whether_it_is_sent_again_or_the_answer_is_yes(
    with_settings: Start, scene: Scene, video: Video, anna: User
) -> None:
    async with with_settings():
        view = await filled(scene.slack, anna, scene.channel, video.id, 2)
        scene.slack.hold_up(HELD_UP)
        late = await scene.slack.submit(anna, view.id, {})
        assert not late.ok
        asked = await question(scene, anna)
        assert scene.iacrea.posts == 0

        assert (await scene.slack.submit(anna, view.id, {})).ok
        await scene.slack.click(anna, asked, "start_now")
        await scene.next(0)
        await asyncio.sleep(0.5)
    assert scene.iacrea.posts == 1


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_process_that_stood_still_starts_nothing_that_slack_had_given_up(
    mode: str,
    bots: Bots,
    scene: Scene,
    video: Video,
    anna: User,
) -> None:
    port = free_port()
    process = await bots.start(
        environ=http_mode(scene.slack, port) if mode == "http" else {"PORT": str(port)}
    )
    await ready(port)
    if mode == "socket":
        await connected(scene.slack)
    await scene.regenerates(anna, f"{video.id} 1")
    process.send_signal(signal.SIGSTOP)
    late = await scene.types(anna, f"{video.id} 2")
    process.send_signal(signal.SIGCONT)

    await question(scene, anna)
    assert late.error == "operation_timeout"
    assert scene.iacrea.posts == 1


async def test_a_yes_that_carries_another_channel_spends_where_its_person_is(
    with_settings: Start, scene: Scene, video: Video, anna: User, ben: User
) -> None:
    """Whoever edits the button spends in no channel of ALLOWED_CHANNELS that they are not in."""
    deal = scene.slack.workspace.add_channel("deal", private=True, bot_member=True, members=[anna])
    async with with_settings(ALLOWED_CHANNELS=deal.id):
        scene.slack.hold_up(HELD_UP)
        await scene.types(anna, f"{video.id} 2", deal)
        pressed = await scene.slack.click(anna, await question(scene, anna, deal), "start_now")
        await scene.next(0, deal)
        payload = copy.deepcopy(pressed.payload)
        value = json.loads(payload["actions"][0]["value"]) | {"name": "a" * 20}
        payload["actions"][0] |= {"value": json.dumps(value), "action_ts": f"{time.time():.6f}"}
        payload |= {"user": {"id": ben.id}, "channel": {"id": scene.channel.id}}
        await scene.slack._dispatcher.deliver(replace(pressed.sent, body=payload))
        # Whoever has the payload has its response_url, so that is where the answer goes.
        await scene.slack.until(lambda w: "may not be spent in this channel" in w.transcript())
    assert scene.iacrea.posts == 1
