"""Events come again: at once, after one minute and five, and for hours. One is one request."""

import asyncio
import copy
import time
from dataclasses import replace

import pytest

from sandbox.slack import Delivery, User
from tests.conversation.conftest import Scene, Start

pytestmark = pytest.mark.both_transports
HELD_UP = 3.6
"""Seconds, with Slack waiting for three."""


def mentioned(scene: Scene) -> Delivery:
    """The newest delivery of a mention."""
    events = (each for each in reversed(scene.slack.deliveries) if "event" in each.payload)
    return next(each for each in events if each.payload["event"]["type"] == "app_mention")


async def again(scene: Scene, first: Delivery, seconds: float) -> None:
    """Brings the same event so long after it happened."""
    body = copy.deepcopy(first.payload)
    body["event"]["event_ts"] = f"{time.time() - seconds:.6f}"
    await scene.slack._dispatcher.deliver(replace(first.sent, body=body))


async def test_what_was_accepted_is_not_started_again_a_minute_later_nor_after_a_restart(
    with_settings: Start, scene: Scene, anna: User
) -> None:
    video = scene.video()
    async with with_settings():
        await scene.says(anna, f"@Regen {video.id} 2")
        first = mentioned(scene)
        await scene.slack.redeliver(first)
        await scene.next(0)
        await again(scene, first, 60.0)
        await again(scene, first, 300.0)
    async with with_settings():
        await again(scene, first, 3000.0)
        await asyncio.sleep(0.5)

    assert scene.paid == [video.id]
    assert scene.slack.workspace.ephemerals(anna, scene.channel) == []


async def test_what_comes_first_when_slack_had_given_it_up_is_asked_about_once(
    with_settings: Start, scene: Scene, anna: User
) -> None:
    video = scene.video()
    async with with_settings():
        scene.slack.hold_up(HELD_UP)
        await scene.says(anna, f"@Regen {video.id} 2 push out")
        asked = await scene.told(anna, "had given up")
        await again(scene, mentioned(scene), 60.0)
        await again(scene, mentioned(scene), 300.0)
        await asyncio.sleep(0.3)
        assert scene.paid == []
        assert len(scene.slack.workspace.ephemerals(anna, scene.channel)) == 1

        pressed = await scene.slack.click(anna, asked, "start_now")
        await scene.slack.redeliver(pressed)
        await scene.next(0)
    assert scene.paid == [video.id]


async def test_what_is_wrong_and_what_is_shown_are_told_once_however_often_it_comes(
    with_settings: Start, scene: Scene, anna: User
) -> None:
    async with with_settings():
        for words in ("2", "effects"):
            await scene.says(anna, f"@Regen {words}")
            first = mentioned(scene)
            await asyncio.gather(*(scene.slack.redeliver(first) for _ in range(3)))
            await again(scene, first, 60.0)
        await scene.told(anna, "Which video?")
        await scene.told(anna, "one of")
        await asyncio.sleep(0.3)

    assert len(scene.slack.workspace.ephemerals(anna, scene.channel)) == 2
