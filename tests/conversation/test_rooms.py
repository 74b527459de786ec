"""Rooms: sequences are shown and asked for by what they are, and nothing is guessed with money."""

import json
from collections.abc import AsyncIterator

import pytest

from sandbox.iacrea import ApiVariant, IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import Scene
from tests.conversation.forms import the_form

pytestmark = pytest.mark.usefixtures("bot")
ROOMS = ("LIVING_ROOM", "KITCHEN", "BEDROOM", "BEDROOM", "WINE_CELLAR")


@pytest.fixture
async def iacrea() -> AsyncIterator[IACreaSimulator]:
    """It regenerates what it tells rooms of: a reading that its pages leave open."""
    variant = ApiVariant(auto_videos="alike")
    async with IACreaSimulator(timings=QUICK, credits=1000, variant=variant) as iacrea:
        yield iacrea


@pytest.fixture
def scene(slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel) -> Scene:
    return Scene(slack, iacrea, listings)


async def test_a_room_that_is_there_once_is_regenerated_and_shown_with_its_number(
    scene: Scene, anna: User
) -> None:
    video = scene.video(5, rooms=ROOMS)

    result = await scene.regenerates(anna, f"{video.id} kitchen push out")
    assert "sequence 2 · Kitchen is ready" in result.text
    result = await scene.regenerates(anna, f"{video.id} salon")
    assert "sequence 1 · Living room is ready" in result.text
    result = await scene.regenerates(anna, f"{video.id} “wine cellar”.")

    assert "sequence 5 · Wine cellar is ready" in result.text
    assert scene.posts == [
        {"sequenceId": video.sequences[1].id, "sequence": {"effect": "CAMERA_PUSH_OUT"}},
        {"sequenceId": video.sequences[0].id},
        {"sequenceId": video.sequences[4].id},
    ]


async def test_in_the_thread_of_its_video_a_room_is_enough_after_a_mention(
    scene: Scene, anna: User
) -> None:
    video = scene.video(5, rooms=ROOMS)
    first = await scene.regenerates(anna, f"{video.id} 1")

    ready = scene.ready()
    await scene.says(anna, "@Regen cuisine push out", first.thread_ts)
    second = await scene.next(ready)

    assert "sequence 2 · Kitchen is ready" in second.text
    assert second.thread_ts == first.thread_ts
    assert scene.posts[-1] == {
        "sequenceId": video.sequences[1].id,
        "sequence": {"effect": "CAMERA_PUSH_OUT"},
    }


@pytest.mark.parametrize(
    ("typed", "offered"), [("bedroom push out", [3, 4]), ("pool push out", [1, 2, 3, 4, 5])]
)
async def test_where_it_is_not_clear_which_a_press_starts_exactly_that_one(
    scene: Scene, slack: SlackSimulator, anna: User, typed: str, offered: list[int]
) -> None:
    video = scene.video(5, rooms=ROOMS)

    await scene.types(anna, f"{video.id} {typed}")
    asked = await scene.told(anna, "Which one")
    labels = [
        each["elements"][0]["text"]["text"] for each in asked.blocks if each["type"] == "actions"
    ]
    assert [int(label.split()[2]) for label in labels] == offered
    assert scene.posts == []
    assert slack.workspace.messages(scene.channel) == []

    await scene.says_yes(anna, asked)
    assert scene.posts == [
        {
            "sequenceId": video.sequences[offered[0] - 1].id,
            "sequence": {"effect": "CAMERA_PUSH_OUT"},
        }
    ]


async def test_storyboard_and_form_show_what_iacrea_says_of_each(scene: Scene, anna: User) -> None:
    video = scene.video(5, rooms=ROOMS)

    await scene.types(anna, video.id)
    board = await scene.told(anna, "Storyboard")

    assert "2 · Kitchen · push out" in board.text
    assert "Look at the kitchen" in json.dumps(board.blocks)
    assert "not the scenes of the film" in board.text
    assert "5 · Wine cellar" in board.text


async def test_what_stands_behind_a_room_and_is_no_effect_starts_nothing(
    scene: Scene, anna: User
) -> None:
    video = scene.video(5, rooms=ROOMS)

    await scene.types(anna, f"{video.id} kitchen slow fade")
    await scene.told(anna, "no effect called `slow fade`")
    assert scene.posts == []


def typed(*names: str) -> dict[str, dict[str, dict[str, str]]]:
    return {
        f"sequence-{n}": {"sequence_naming": {"value": name}}
        for n, name in enumerate(names, start=1)
    }


async def test_a_sequence_that_is_called_something_by_hand_is_shown_and_asked_for_by_that(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = scene.video(3, rooms=("BEDROOM", "BEDROOM", "KITCHEN"))
    await scene.types(anna, video.id)
    board = await scene.told(anna, "Storyboard")
    await slack.click(anna, board, "name_sequences")
    view = await the_form(slack, anna, "sequence_naming")

    await slack.submit(anna, view.id, typed("", "failed", "2"))
    [refused] = slack.workspace.modals(anna)
    assert {*refused.errors} == {"sequence-2", "sequence-3"}

    await slack.submit(anna, view.id, typed("", "Master bedroom", ""))
    await slack.until(lambda w: w.messages(listings))
    [said] = slack.workspace.messages(listings)
    assert "anna has named sequences" in said.text
    assert f"/regen {video.id} Master-bedroom" in said.text

    result = await scene.regenerates(ben, f"{video.id} master bedroom push out")
    assert "sequence 2 · Master-bedroom is ready" in result.text
    assert [each["sequenceId"] for each in scene.posts] == [video.sequences[1].id]
    result = await scene.regenerates(ben, f"{video.id} bedroom")
    assert "sequence 1 · Bedroom is ready" in result.text


async def test_a_name_is_taken_away_by_an_empty_field(
    scene: Scene, slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    video = scene.video(2)
    for name, words in (("desk", "desk"), ("", "away")):
        await scene.types(anna, video.id)
        board = await scene.told(anna, "Storyboard")
        await slack.click(anna, board, "name_sequences")
        view = await the_form(slack, anna, "sequence_naming")
        await slack.submit(anna, view.id, typed(name, ""))
        await slack.until(
            lambda w, said=words: any(said in each.text for each in w.messages(listings))
        )

    await scene.types(anna, f"{video.id} desk")
    await scene.told(anna, "called `desk`")
    assert scene.posts == []
