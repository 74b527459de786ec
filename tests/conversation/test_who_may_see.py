"""A request is shown, pointed to and stopped where it was asked, by who asked, and by admins."""

import copy
import json
import time
from dataclasses import replace
from typing import Any

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Delivery, SlackSimulator, User
from tests.conftest import replies
from tests.conversation.conftest import Start, button, is_outcome, newest, outcome, private, slow


@pytest.fixture
def deal(slack: SlackSimulator, anna: User) -> Channel:
    """A private channel of anna's, in which the bot is; ben is not."""
    return slack.workspace.add_channel("deal", private=True, bot_member=True, members=[anna])


async def running(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, deal: Channel
) -> tuple[str, str]:
    """The video and the id of a request that runs in the private channel."""
    video = slow(iacrea)
    await slack.command(anna, deal, f"/regen {video} 2")
    await iacrea.until(lambda it: it.posts == 1 and it.polls(video) > 1)
    await slack.until(lambda w: "stop_watching" in json.dumps(w.messages(deal)[0].blocks))
    [announcement] = slack.workspace.messages(deal)
    return video, str(button(announcement, "stop_watching")["value"])


def leaked(slack: SlackSimulator, reader: User, *secrets: str) -> list[str]:
    """Which of the secrets stand in anything that the reader can read."""
    workspace = slack.workspace
    seen: list[Any] = []
    for channel in workspace.channels():
        if reader.id in workspace.channel(channel.id).members:
            seen += [(each.text, each.blocks) for each in workspace.messages(channel)]
            seen += [(each.text, each.blocks) for each in replies(slack, channel)]
        seen += [(each.text, each.blocks) for each in workspace.ephemerals(reader, channel)]
    shown = json.dumps(seen, ensure_ascii=False)
    return [each for each in secrets if each in shown]


async def edited(slack: SlackSimulator, original: Delivery, value: str, number: int) -> None:
    """The same press with another value, as if somebody had edited it."""
    payload = copy.deepcopy(original.payload)
    payload["actions"][0] |= {"value": value, "action_ts": f"{time.time():.0f}.{number:06}"}
    assert (await slack._dispatcher.deliver(replace(original.sent, body=payload))).ok


@pytest.mark.usefixtures("bot")
async def test_show_knows_nothing_of_a_request_that_was_made_elsewhere(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    deal: Channel,
    listings: Channel,
) -> None:
    video, request = await running(slack, iacrea, anna, deal)

    for count, asked in enumerate((request, video), start=1):
        await slack.command(ben, listings, f"/regen show {asked}")
        assert f"I remember no request `{asked}`" in await private(slack, ben, listings, count)
    await slack.command(ben, listings, "/regen status")
    status = await newest(slack, ben, listings, 3)
    assert "Nothing is running" in status.text

    assert leaked(slack, ben, deal.id, anna.id, "is regenerating") == []

    await slack.command(anna, listings, f"/regen show {request}")
    assert "is regenerating" in (await newest(slack, anna, listings)).text, "who asked sees it"


@pytest.mark.usefixtures("bot")
async def test_an_older_request_where_one_asks_is_found_behind_a_newer_one_elsewhere(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    deal: Channel,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5).id
    await slack.command(ben, listings, f"/regen {video} 1")
    await outcome(slack, listings)
    await slack.command(anna, deal, f"/regen {video} 2")
    await outcome(slack, deal)

    await slack.command(ben, listings, f"/regen show {video}")

    assert "sequence 1 of 5" in (await newest(slack, ben, listings)).text


@pytest.mark.usefixtures("bot")
async def test_an_edited_button_shows_and_stops_nothing_that_was_asked_elsewhere(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    deal: Channel,
    listings: Channel,
) -> None:
    _, request = await running(slack, iacrea, anna, deal)
    other = slow(iacrea)
    await slack.command(ben, listings, f"/regen {other} 1")
    await iacrea.until(lambda it: it.posts == 2 and it.polls(other) > 1)
    await slack.command(ben, listings, "/regen status")
    shown = await slack.click(ben, await newest(slack, ben, listings), "show_request")
    card = await newest(slack, ben, listings, 2)

    await edited(slack, shown, request, 1)
    assert "I remember no request" in (await newest(slack, ben, listings, 3)).text
    stopped = await slack.click(ben, card, "stop_watching")
    await outcome(slack, listings)
    await edited(slack, stopped, request, 2)
    assert "There is nothing to stop here" in (await newest(slack, ben, listings, 4)).text
    await edited(slack, stopped, "0" * 20, 3)
    unknown = await newest(slack, ben, listings, 5)

    assert unknown.text == slack.workspace.ephemerals(ben, listings)[-2].text, "told apart by none"
    assert not any(is_outcome(each) for each in replies(slack, deal))
    assert leaked(slack, ben, deal.id, anna.id) == []


