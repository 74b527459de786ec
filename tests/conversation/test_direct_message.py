"""In the bot's direct messages every message is read as words, and every one is answered."""

import pytest

from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conversation.conftest import Scene

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def direct(slack: SlackSimulator, anna: User) -> Channel:
    return slack.workspace.direct_message(anna)


async def said(scene: Scene, direct: Channel, words: str) -> Message:
    """The newest message of the bot's there that holds those words, for everybody there to keep."""
    bot = scene.slack.workspace.bot.id

    def held() -> list[Message]:
        there = scene.slack.workspace.conversation(direct)
        return [each for each in there if each.user == bot and words in each.text]

    await scene.slack.until(lambda _: held())
    return held()[-1]


@pytest.mark.both_transports
async def test_words_are_a_command_there_and_the_outcome_is_told_there(
    scene: Scene, direct: Channel, anna: User
) -> None:
    video = scene.video()
    await scene.says(anna, f"{video.id} 2", channel=direct)
    first = await scene.next(0, direct)
    await scene.says(anna, "3 push out", first.thread_ts, direct)
    second = await scene.next(1, direct)

    assert second.thread_ts == first.thread_ts
    assert [each["sequenceId"] for each in scene.posts] == [
        each.id for each in video.sequences[1:3]
    ]


ANSWERED = [
    ("hello, how does this work", "wholly a command"),
    ("thanks", "wholly a command"),
    ("help", "*I regenerate a sequence"),
    ("@Regen help", "*I regenerate a sequence"),
    ("status", "Nothing is running"),
    ("again", "mention me in that thread"),
    ("2 push out", "Which video?"),
    ("kitchen 2", "IACrea knows no video `kitchen`"),
]


async def test_every_message_is_answered_in_a_message(scene: Scene) -> None:
    for number, (words, answer) in enumerate(ANSWERED):
        user = scene.slack.workspace.add_user(f"person-{number}")
        direct = scene.slack.workspace.direct_message(user)
        await scene.says(user, words, channel=direct)
        told = await said(scene, direct, answer)

        assert told.visible_to is None
        assert told.thread_ts is None
    assert scene.paid == []


async def test_a_question_there_is_answered_by_its_button_and_goes(
    scene: Scene, direct: Channel, anna: User
) -> None:
    video = scene.video()
    await scene.says(anna, f"{video.id} 2,3", channel=direct)
    asked = await said(scene, direct, "2 sequences")

    await scene.slack.click(anna, asked, "go_ahead")
    told = await scene.next(0, direct)

    assert len(scene.paid) == 2
    parent = scene.slack.workspace.message(direct.id, str(told.thread_ts))
    assert not parent.is_reply, "it stands beside the question, not in its thread"
    assert asked.ts not in {each.ts for each in scene.slack.workspace.messages(direct)}


@pytest.mark.both_transports
async def test_a_form_opened_there_posts_there(scene: Scene, direct: Channel, anna: User) -> None:
    video = scene.video()
    await scene.says(anna, "2 push out", channel=direct)
    asked = await said(scene, direct, "Which video?")
    await scene.slack.click(anna, asked, "open_form_with")
    await scene.slack.until(lambda w: w.modals(anna) and "form_video" in str(w.modals(anna)))
    [form] = scene.slack.workspace.modals(anna)
    await scene.slack.suggest(anna, form, "form_video", video.id)
    await scene.slack.select(anna, form, "form_video", video.id)
    await scene.slack.until(lambda w: "form_sequences" in str(w.modals(anna)[0].body))
    await scene.slack.submit(anna, form.id, {})
    await scene.next(0, direct)

    assert scene.posts == [
        {"sequenceId": video.sequences[1].id, "sequence": {"effect": "CAMERA_PUSH_OUT"}}
    ]


async def test_what_is_edited_or_deleted_or_said_by_the_bot_is_passed_over(
    scene: Scene, direct: Channel, anna: User
) -> None:
    video = scene.video()
    message = await scene.says(anna, "hello", channel=direct)
    await said(scene, direct, "wholly a command")
    await scene.slack.edit(anna, message, f"{video.id} 2")
    scene.slack.workspace.delete(scene.slack.workspace.message(direct.id, message.ts))
    await scene.says(anna, "status", channel=direct)
    await said(scene, direct, "Nothing is running")

    own = [each for each in scene.slack.workspace.messages(direct) if each.user != anna.id]
    assert len(own) == 2
    assert scene.paid == []
