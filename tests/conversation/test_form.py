"""The form, from nothing to an outcome, and what is said beside its fields."""

import asyncio

import pytest

from sandbox.iacrea import Answered, IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import outcome
from tests.conversation.forms import chosen, field, filled, opened, the_form

pytestmark = pytest.mark.usefixtures("bot")


async def test_the_form_leads_from_nothing_to_an_outcome(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=["success", "error", "success"])

    view = await filled(slack, anna, listings, video.id, 2)
    await slack.select(anna, view, "form_effect", "CAMERA_ORBIT_LEFT")
    slack.fill(view, "form_image", "https://example.com/kitchen.jpg")
    labels = [each["text"]["text"] for each in field(view, "form_sequences")["options"]]
    delivery = await slack.submit(anna, view.id, {})
    result = await outcome(slack, listings)

    assert labels[1] == "2 · push out · Failed"
    assert delivery.ok
    await the_form(slack, anna, "It has started")
    assert f"<@{anna.id}>" in result.text
    assert "sequence 2 of 3 is ready" in result.text
    assert video.sequences[1].effect == "CAMERA_ORBIT_LEFT"
    assert video.sequences[1].image == "https://example.com/kitchen.jpg"
    assert iacrea.posts == 1


async def test_several_are_asked_about_once_and_told_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 1")
    await outcome(slack, listings)

    view = await filled(slack, anna, listings, video.id, 2, 4, 5)
    assert "Each sequence costs 3 credits. 997 are left." in str(view.blocks)
    await slack.submit(anna, view.id, {})
    [question] = slack.workspace.modals(anna)
    assert "3 sequences, for about 9 credits. 997 are left." in str(question.blocks)
    assert iacrea.posts == 1
    await slack.submit(anna, question.id, {})
    result = await outcome(slack, listings, count=2)

    assert "sequences 2, 4 and 5" in result.text
    assert len(slack.workspace.messages(listings)) == 2
    assert slack.workspace.ephemerals(anna, listings) == []
    assert iacrea.posts == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://example.com/a.jpg", "has to start with https://"),
        ("https://10.0.0.1/a.jpg", "IACrea cannot reach https://10.0.0.1/a.jpg."),
    ],
)
async def test_a_bad_image_is_said_beside_its_field(
    typed: str,
    said: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)

    await slack.submit(anna, view.id, {"form_image": {"form_image": {"value": typed}}})
    [refused] = slack.workspace.modals(anna)

    assert list(refused.errors) == ["form_image"]
    assert said in refused.errors["form_image"]
    await slack.submit(anna, view.id, {"form_image": {"form_image": {"value": None}}})
    await outcome(slack, listings)
    assert iacrea.posts == 1


async def test_an_effect_that_is_not_known_any_more_is_said_beside_its_field(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)

    gone = {"selected_option": {"value": "EXPLODE", "text": {"type": "plain_text", "text": "x"}}}
    await slack.submit(anna, view.id, {"form_effect": {"form_effect": gone}})

    [refused] = slack.workspace.modals(anna)
    assert "no effect called EXPLODE" in refused.errors["form_effect"]
    assert iacrea.posts == 0


async def test_without_sequences_it_says_beside_the_video_that_none_are_shown(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    view = await opened(slack, anna, listings)
    await slack.suggest(anna, view, "form_video", "kitchen-12")
    await slack.select(anna, view, "form_video", "kitchen-12")
    unread = await the_form(slack, anna, "knows no video")

    assert "`kitchen-12`" in str(unread.blocks)
    await slack.submit(anna, view.id, {})

    [refused] = slack.workspace.modals(anna)
    assert refused.errors == {
        "form_video": "Its sequences are not shown yet. Wait a moment, or choose the video again."
    }
    assert iacrea.posts == 0


async def test_another_video_can_be_chosen_and_what_was_typed_stays(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    first, second = (iacrea.account.add_video(sequences=3) for _ in range(2))
    view = await filled(slack, anna, listings, first.id, 2)
    slack.fill(view, "form_image", "https://example.com/kitchen.jpg")

    view = await chosen(slack, anna, view, second.id)

    assert first.id not in str(field(view, "form_sequences"))
    assert "initial_options" not in field(view, "form_sequences")
    await slack.select(anna, view, "form_sequences", ["3"])
    await slack.submit(anna, view.id, {})
    await outcome(slack, listings)
    assert second.sequences[2].image == "https://example.com/kitchen.jpg"


async def test_a_submission_delivered_twice_spends_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    view = await filled(slack, anna, listings, video.id, 2)

    slack.faults.deliver_twice = 1
    delivery = await slack.submit(anna, view.id, {})
    await outcome(slack, listings)
    again = await slack.redeliver(delivery)
    await asyncio.sleep(0.5)

    assert delivery.ok
    assert again.ok
    assert iacrea.posts == 1
    assert len(slack.workspace.messages(listings)) == 1
    assert slack.workspace.ephemerals(anna, listings) == []


async def test_the_same_form_filled_in_again_is_another_request(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)

    for count in (1, 2):
        view = await filled(slack, anna, listings, video.id, 2)
        await slack.submit(anna, view.id, {})
        await outcome(slack, listings, count=count)

    assert iacrea.posts == 2


async def test_another_channel_may_be_chosen_and_bears_the_message(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    other = slack.workspace.add_channel("videos", bot_member=True)
    view = await filled(slack, anna, listings, video.id, 2)
    assert field(view, "form_channel")["initial_conversation"] == listings.id

    slack.fill(view, "form_channel", other.id)
    await slack.submit(anna, view.id, {})
    await outcome(slack, other)

    assert slack.workspace.messages(listings) == []


async def test_what_iacrea_cannot_show_is_said_in_the_form(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    iacrea.faults.gets.append(Answered(500))
    view = await opened(slack, anna, listings)
    await slack.suggest(anna, view, "form_video", video.id)
    await slack.select(anna, view, "form_video", video.id)
    view = await the_form(slack, anna, "it answers 500")

    view = await chosen(slack, anna, view, video.id)

    assert "it answers 500" not in str(view.blocks)


async def test_a_french_person_reads_french(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")
    slack.workspace.join(listings, chloe)
    video = iacrea.account.add_video(sequences=3)

    view = await filled(slack, chloe, listings, video.id, 1, 2)
    labels = [each["label"]["text"] for each in view.blocks if each["type"] == "input"]
    await slack.submit(chloe, view.id, {})
    [question] = slack.workspace.modals(chloe)

    assert labels == ["Vidéo", "Séquences", "Effet", "Nouvelle image", "Où publier"]
    assert view.body["title"]["text"] == "Régénérer des séquences"
    assert "Rien n'a encore été lancé. On y va ?" in str(question.blocks)
    assert question.body["submit"]["text"] == "Régénérer les 2"
