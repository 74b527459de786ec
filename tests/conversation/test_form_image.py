"""What is wrong with the image of a form is said beside its field; all that was chosen stays."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from sandbox.web import Answer, WebSimulator, files
from sandbox.web.answers import page
from tests.conversation.conftest import outcome, private
from tests.conversation.forms import field, filled, the_form

pytestmark = pytest.mark.usefixtures("bot")

IMAGE = "https://photos.example/kitchen"
SHOWN = "photos.example/kitchen"


@pytest.mark.both_transports
async def test_a_page_is_said_beside_the_field_and_all_that_was_chosen_stays(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
) -> None:
    web.answers[SHOWN] = page()
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)
    await slack.select(anna, view, "form_effect", "CAMERA_ORBIT_LEFT")
    slack.fill(view, "form_image", IMAGE)
    await slack.submit(anna, view.id, {})

    again = await the_form(slack, anna, "opens a web page")
    order = [each.get("block_id") for each in again.blocks]
    beneath = again.blocks[order.index("form_image") + 1]
    assert "opens a web page, not the image itself" in str(beneath)
    assert field(again, "form_effect")["initial_option"]["value"] == "CAMERA_ORBIT_LEFT"
    assert field(again, "form_image")["initial_value"] == IMAGE
    assert [each["value"] for each in field(again, "form_sequences")["initial_options"]] == ["2"]
    assert "form_use_image" not in order
    assert slack.workspace.messages(listings) == []
    assert slack.workspace.ephemerals(anna, listings) == []
    assert iacrea.posts == 0

    slack.fill(again, "form_image", "https://photos.example/alone.jpg")
    await slack.submit(anna, again.id, {})
    await outcome(slack, listings)
    assert "It has started" in str((await the_form(slack, anna, "It has started")).blocks)
    assert video.sequences[1].image == "https://photos.example/alone.jpg"
    assert video.sequences[1].effect == "CAMERA_ORBIT_LEFT"
    assert iacrea.posts == 1


async def test_a_doubtful_image_is_used_once_the_box_is_ticked_and_no_other_one_with_it(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
) -> None:
    web.answers[SHOWN] = web.answers["photos.example/other"] = Answer(files.jpg(320, 180))
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 1, 3)
    slack.fill(view, "form_image", IMAGE)
    await slack.submit(anna, view.id, {})
    await slack.submit(anna, (await the_form(slack, anna, "2 sequences")).id, {})
    asked = await the_form(slack, anna, "form_use_image")
    assert "320 × 180 pixels only" in str(asked.blocks)

    await slack.select(anna, asked, "form_use_image", ["small"])
    slack.fill(asked, "form_image", "https://photos.example/other")
    await slack.submit(anna, asked.id, {})
    await slack.submit(anna, (await the_form(slack, anna, "2 sequences")).id, {})
    asked = await the_form(slack, anna, "form_use_image")
    assert iacrea.posts == 0

    await slack.select(anna, asked, "form_use_image", ["small"])
    await slack.submit(anna, asked.id, {})
    await slack.submit(anna, (await the_form(slack, anna, "2 sequences")).id, {})
    await outcome(slack, listings)
    assert {video.sequences[n].image for n in (0, 2)} == {"https://photos.example/other"}
    assert iacrea.posts == 2


@pytest.mark.both_transports
async def test_who_has_closed_the_form_is_told_in_private(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
) -> None:
    web.answers[SHOWN] = Answer(status=403, delay=1.0)
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)
    slack.fill(view, "form_image", IMAGE)
    await slack.submit(anna, view.id, {})
    await slack.close_view(anna, slack.workspace.modals(anna)[-1].id)
    assert "answers me with 403" in await private(slack, anna, listings)

    [question] = slack.workspace.ephemerals(anna, listings)
    await slack.click(anna, question, "go_ahead")
    await outcome(slack, listings)
    assert video.sequences[1].image == IMAGE
    assert iacrea.posts == 1


async def test_what_else_is_wrong_is_said_in_the_conversation(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)
    iacrea.account.credits = 0
    slack.fill(view, "form_image", IMAGE)
    await slack.submit(anna, view.id, {})
    assert "not have enough credits" in await private(slack, anna, listings)
    await the_form(slack, anna, f"<#{listings.id}>")
    assert iacrea.posts == 0
