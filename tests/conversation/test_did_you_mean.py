"""Of a video that does not exist: those called alike are offered; no money is guessed with."""

import json

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Guest, Message, SlackSimulator, User
from tests.conftest import replies
from tests.conversation.conftest import Named, Scene, Start, button
from tests.depth import in_ci


@pytest.fixture
def scene(slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel) -> Scene:
    return Scene(slack, iacrea, listings)


def offered(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", ())
        if element["type"] == "button"
    ]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "typed", ["lilac-stret", "lil.c-street!", *in_ci("lilac-streets", "lílac-street")]
)
async def test_a_regeneration_is_offered_with_the_video_that_is_called_alike(
    scene: Scene, anna: User, listings: Channel, named: Named, typed: str
) -> None:
    video = scene.video()
    await scene.types(anna, f"name {video.id} lilac-street")
    await named(listings)

    await scene.types(anna, f"{typed} 2 push out")
    answer = await scene.told(anna, "Did you mean")

    assert offered(answer) == ["Regenerate lilac-street"]
    assert scene.posts == []
    await scene.says_yes(anna, answer)
    assert scene.posts == [
        {"sequenceId": video.sequences[1].id, "sequence": {"effect": "CAMERA_PUSH_OUT"}}
    ]


@pytest.mark.usefixtures("bot")
async def test_a_name_that_is_used_in_another_channel_is_offered_and_an_id_from_there_is_not(
    scene: Scene, slack: SlackSimulator, anna: User, ben: User, listings: Channel, named: Named
) -> None:
    elsewhere = slack.workspace.add_channel("elsewhere", members=[anna], bot_member=True)
    video, unnamed = scene.video(), scene.video()
    await scene.types(anna, f"name {video.id} lilac-street")
    await named(listings)
    for each in (video, unnamed):
        await slack.command(anna, elsewhere, f"/regen {each.id} 1")
    await slack.until(lambda _: len(replies(slack, elsewhere)) == 2)

    slip = f"{unnamed.id[:-1]}{'1' if unnamed.id[-1] == '0' else '0'}"
    await scene.types(ben, f"{slip} 2")
    assert offered(await scene.told(ben, "IACrea knows no video")) == []
    await scene.types(ben, "lilac-stret 2")
    assert offered(await scene.told(ben, "Did you mean")) == ["Regenerate lilac-street"]


@pytest.mark.usefixtures("bot")
async def test_an_id_with_a_slip_is_offered_and_asks_what_any_press_asks(
    scene: Scene, anna: User
) -> None:
    video = scene.video()
    await scene.regenerates(anna, f"{video.id} 1")
    slip = video.id[:-1] + ("0" if video.id[-1] != "0" else "1")

    await scene.types(anna, f"{slip} 2,3")
    answer = await scene.told(anna, "Did you mean")
    await scene.slack.click(anna, answer, "go_ahead")

    asked = await scene.told(anna, "2 sequences")
    assert scene.paid == [video.id]
    await scene.says_yes(anna, asked)
    assert len(scene.paid) == 3


@pytest.mark.usefixtures("bot")
async def test_a_storyboard_a_card_and_a_name_are_offered_alike(
    scene: Scene, slack: SlackSimulator, anna: User, listings: Channel, named: Named
) -> None:
    video = scene.video()
    await scene.types(anna, f"name {video.id} harbour")
    await named(listings)
    await scene.regenerates(anna, "harbour 1")

    await scene.types(anna, "harbor")
    answer = await scene.told(anna, "Storyboard of harbour")
    await slack.click(anna, answer, "storyboard")
    await scene.told(anna, "3 sequences")

    await scene.types(anna, "show harbor")
    answer = await scene.told(anna, "newest request on harbour")
    await slack.click(anna, answer, "show_request")
    await scene.told(anna, "sequence 1 of 3 is ready")

    await scene.types(anna, "name harbor pier")
    answer = await scene.told(anna, "Give harbour that name")
    await slack.click(anna, answer, "name_meant")
    assert "pier" in await named(listings, count=2)
    assert len(scene.paid) == 1


@pytest.mark.usefixtures("bot")
async def test_nothing_is_offered_that_is_not_near(
    scene: Scene, anna: User, listings: Channel, named: Named
) -> None:
    await scene.types(anna, f"name {scene.video().id} harbour")
    await named(listings)

    await scene.types(anna, "mountain-view-7 2")
    answer = await scene.told(anna, "mountain-view-7")
    assert offered(answer) == []


@pytest.mark.usefixtures("bot")
async def test_a_changed_button_names_nothing_that_it_may_not(
    scene: Scene, slack: SlackSimulator, anna: User, listings: Channel, named: Named
) -> None:
    await scene.types(anna, f"name {scene.video().id} harbour")
    await named(listings)
    await scene.types(anna, "name harbor pier")
    answer = await scene.told(anna, "Give harbour that name")

    button(answer, "name_meant")["value"] = json.dumps({"video": "x", "name": "status"})
    await slack.click(anna, answer, "name_meant")
    await scene.told(anna, "another version")


async def test_who_may_not_spend_is_offered_nothing_that_only_others_used_and_a_guest_nothing(
    scene: Scene,
    with_settings: Start,
    slack: SlackSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    named: Named,
) -> None:
    gus = slack.workspace.add_user("gus", guest=Guest.MULTI_CHANNEL)
    slack.workspace.join(listings, gus)
    video = scene.video()
    async with with_settings(ALLOWED_USERS=anna.id):
        await scene.types(anna, f"name {video.id} harbour")
        await named(listings)
        await scene.regenerates(anna, "harbour 1")

        for stranger in (ben, gus):
            await scene.types(stranger, "harbor")
            answer = await scene.told(stranger, "harbor")
            assert offered(answer) == []
        await scene.types(anna, "harbor")
        assert offered(await scene.told(anna, "harbor")) == ["Storyboard of harbour"]
