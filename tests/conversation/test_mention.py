"""The words of the command after a mention of the bot, in a thread and in a channel."""

import pytest

from sandbox.slack import User
from tests.conversation.conftest import Scene, button

pytestmark = pytest.mark.usefixtures("bot")


@pytest.mark.both_transports
async def test_in_the_thread_of_a_video_the_video_is_left_out_and_told_there(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    first = await scene.regenerates(anna, f"{video.id} 1")

    ready = scene.ready()
    await scene.says(anna, "@Regen 2 push out", first.thread_ts)
    second = await scene.next(ready)

    assert second.thread_ts == first.thread_ts
    post = scene.posts[-1]
    assert post == {
        "sequenceId": video.sequences[1].id,
        "sequence": {"effect": "CAMERA_PUSH_OUT"},
    }


async def test_again_repeats_what_the_button_under_the_newest_outcome_would(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    first = await scene.regenerates(anna, f"{video.id} 2 push out https://e.com/a.jpg")

    ready = scene.ready()
    await scene.says(anna, "@Regen again", first.thread_ts)
    second = await scene.next(ready)

    assert second.thread_ts == first.thread_ts
    assert scene.posts[-1] == scene.posts[0]
    assert button(second, "regenerate_again")["value"]


@pytest.mark.both_transports
async def test_in_the_channel_the_video_is_named_and_the_announcement_stands_there(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    await scene.says(anna, f"@Regen {video.id} 2")
    told = await scene.next(0)

    parent = scene.slack.workspace.message(scene.channel.id, str(told.thread_ts))
    assert not parent.is_reply
    assert scene.paid == [video.id]


async def test_prose_starts_nothing_and_is_answered_once_an_hour_in_its_thread(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    first = await scene.regenerates(anna, f"{video.id} 1")

    await scene.says(anna, "@Regen sequence 2 again?", first.thread_ts)
    answer = await scene.told(anna, "wholly a command")
    for words in ("@Regen I like 3 of them", "so @Regen 2 it is"):
        await scene.says(anna, words, first.thread_ts)

    assert answer.thread_ts == first.thread_ts
    assert len(scene.slack.workspace.ephemerals(anna, scene.channel)) == 1
    assert len(scene.paid) == 1
    await scene.slack.click(anna, answer, "open_form_with")
    await scene.slack.until(lambda w: w.modals(anna) and "form_sequences" in str(w.modals(anna)))
    [form] = scene.slack.workspace.modals(anna)
    ready = scene.ready()
    await scene.slack.submit(anna, form.id, {})
    told = await scene.next(ready)
    assert told.thread_ts == first.thread_ts
    assert scene.posts[-1] == {"sequenceId": video.sequences[1].id}
