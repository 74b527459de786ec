"""*After the render*: a regeneration that waits for a render instead of cancelling it."""

import asyncio
import json

import pytest

from sandbox.iacrea import Timings
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import QUICK, metadata
from tests.conversation.conftest import Scene, Start, button
from tests.conversation.forms import filled
from tests.conversation.test_home import opened, shown
from tests.conversation.test_home_presses import modal, pressed

pytestmark = pytest.mark.timeout(90)
SLOWLY = Timings(queue=0.1, animate=0.1, render=3600.0)


async def rendering(scene: Scene, who: User, sequences: int = 4) -> Video:
    """A video that who has regenerated the first sequence of, and whose render goes on for ever."""
    scene.iacrea.account.timings = SLOWLY
    video = scene.video(sequences)
    await scene.types(who, f"{video.id} 1")
    await scene.iacrea.until(lambda _: video.status == "RENDERING_VIDEO")
    return video


async def wants(scene: Scene, who: User, video: Video, sequence: int) -> Message:
    """Asks for a sequence while it renders, and chooses to wait; the card."""
    await scene.types(who, f"{video.id} {sequence}")
    asked = await scene.told(who, "render is in progress")
    cards = len(waiting(scene))
    assert (await scene.slack.click(who, asked, "after_render")).ok
    await scene.slack.until(lambda _: len(waiting(scene)) > cards)
    return waiting(scene)[-1]


def waiting(scene: Scene) -> list[Message]:
    """The cards that say that they wait."""
    messages = scene.slack.workspace.messages(scene.channel)
    return [each for each in messages if "Waits for the render" in each.text]


def regenerated(scene: Scene, video: Video) -> list[int]:
    """The positions of the sequences that were sent, in order, as IACrea's log has them."""
    ids = [each.id for each in video.sequences]
    return [ids.index(each["sequenceId"]) + 1 for each in scene.posts]


