"""Earlier takes: what a sequence was before, shown to who may see it, and made again."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.iacrea import ApiVariant, IACreaSimulator, Timings
from sandbox.slack import Channel, Message, SlackSimulator, User
from sandbox.slack.records import Content
from sandbox.slack.workspace import Place
from tests.conftest import QUICK
from tests.conversation.conftest import Scene, Start, outcome

PHOTO = "https://cdn.example.com/new-kitchen.jpg"


@pytest.fixture
async def iacrea(request: pytest.FixtureRequest) -> AsyncIterator[IACreaSimulator]:
    """Whose links lead to the source picture, or to the clip; it regenerates rooms too."""
    variant = ApiVariant(content_url=getattr(request, "param", "source"), auto_videos="alike")
    async with IACreaSimulator(timings=QUICK, credits=1000, variant=variant) as iacrea:
        yield iacrea


def cards(message: Message) -> list[dict[str, Any]]:
    return [
        card for block in message.blocks for card in block.get("elements", ()) if "title" in card
    ]


def card_texts(message: Message) -> list[tuple[str, str]]:
    return [(each["title"]["text"], each["body"]["text"]) for each in cards(message)]


def photo(card: dict[str, Any]) -> str | None:
    return card.get("hero_image", {}).get("image_url")


def links(card: dict[str, Any]) -> dict[str, str]:
    return {each["text"]["text"]: each["url"] for each in card["actions"] if "url" in each}


@pytest.mark.usefixtures("bot")
async def test_takes_are_shown_under_the_outcome_the_newest_first(scene: Scene, anna: User) -> None:
    video = scene.video()
    original = video.sequences[1].image
    await scene.regenerates(anna, f"{video.id} 2 push in {PHOTO}")
    told = await scene.regenerates(anna, f"{video.id} 2 zoom out")

    await scene.slack.click(anna, told, "earlier_takes")
    shown = await scene.told(anna, "*Earlier takes* of sequence 2 of 3")

    newer, older = cards(shown)
    assert [each["title"]["text"] for each in (newer, older)] == [
        "Take 1 · push out",
        "Take 2 · push in",
    ]
    assert photo(older) == PHOTO
    assert photo(newer) == PHOTO, "which it kept"
    assert original not in json.dumps(shown.blocks)
    assert f"<@{anna.id}>" in newer["subtitle"]["text"]
    assert newer["body"]["text"].startswith(
        "✅ Ready · 3 credits used · <https://simulated.slack.com/"
    )
    assert f"p{told.ts.replace('.', '')}" in newer["body"]["text"]
    assert links(newer) == {"Whole video": video.final_url}
    assert links(older)["Whole video"] != video.final_url
    assert "no way back" in shown.text
    assert shown.thread_ts == told.thread_ts


@pytest.mark.parametrize("iacrea", ["clip"], indirect=True)
@pytest.mark.usefixtures("bot")
async def test_a_clip_is_never_shown_as_the_photo_and_each_has_its_link(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    clips = []
    for typed in (f"{video.id} 2", f"{video.id} 2 push in {PHOTO}"):
        await scene.regenerates(anna, typed)
        clips.append(video.sequences[1].clip)

    await scene.types(anna, f"takes {video.id} 2")

    newer, older = cards(await scene.told(anna, "*Earlier takes*"))
    assert (photo(newer), photo(older)) == (PHOTO, None)
    assert [links(each)["Clip"] for each in (older, newer)] == clips


@pytest.mark.usefixtures("bot")
async def test_like_this_one_makes_a_new_clip_with_its_effect_and_picture_once(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    await scene.regenerates(anna, f"{video.id} 2 push in {PHOTO}")
    await scene.regenerates(anna, f"{video.id} 2 zoom out https://cdn.example.com/other.jpg")
    await scene.types(anna, f"takes {video.id} 2")
    shown = await scene.told(anna, "*Earlier takes*")
    scene.slack.faults.deliver_twice = 1

    ready = scene.ready()
    await scene.slack.click(anna, shown, "regenerate_like_this", "take-2")
    told = await scene.next(ready)

    assert "is ready, with *push in* instead of push out" in told.text
    assert scene.posts[2:] == [
        {
            "sequenceId": video.sequences[1].id,
            "sequence": {"url": PHOTO, "effect": "CAMERA_PUSH_IN"},
        }
    ]
    await scene.types(anna, f"takes {video.id} 2")
    again = await scene.told(anna, "Take 3")
    assert [title for title, _ in card_texts(again)] == [
        "Take 1 · push in",
        "Take 2 · push out",
        "Take 3 · push in",
    ]


@pytest.mark.usefixtures("bot")
async def test_it_asks_the_usual_questions(scene: Scene, anna: User) -> None:
    video = scene.video()
    await scene.regenerates(anna, f"{video.id} 2 push in")
    scene.iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    await scene.types(anna, f"{video.id} 3")
    await scene.iacrea.until(lambda it: it.posts == 2)
    await scene.types(anna, f"takes {video.id} 2")
    shown = await scene.told(anna, "*Earlier takes*")
    await scene.types(anna, f"{video.id} 2")
    await scene.iacrea.until(lambda it: it.posts == 3)

    await scene.slack.click(anna, shown, "regenerate_like_this", "take-1")

    await scene.told(anna, "being regenerated already")
    assert len(scene.posts) == 3


@pytest.mark.usefixtures("bot")
async def test_others_see_a_take_where_it_was_asked_for_and_nowhere_else(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = scene.video()
    elsewhere = slack.workspace.add_channel("elsewhere", bot_member=True)
    await scene.regenerates(anna, f"{video.id} 2")

    await scene.types(ben, f"takes {video.id} 2")
    assert len(cards(await scene.told(ben, "*Earlier takes*"))) == 1
    await scene.types(anna, f"takes {video.id} 2", elsewhere)
    assert len(cards(await scene.told(anna, "*Earlier takes*", elsewhere))) == 1
    await scene.types(ben, f"takes {video.id} 2", elsewhere)
    hidden = await scene.told(ben, "No earlier takes are kept", elsewhere)
    assert cards(hidden) == []

    await slack.click(anna, await scene.told(anna, "", elsewhere), "regenerate_like_this", "take-1")
    await outcome(slack, elsewhere)
    stolen = await scene.told(anna, "*Earlier takes*", elsewhere)
    [before] = [each for each in cards(stolen) if each["block_id"] == "take-1"]
    value = next(each["value"] for each in before["actions"] if "value" in each)
    await press(slack, ben, elsewhere, value)
    await scene.told(ben, "not kept any more, or it was made in another conversation", elsewhere)
    assert len(scene.posts) == 2


async def press(slack: SlackSimulator, user: User, channel: Channel, value: str) -> None:
    """Presses *Regenerate like this one* with what stands under somebody else's."""
    label = {"type": "plain_text", "text": "x"}
    button = {"type": "button", "action_id": "regenerate_like_this", "text": label, "value": value}
    content = Content("x", ({"type": "actions", "elements": [button]},))
    place = Place(slack.workspace.bot.id)
    posted = slack.workspace.post(channel, content, place)
    await slack.click(user, posted, "regenerate_like_this")


