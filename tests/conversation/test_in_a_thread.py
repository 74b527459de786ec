"""Who presses something in a thread is answered in that thread, where they look."""

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_question_about_a_press_in_a_thread_is_asked_there(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=60.0)
    await slack.command(ben, listings, f"/regen {video.id} 3")
    await iacrea.until(lambda _: video.status == "RENDERING_VIDEO")

    await slack.click(anna, result, "regenerate_again")

    assert "Go ahead" in await private(slack, anna, listings)
    [question] = slack.workspace.ephemerals(anna, listings)
    assert question.thread_ts == result.thread_ts
    iacrea.account.timings = QUICK
    await slack.click(anna, question, "go_ahead")
    await outcome(slack, listings, 3)
    assert slack.workspace.ephemerals(anna, listings) == [], "the question is taken away"


async def test_what_is_wrong_with_a_press_in_a_thread_is_said_there(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)
    del iacrea.account.videos[video.id]

    await slack.click(anna, result, "storyboard")

    assert "knows no video" in await private(slack, anna, listings)
    [answer] = slack.workspace.ephemerals(anna, listings)
    assert answer.thread_ts == result.thread_ts


async def test_what_comes_of_a_form_that_was_opened_in_a_thread_is_said_there(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)
    await slack.click(anna, result, "another_image")
    await slack.until(lambda w: w.modals(anna) and "form_image" in str(w.modals(anna)[0].body))
    [form] = slack.workspace.modals(anna)
    del iacrea.account.videos[video.id]

    delivery = await slack.submit(anna, form.id, {})

    assert delivery.ok
    assert "knows no video" in await private(slack, anna, listings)
    [answer] = slack.workspace.ephemerals(anna, listings)
    assert answer.thread_ts == result.thread_ts


async def test_what_a_video_is_called_is_said_to_the_channel_and_again_in_the_thread(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)
    await slack.click(anna, result, "storyboard")
    await private(slack, anna, listings)
    [board] = slack.workspace.ephemerals(anna, listings)

    await name_it(slack, anna, board, "lilac-street")
    await slack.until(lambda w: "lilac-street" in w.messages(listings)[-1].text)
    said = slack.workspace.messages(listings)[-1]
    await name_it(slack, anna, board, "lilac-street")

    assert said.thread_ts is None  # whoever pays for it later has read it
    assert "lilac-street" in await private(slack, anna, listings, 2)
    answer = slack.workspace.ephemerals(anna, listings)[-1]
    assert answer.thread_ts == board.thread_ts == result.thread_ts


async def name_it(slack: SlackSimulator, user: User, board: Message, name: str) -> None:
    await slack.click(user, board, "name_video")
    await slack.until(lambda w: w.modals(user))
    [modal] = slack.workspace.modals(user)
    await slack.submit(user, modal.id, {"name": {"name": {"value": name}}})


async def test_a_press_on_a_message_of_the_channel_is_answered_in_the_channel(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id}")
    await private(slack, anna, listings)
    [board] = slack.workspace.ephemerals(anna, listings)
    await slack.click(anna, board, "share_storyboard")
    await slack.until(lambda w: w.messages(listings))
    [shared] = slack.workspace.messages(listings)
    del iacrea.account.videos[video.id]

    await slack.click(anna, shared, "regenerate_again", "sequence-2")

    assert "knows no video" in await private(slack, anna, listings, 2)
    assert slack.workspace.ephemerals(anna, listings)[-1].thread_ts is None
