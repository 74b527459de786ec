"""While a request waits for a render, nothing else is as if it had been sent."""

import pytest

from sandbox.slack import SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import Scene, button
from tests.conversation.test_after_render import SLOWLY, regenerated, rendering, wants

pytestmark = pytest.mark.timeout(90)
HELD_UP = 3.6
"""Seconds, with Slack waiting for three."""


@pytest.mark.usefixtures("bot")
async def test_an_older_card_keeps_its_buttons_until_the_newer_one_is_sent(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    scene.iacrea.account.timings = QUICK
    video = scene.video(4)
    old = await scene.regenerates(anna, f"{video.id} 3")
    scene.iacrea.account.timings = SLOWLY
    await scene.types(ben, f"{video.id} 1")
    await scene.iacrea.until(lambda _: video.status == "RENDERING_VIDEO")
    await wants(scene, anna, video, 3)
    assert button(slack.workspace.message(scene.channel.id, old.ts), "regenerate_again")

    scene.iacrea.account.timings = QUICK
    await scene.next(2)

    def faded() -> bool:
        return "Regenerated again" in slack.workspace.message(scene.channel.id, old.ts).text

    await slack.until(lambda _: faded())
    assert regenerated(scene, video) == [3, 1, 3]


@pytest.mark.usefixtures("bot")
async def test_a_press_that_came_late_is_asked_about_and_waits_then(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    await scene.types(anna, f"{video.id} 3")
    asked = await scene.told(anna, "in progress")
    slack.hold_up(HELD_UP)
    await slack.click(anna, asked, "after_render")
    late = await scene.told(anna, "Start it after the render?")
    assert button(late, "start_now")["text"]["text"] == "After the render"

    await slack.click(anna, late, "start_now")
    await slack.until(lambda w: "Waits for the render" in str(w.messages(scene.channel)))
    scene.iacrea.account.timings = QUICK
    await scene.next(1)

    assert regenerated(scene, video) == [1, 3]
    assert video.renders_cancelled == 0


@pytest.mark.usefixtures("bot")
async def test_what_is_being_rendered_is_pointed_to_before_it_is_paid_for_once_more(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    await scene.types(anna, f"{video.id} 1")
    await slack.click(anna, await scene.told(anna, "in progress"), "after_render")
    asked = await scene.told(anna, "being regenerated already for")
    await slack.click(anna, asked, "after_render")
    await slack.until(lambda w: "Waits for the render" in str(w.messages(scene.channel)))
    assert regenerated(scene, video) == [1]

    scene.iacrea.account.timings = QUICK
    await scene.next(1)

    assert regenerated(scene, video) == [1, 1]
    assert video.renders_cancelled == 0