@pytest.mark.usefixtures("bot")
async def test_who_regenerates_the_same_elsewhere_is_not_told(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    deal: Channel,
    listings: Channel,
) -> None:
    video, _ = await running(slack, iacrea, anna, deal)

    await slack.command(ben, listings, f"/regen {video} 2")
    refused = await newest(slack, ben, listings)
    await slack.command(anna, listings, f"/regen {video} 2")
    pointed = await newest(slack, anna, listings)

    assert "What you asked for is being regenerated already, so nothing was started" in refused.text
    assert button(refused, "go_ahead"), "it is still theirs to decide"
    assert leaked(slack, ben, deal.id, anna.id) == []
    assert f"/archives/{deal.id}/" in pointed.text, "who asked first is led there"


@pytest.mark.usefixtures("bot")
async def test_who_started_a_render_elsewhere_is_not_told(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    deal: Channel,
    listings: Channel,
) -> None:
    iacrea.account.timings = Timings(queue=0.05, animate=0.05, render=60.0)
    video = iacrea.account.add_video(sequences=5).id
    await slack.command(anna, deal, f"/regen {video} 2")
    await slack.until(lambda w: "Rendering" in json.dumps([m.blocks for m in w.messages(deal)]))

    await slack.command(ben, listings, f"/regen {video} 3")
    asked = await newest(slack, ben, listings)
    await slack.command(anna, listings, f"/regen {video} 3")
    own = await newest(slack, anna, listings)

    assert "would be cancelled" in asked.text
    assert leaked(slack, ben, anna.id, deal.id) == []
    assert f"<@{anna.id}> started it" in own.text


@pytest.mark.usefixtures("bot")
async def test_an_older_card_does_not_lead_to_a_newer_one_elsewhere(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, deal: Channel, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5).id
    await slack.command(anna, listings, f"/regen {video} 2")
    await outcome(slack, listings)
    await slack.command(anna, deal, f"/regen {video} 2")
    await outcome(slack, deal)

    await slack.until(
        lambda _: "again since" in json.dumps([m.blocks for m in replies(slack, listings)])
    )
    [older] = [each for each in replies(slack, listings) if is_outcome(each)]
    assert deal.id not in json.dumps(older.blocks) + older.text


async def test_an_admin_sees_and_stops_everything_and_knows_what_others_spent(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    deal: Channel,
    listings: Channel,
) -> None:
    async with with_settings(ADMIN_USERS=ben.id, ALLOWED_USERS=anna.id, ALLOWED_CHANNELS=deal.id):
        _, request = await running(slack, iacrea, anna, deal)
        await slack.command(ben, listings, f"/regen show {request}")
        card = await newest(slack, ben, listings)
        await slack.click(ben, card, "stop_watching")
        stopped = await outcome(slack, deal)
        await slack.command(ben, listings, "/regen status")
        status = await newest(slack, ben, listings, 2)
    assert f"<@{ben.id}> asked" in stopped.text
    assert f"<@{anna.id}>: 3 credits" in json.dumps(status.blocks)


@pytest.mark.usefixtures("bot")
async def test_what_somebody_spent_they_alone_are_told(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5).id
    quiet = slack.workspace.add_channel("quiet", bot_member=True)
    await slack.command(anna, listings, f"/regen {video} 2")
    await outcome(slack, listings)

    await slack.command(ben, quiet, "/regen status")
    others = await newest(slack, ben, quiet)
    await slack.command(anna, quiet, "/regen status")
    own = await newest(slack, anna, quiet)

    assert "You have not spent any credits this month" in json.dumps(others.blocks)
    assert "You have spent 3 credits this month" in json.dumps(own.blocks)
    assert leaked(slack, ben, f"<@{anna.id}>: 3") == []