@pytest.mark.usefixtures("bot")
async def test_it_waits_with_its_card_in_the_channel_and_cancels_no_render(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    scene.iacrea.account.timings = Timings(0.1, 0.1, 0.0, 8.0)

    card = await wants(scene, anna, video, 3)
    await slack.until(lambda w: not w.ephemerals(anna, scene.channel))
    await slack.until(lambda w: "%" in w.message(scene.channel.id, card.ts).text)
    assert f"Waits for the render of `{video.id}`" in card.text
    assert regenerated(scene, video) == [1]
    scene.iacrea.account.timings = QUICK
    told = await scene.next(1)

    assert f"<@{anna.id}>, sequence 3 of 4 is ready" in told.text
    assert regenerated(scene, video) == [1, 3]
    assert video.renders_cancelled == 0
    assert video.renders == 3, "that of before, and each of them on its own"


async def test_several_are_sent_one_after_the_other_in_the_order_they_came(
    with_settings: Start, scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    async with with_settings(POLL_INTERVAL="0.1"):  # each is ready some polls after the render
        video = await rendering(scene, ben, 5)
        for who, sequence in ((anna, 4), (ben, 2), (anna, 3)):
            await wants(scene, who, video, sequence)
        await slack.until(lambda _: "2 other requests go first" in waiting(scene)[2].text)
        assert "1 other request goes first" in waiting(scene)[1].text
        assert regenerated(scene, video) == [1]

        scene.iacrea.account.timings = Timings(0.05, 0.3, 0.0, 0.3)
        await scene.next(3)

    assert regenerated(scene, video) == [1, 4, 2, 3]
    assert (video.renders_cancelled, video.renders) == (0, 5)


@pytest.mark.usefixtures("bot")
async def test_the_press_delivered_twice_waits_and_is_sent_once(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    await scene.types(anna, f"{video.id} 3")
    press = await slack.click(anna, await scene.told(anna, "in progress"), "after_render")
    await slack.redeliver(press)
    await slack.until(lambda _: waiting(scene))
    await slack.redeliver(press)
    scene.iacrea.account.timings = QUICK
    await scene.next(1)
    await slack.redeliver(press)

    assert regenerated(scene, video) == [1, 3]
    cards = [each for each in slack.workspace.messages(scene.channel) if metadata(each)]
    assert len(cards) == 2


@pytest.mark.usefixtures("bot")
async def test_cancelled_it_spends_nothing_and_the_next_one_goes(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    card = await wants(scene, anna, video, 2)
    await wants(scene, ben, video, 3)

    await asyncio.gather(*(slack.click(who, card, "cancel_waiting") for who in (ben, anna)))
    told = await scene.next(0)
    scene.iacrea.account.timings = QUICK
    await scene.next(2)

    assert "Cancelled by <@" in told.text
    assert regenerated(scene, video) == [1, 3]
    assert video.renders_cancelled == 0


@pytest.mark.usefixtures("bot")
async def test_the_same_sequence_is_pointed_to_and_may_wait_behind_it(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    card = await wants(scene, anna, video, 3)
    await scene.types(ben, f"{video.id} 3")
    await slack.click(ben, await scene.told(ben, "in progress"), "after_render")

    asked = await scene.told(ben, "waits for the render already, for")
    assert card.ts.replace(".", "") in json.dumps(asked.blocks)
    await slack.click(ben, asked, "after_render")
    await slack.until(lambda _: len(waiting(scene)) == 2)
    scene.iacrea.account.timings = QUICK
    await scene.next(2)

    assert regenerated(scene, video) == [1, 3, 3]
    assert video.renders_cancelled == 0


@pytest.mark.usefixtures("bot")
async def test_whoever_does_not_wait_is_asked_as_always_and_who_waits_is_not_paid_for_twice(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = await rendering(scene, ben)
    await wants(scene, anna, video, 3)
    await scene.types(ben, f"{video.id} 3")
    asked = await scene.told(ben, "in progress")
    assert button(asked, "leave_it")
    await slack.click(ben, asked, "go_ahead")
    await slack.click(ben, await scene.told(ben, "waits for the render already"), "go_ahead")
    await scene.iacrea.until(lambda it: it.posts == 2)
    scene.iacrea.account.timings = QUICK
    await scene.next(2)

    [lost] = [t for t in slack.workspace.messages(scene.channel) if "Not started" in t.text]
    assert f"<@{anna.id}>" in lost.text
    assert regenerated(scene, video) == [1, 3]
    assert video.renders_cancelled == 1, "as ben was asked"


async def test_in_the_end_it_is_told_that_nothing_was_spent_and_may_go_on_waiting(
    with_settings: Start, scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    async with with_settings(GENERATION_TIMEOUT="6"):
        video = await rendering(scene, ben)
        await wants(scene, anna, video, 3)
        ready = scene.ready()
        late = await scene.next(ready)
        while "I waited for the render" not in late.text:  # ben's own has timed out as well
            late = await scene.next(scene.ready())
        assert "no credits were spent" in late.text
        assert regenerated(scene, video) == [1]
        ready = scene.ready()
        await slack.click(anna, late, "keep_waiting")
        await slack.until(lambda _: "Waits for the render" in everything(scene))
        scene.iacrea.account.timings = QUICK
        assert "sequence 3 of 4 is ready" in (await scene.next(ready)).text

    assert regenerated(scene, video) == [1, 3]
    assert video.renders_cancelled == 0


def everything(scene: Scene) -> str:
    workspace = scene.slack.workspace
    heads = workspace.messages(scene.channel)
    return str([workspace.thread(scene.channel, each.ts) for each in heads])


async def test_what_is_sent_counts_in_the_hour_and_not_what_waits(
    with_settings: Start, scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    async with with_settings(MAX_REGENS_PER_HOUR="1"):
        video = await rendering(scene, ben)
        other = scene.video()
        await wants(scene, anna, video, 3)
        scene.iacrea.account.timings = Timings(0.1, 0.1, 0.0, 20.0)
        await scene.types(anna, f"{other.id} 1")
        await scene.iacrea.until(lambda it: it.posts == 2)
        scene.iacrea.account.timings = QUICK
        await scene.next(2)

    assert scene.paid == [video.id, other.id]
    assert "1 sequence an hour" in everything(scene)


@pytest.mark.usefixtures("bot")
async def test_left_as_it_is_nothing_happens(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = await rendering(scene, ben)
    await scene.types(anna, f"{video.id} 3")
    await slack.click(anna, await scene.told(anna, "in progress"), "leave_it")

    await slack.until(lambda w: not w.ephemerals(anna, listings))
    assert regenerated(scene, video) == [1]


@pytest.mark.usefixtures("bot")
async def test_in_the_form_in_direct_messages_and_in_a_thread_the_same_is_offered(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = await rendering(scene, ben)
    view = await filled(slack, anna, listings, video.id, 2)
    await slack.submit(anna, view.id, {})
    await slack.click(anna, await scene.told(anna, "in progress"), "after_render")
    await slack.until(lambda _: len(waiting(scene)) == 1)
    direct = slack.workspace.direct_message(ben)
    await scene.says(ben, f"{video.id} 3", channel=direct)
    await slack.until(lambda w: "after_render" in str(w.messages(direct)))
    await slack.click(ben, slack.workspace.messages(direct)[-1], "after_render")
    await slack.until(lambda w: "Waits for the render" in str(w.messages(direct)))
    [first, *_] = slack.workspace.messages(listings)
    await scene.says(ben, "@Regen 4", thread=first.ts)
    await slack.click(ben, await scene.told(ben, "in progress"), "after_render")
    await slack.until(lambda _: everything(scene).count("Waits for the render") >= 2)

    scene.iacrea.account.timings = QUICK
    await scene.next(2)
    await slack.until(lambda w: "is ready" in str(w.thread(direct, w.messages(direct)[-1].ts)))

    assert regenerated(scene, video) == [1, 2, 3, 4]
    assert video.renders_cancelled == 0


@pytest.mark.usefixtures("bot")
async def test_on_home_it_is_offered_in_the_modal_shown_and_cancelled(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    scene.iacrea.account.timings = QUICK
    video = scene.video()
    await scene.regenerates(anna, f"{video.id} 2")
    scene.iacrea.account.timings = SLOWLY
    await scene.types(ben, f"{video.id} 1")
    await scene.iacrea.until(lambda _: video.status == "RENDERING_VIDEO")
    await opened(slack, anna)
    await pressed(slack, anna, "home_repeat")
    view = await modal(slack, anna, "home_after_render")

    await slack.click(anna, view, "home_after_render")
    await modal(slack, anna, "under way")
    await slack.until(lambda _: "Waits for the render" in everything(scene))
    await opened(slack, anna)
    await slack.until(lambda _: "home_cancel_waiting" in shown(slack, anna))
    assert "Waits for the render of" in shown(slack, anna)
    ready = scene.ready()
    await pressed(slack, anna, "home_cancel_waiting")

    assert "Cancelled by <@" in (await scene.next(ready)).text
    assert len(scene.posts) == 2
    assert video.renders_cancelled == 0


async def test_in_french_and_in_the_status(
    with_settings: Start, scene: Scene, slack: SlackSimulator, ben: User
) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")
    await slack.invite(scene.channel, chloe)
    async with with_settings(BOT_LOCALE="fr"):
        video = await rendering(scene, ben)
        await scene.types(chloe, f"{video.id} 3")
        asked = await scene.told(chloe, "rendu final est en cours")
        assert button(asked, "after_render")["text"]["text"] == "Après le rendu"
        await slack.click(chloe, asked, "after_render")
        words = "Attend la fin du rendu de"
        await slack.until(lambda w: words in str(w.messages(scene.channel)))
        await scene.types(chloe, "status")
        await scene.told(chloe, words)