async def test_administrators_see_all_and_what_is_edited_is_refused(
    with_settings: Start, scene: Scene, slack: SlackSimulator, anna: User, ben: User
) -> None:
    video = scene.video()
    elsewhere = slack.workspace.add_channel("elsewhere", bot_member=True)
    async with with_settings(ADMIN_USERS=ben.id):
        await scene.regenerates(anna, f"{video.id} 2")
        await scene.types(ben, f"takes {video.id} 2", elsewhere)
        [card] = cards(await scene.told(ben, "*Earlier takes*", elsewhere))
        for value in ("{}", "[", json.dumps({"v": 1, "video": video.id, "ids": ["s"], "take": 7})):
            await press(slack, ben, elsewhere, value)
            await scene.told(ben, "another version of me", elsewhere)
        assert card["title"]["text"].startswith("Take 1")
        assert len(scene.posts) == 1


@pytest.mark.usefixtures("bot")
async def test_exactly_one_sequence_is_named(scene: Scene, anna: User) -> None:
    video = scene.video()
    for count, typed in enumerate(
        (
            f"{video.id}",
            f"{video.id} 2,3",
            f"{video.id} failed",
            f"{video.id} 9",
            f"{video.id} attic",
        ),
        start=1,
    ):
        await scene.types(anna, f"takes {typed}")
        await scene.slack.until(
            lambda w, count=count: len(w.ephemerals(anna, scene.channel)) >= count
        )
    answers = [each.text for each in scene.slack.workspace.ephemerals(anna, scene.channel)]
    assert all(each.startswith("Earlier takes are those of one sequence.") for each in answers)
    assert all(
        "`/regen takes <video> <sequence>`" in each.replace("&lt;", "<").replace("&gt;", ">")
        for each in answers
    )
    assert "from 1 to 3" in answers[-1]


@pytest.mark.usefixtures("bot")
async def test_in_the_thread_of_a_video_it_may_be_left_out_and_a_room_is_named(
    scene: Scene, anna: User
) -> None:
    video = scene.video(rooms=("LIVING_ROOM", "KITCHEN", "BEDROOM"))
    told = await scene.regenerates(anna, f"{video.id} 2")

    await scene.says(anna, "@Regen takes kitchen", told.thread_ts)
    shown = await scene.told(anna, "*Earlier takes* of sequence 2 · Kitchen")
    assert shown.thread_ts == told.thread_ts
    await scene.says(anna, "@Regen takes 3", told.thread_ts)
    await scene.told(anna, "*Earlier takes* of sequence 3 · Bedroom")
    await scene.says(anna, "@Regen takes 2")
    await scene.told(anna, "takes &lt;video&gt; 2")


@pytest.mark.usefixtures("bot")
async def test_without_takes_it_says_so_plainly(scene: Scene, anna: User) -> None:
    video = scene.video()

    await scene.types(anna, f"{video.id}")
    board = await scene.told(anna, "*Storyboard*")
    await scene.slack.click(anna, board, "earlier_takes", "sequence-3")

    told = await scene.told(anna, "No earlier takes are kept")
    assert "*Earlier takes* of sequence 3 of 3" in told.text
    assert scene.posts == []


@pytest.mark.usefixtures("bot")
async def test_where_slack_shows_no_cards_takes_are_sections_with_the_photo_beside(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    await scene.regenerates(anna, f"{video.id} 2 push in {PHOTO}")
    scene.slack.faults.refuse_carousels = True

    await scene.types(anna, f"takes {video.id} 2")

    shown = await scene.told(anna, "*Earlier takes*")
    assert {block["type"] for block in shown.blocks} == {"section", "context", "actions"}
    [beside] = [block["accessory"] for block in shown.blocks if "accessory" in block]
    assert beside["image_url"] == PHOTO
    ready = scene.ready()
    await scene.slack.click(anna, shown, "regenerate_like_this", "take-1")
    await scene.next(ready)
    assert len(scene.posts) == 2
