"""What is pressed on Home starts and ends in its request's own place, and is answered in modals."""

import asyncio
import json
from typing import Any

import pytest

from sandbox.iacrea import Timings
from sandbox.slack import Channel, SlackSimulator, User, View
from tests.conftest import replies
from tests.conversation.conftest import Scene, Start
from tests.conversation.test_home import opened, shown


async def pressed(slack: SlackSimulator, user: User, action: str) -> Any:
    """Presses the first such button on their Home, as it stands."""
    view = slack.workspace.home(user)
    assert view is not None
    block = next(
        each["block_id"]
        for each in view.body["blocks"]
        if any(part.get("action_id") == action for part in each.get("elements", ()))
    )
    return await slack.click(user, view, action, block)


async def modal(slack: SlackSimulator, user: User, words: str) -> View:
    """Their topmost modal, once it says that."""

    def held() -> list[View]:
        return [each for each in slack.workspace.modals(user) if words in text_of(each)]

    await slack.until(lambda _: held())
    return held()[-1]


def text_of(view: View) -> str:
    return json.dumps(view.body, ensure_ascii=False)


@pytest.mark.usefixtures("bot")
async def test_the_same_again_is_announced_and_told_in_the_thread_of_its_request(
    slack: SlackSimulator, scene: Scene, anna: User, listings: Channel
) -> None:
    first = await scene.regenerates(anna, f"{scene.video().id} 2")
    assert "Regenerate again" in await opened(slack, anna)

    ready = scene.ready()
    delivery = await pressed(slack, anna, "home_repeat")
    assert listings.id in text_of(await modal(slack, anna, "under way"))
    await slack.redeliver(delivery)
    second = await scene.next(ready)

    assert second.thread_ts == first.thread_ts
    assert len(scene.posts) == 2
    assert scene.posts[0] == scene.posts[1]
    assert slack.workspace.ephemerals(anna, listings) == []
    await slack.until(lambda _: shown(slack, anna).count("home_repeat") == 2)


@pytest.mark.both_transports
@pytest.mark.usefixtures("bot")
async def test_a_question_is_asked_in_the_modal_and_its_yes_goes_on_there(
    slack: SlackSimulator, scene: Scene, anna: User, listings: Channel
) -> None:
    video = scene.video()
    asked = await scene.types(anna, f"{video.id} 1,2")
    assert asked.ok
    question = await scene.told(anna, "Regenerate 2 sequences")
    first = await scene.says_yes(anna, question)
    told = len(slack.workspace.ephemerals(anna, listings))
    await opened(slack, anna)

    await pressed(slack, anna, "home_repeat")
    view = await modal(slack, anna, "Go ahead?")
    assert view.body["submit"]["text"] == "Regenerate 2 sequences"
    assert len(scene.posts) == 2
    ready = scene.ready()
    submitted = await slack.submit(anna, view.id, {})
    await modal(slack, anna, "under way")
    await slack.redeliver(submitted)
    second = await scene.next(ready)

    assert second.thread_ts == first.thread_ts
    assert len(scene.posts) == 4
    assert len(slack.workspace.ephemerals(anna, listings)) == told


@pytest.mark.usefixtures("bot")
async def test_a_question_comes_in_a_direct_message_once_its_modal_is_closed(
    slack: SlackSimulator, scene: Scene, anna: User
) -> None:
    video = scene.video()
    await scene.types(anna, f"{video.id} 1,2")
    first = await scene.says_yes(anna, await scene.told(anna, "Regenerate 2 sequences"))
    await opened(slack, anna)
    scene.iacrea.faults.delay = 2.0
    await pressed(slack, anna, "home_repeat")
    await slack.close_view(anna, (await modal(slack, anna, "under way")).id)
    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    scene.iacrea.faults.delay = 0.0
    [question] = slack.workspace.messages(direct)

    second = await scene.says_yes(anna, question)

    assert second.thread_ts == first.thread_ts
    assert len(scene.posts) == 4


@pytest.mark.usefixtures("bot")
async def test_watching_is_stopped_and_gone_on_with_and_the_tab_shows_it_at_once(
    slack: SlackSimulator, scene: Scene, anna: User, listings: Channel
) -> None:
    scene.iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    video = scene.video()
    await scene.types(anna, f"{video.id} 2")
    await scene.iacrea.until(lambda it: it.posts == 1 and it.polls(video.id) > 2)
    assert "home_stop_watching" in await opened(slack, anna)

    await pressed(slack, anna, "home_stop_watching")
    await slack.until(lambda _: "home_keep_watching" in shown(slack, anna))
    first = await scene.next(0)
    await pressed(slack, anna, "home_keep_watching")
    await modal(slack, anna, "under way")
    await slack.until(
        lambda _: "Following" in str(replies(slack, listings)) or len(replies(slack, listings)) > 1,
    )

    assert {each.thread_ts for each in replies(slack, listings)} == {first.thread_ts}
    assert len(scene.posts) == 1


@pytest.mark.usefixtures("bot")
async def test_a_card_a_storyboard_and_the_form_open_in_modals(
    slack: SlackSimulator, scene: Scene, anna: User
) -> None:
    video = scene.video(12)
    await scene.regenerates(anna, f"{video.id} 2")
    await opened(slack, anna)

    await pressed(slack, anna, "home_show")
    await modal(slack, anna, "is ready")
    await pressed(slack, anna, "home_storyboard")
    board = await modal(slack, anna, "*Storyboard* of")
    assert "Sequence 12" in text_of(board) or "12 ·" in text_of(board)
    await pressed(slack, anna, "home_regenerate")
    await modal(slack, anna, "form_sequences")


async def test_who_may_not_spend_there_any_more_is_told_so_in_a_modal(
    with_settings: Start, slack: SlackSimulator, scene: Scene, anna: User, listings: Channel
) -> None:
    async with with_settings(ALLOWED_CHANNELS=listings.id):
        await scene.regenerates(anna, f"{scene.video().id} 2")
        await opened(slack, anna)
        slack.workspace.leave(listings, anna)

        await pressed(slack, anna, "home_repeat")
        await modal(slack, anna, f"<#{listings.id}>")

    assert len(scene.posts) == 1


@pytest.mark.usefixtures("bot")
async def test_where_the_bot_cannot_post_nothing_is_spent_and_the_modal_says_so(
    slack: SlackSimulator, scene: Scene, anna: User, listings: Channel
) -> None:
    await scene.regenerates(anna, f"{scene.video().id} 2")
    await opened(slack, anna)
    slack.workspace.archive(listings)

    await pressed(slack, anna, "home_repeat")

    await modal(slack, anna, "archived")
    assert len(scene.posts) == 1


@pytest.mark.usefixtures("bot")
async def test_what_slack_had_given_up_is_asked_about_in_a_direct_message(
    slack: SlackSimulator, scene: Scene, anna: User
) -> None:
    first = await scene.regenerates(anna, f"{scene.video().id} 2")
    await opened(slack, anna)
    slack.hold_up(4.0)
    await pressed(slack, anna, "home_repeat")
    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    await asyncio.sleep(0.5)
    assert len(scene.posts) == 1

    second = await scene.says_yes(anna, slack.workspace.messages(direct)[-1], "start_now")
    assert second.thread_ts == first.thread_ts
    assert len(scene.posts) == 2
