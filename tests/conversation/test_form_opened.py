"""Every way into the form, and what is filled in by it."""

import asyncio

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import outcome, private
from tests.conversation.forms import button_message, chosen, field, options, the_form

pytestmark = pytest.mark.usefixtures("bot")


@pytest.mark.both_transports
async def test_the_shortcut_on_a_message_stays_in_its_thread(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    link = f"look: <https://iacrea.com/video/{video.id}?tab=2>"
    message = slack.workspace.say(ben, listings, link)

    await slack.shortcut(anna, "regenerate_message", message)
    view = await the_form(slack, anna, f"form_sequences-{video.id}")
    assert field(view, "form_video")["initial_option"]["value"] == video.id
    await slack.select(anna, view, "form_sequences", ["2"])
    await slack.submit(anna, view.id, {})
    await slack.until(lambda w: len(w.thread(listings, message.ts)) == 3)

    assert [each.ts for each in slack.workspace.messages(listings)] == [message.ts]


async def test_the_thread_is_left_where_another_channel_is_chosen(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    other = slack.workspace.add_channel("videos", bot_member=True)
    message = slack.workspace.say(anna, listings, video.id)

    await slack.shortcut(anna, "regenerate_message", message)
    view = await the_form(slack, anna, f"form_sequences-{video.id}")
    slack.fill(view, "form_channel", other.id)
    await slack.select(anna, view, "form_sequences", ["2"])
    await slack.submit(anna, view.id, {})
    result = await outcome(slack, other)

    [card] = slack.workspace.messages(other)
    assert result.thread_ts == card.ts


@pytest.mark.both_transports
async def test_the_global_shortcut_knows_no_channel_and_offers_what_the_person_worked_on(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 1")
    await outcome(slack, listings)

    await slack.shortcut(anna, "regenerate")
    view = await the_form(slack, anna)
    channel = field(view, "form_channel")
    assert "initial_conversation" not in channel
    assert channel["default_to_current_conversation"] is True
    offered = await slack.suggest(anna, view, "form_video")
    assert [each["value"] for each in options(offered)] == [video.id]
    view = await chosen(slack, anna, view, video.id)
    slack.fill(view, "form_channel", listings.id)
    await slack.select(anna, view, "form_sequences", ["2"])
    await slack.submit(anna, view.id, {})
    await outcome(slack, listings, count=2)


async def test_another_image_opens_the_form_with_everything_else_filled_in(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2 orbit left")
    result = await outcome(slack, listings)

    await slack.click(anna, result, "another_image")
    view = await the_form(slack, anna, f"form_sequences-{video.id}")
    assert field(view, "form_image")["focus_on_load"] is True
    image = {"form_image": {"form_image": {"value": "https://example.com/new.jpg"}}}
    await slack.submit(anna, view.id, image)
    second = await outcome(slack, listings, count=2)

    assert second.thread_ts == result.thread_ts
    assert video.sequences[1].image == "https://example.com/new.jpg"
    assert video.sequences[1].effect == "CAMERA_ORBIT_LEFT"


async def test_change_on_a_storyboard_opens_the_form_for_that_sequence(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id}")
    await private(slack, anna, listings)
    [board] = slack.workspace.ephemerals(anna, listings)

    await slack.click(anna, board, "change", "sequence-3")
    view = await the_form(slack, anna, f"form_sequences-{video.id}")

    assert [each["value"] for each in field(view, "form_sequences")["initial_options"]] == ["3"]


async def test_a_button_that_cannot_be_read_is_explained(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    stale = button_message(slack, listings, "change", "{}")

    await slack.click(anna, stale, "change")

    assert "of another version of me" in await private(slack, anna, listings)
    assert slack.workspace.modals(anna) == []


@pytest.mark.parametrize("reason", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_an_expired_trigger_is_told_to_that_person_alone(
    reason: str, slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.errors["views.open"] = [reason, reason]

    await slack.command(anna, listings, "/regen")
    assert "too long" in await private(slack, anna, listings)

    await slack.shortcut(anna, "regenerate")
    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: w.messages(direct))
    assert "too long" in slack.workspace.messages(direct)[0].text


async def test_a_form_closed_while_it_is_filled_is_nobodys_mistake(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.errors["views.update"] = ["not_found"]

    await slack.command(anna, listings, "/regen")
    await slack.until(lambda _: slack.faults.errors["views.update"] == [])
    await asyncio.sleep(0.2)

    assert slack.workspace.ephemerals(anna, listings) == []
