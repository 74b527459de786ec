"""What a spend resolves to: by which name, id or `last`, and who can change that."""

import logging

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Guest, SlackSimulator, User
from tests.conversation.conftest import Named, Start, closed, names_said, outcome, private
from tests.conversation.forms import opened

VIDEO = "lilac-street"


def paid(iacrea: IACreaSimulator) -> list[str]:
    """The videos that were spent on, in order."""
    return [call.path.rpartition("/")[2] for call in iacrea.calls if call.method == "POST"]


async def go_ahead(slack: SlackSimulator, user: User, channel: Channel, count: int = 1) -> str:
    """Presses yes in the newest question, once there are `count` private answers."""
    asked = await private(slack, user, channel, count)
    await slack.click(user, slack.workspace.ephemerals(user, channel)[-1], "go_ahead")
    return asked


@pytest.mark.usefixtures("bot")
async def test_a_name_that_means_another_video_by_now_asks_first_and_once(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    named: Named,
) -> None:
    first, second = (iacrea.studio.add_video(sequences=3) for _ in range(2))
    await slack.command(anna, listings, f"/regen name {first.id} pier")
    await named(listings)
    await slack.command(anna, listings, "/regen pier 1")
    await outcome(slack, listings)
    await slack.command(ben, listings, f"/regen name {first.id} old-pier")
    assert "and no longer `pier`" in await named(listings, count=2)
    await slack.command(ben, listings, f"/regen name {second.id} PIER")
    await named(listings, count=3)

    await slack.command(anna, listings, "/regen Pier 1")
    asked = await private(slack, anna, listings)
    assert f"it was video `{first.id}`; now it is `{second.id}`" in asked
    assert paid(iacrea) == [first.id]
    await slack.command(ben, listings, "/regen pier 2")
    await outcome(slack, listings, count=2)

    await go_ahead(slack, anna, listings)
    await outcome(slack, listings, count=3)
    await slack.command(anna, listings, "/regen pier 3")
    await outcome(slack, listings, count=4)
    assert paid(iacrea) == [first.id, second.id, second.id, second.id]


@pytest.mark.usefixtures("bot")
async def test_the_form_asks_too_where_a_name_means_another_video_by_now(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    named: Named,
) -> None:
    first, second = (iacrea.studio.add_video(sequences=3) for _ in range(2))
    await slack.command(anna, listings, f"/regen name {first.id} pier")
    await named(listings)
    await slack.command(anna, listings, "/regen pier 1")
    await outcome(slack, listings)
    await slack.command(ben, listings, f"/regen name {first.id} old-pier")
    await named(listings, count=2)
    await slack.command(ben, listings, f"/regen name {second.id} pier")
    await named(listings, count=3)

    view = await opened(slack, anna, listings)
    await slack.suggest(anna, view, "form_video", "pier")
    await slack.select(anna, view, "form_video", second.id)
    await slack.until(lambda w: second.id in str(w.modals(anna)[-1].blocks))
    await slack.until(lambda w: f"form_sequences-{second.id}" in str(w.modals(anna)[-1].blocks))
    await slack.select(anna, slack.workspace.modals(anna)[-1], "form_sequences", ["2"])
    await slack.submit(anna, view.id, {})

    await go_ahead(slack, anna, listings)
    await outcome(slack, listings, count=2)
    assert paid(iacrea) == [first.id, second.id]


@pytest.mark.usefixtures("bot")
async def test_an_id_that_exists_wins_over_a_name_that_was_given_before(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    named: Named,
) -> None:
    bens = iacrea.studio.add_video(sequences=3)
    await slack.command(ben, listings, f"/regen name {bens.id} {VIDEO}")
    await named(listings)
    await slack.command(anna, listings, f"/regen {VIDEO} 1")
    await outcome(slack, listings)
    annas = iacrea.studio.add_video(id=VIDEO, sequences=4)

    await slack.command(anna, listings, f"/regen {VIDEO} 2")
    assert "sequence 2 of 4" in (await outcome(slack, listings, count=2)).text
    await slack.command(anna, listings, f"/regen {VIDEO}")
    assert "4 sequences" in await private(slack, anna, listings)

    assert paid(iacrea) == [bens.id, annas.id]


@pytest.mark.usefixtures("bot")
async def test_no_video_is_named_by_the_id_of_another(
    slack: SlackSimulator, iacrea: IACreaSimulator, ben: User, listings: Channel
) -> None:
    iacrea.studio.add_video(id=VIDEO)
    bens = iacrea.studio.add_video(sequences=3)

    await slack.command(ben, listings, f"/regen name {bens.id} {VIDEO}")

    assert "it is the id of a video" in await private(slack, ben, listings)
    assert names_said(slack, listings) == []


async def test_what_is_not_said_in_the_channel_is_no_name(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
) -> None:
    video = iacrea.studio.add_video(sequences=3)
    away = slack.workspace.add_channel("away", private=True)
    slack.workspace.join(away, anna)
    async with with_settings():
        await slack.command(anna, away, f"/regen name {video.id} pier")
        assert "post" in await private(slack, anna, away) or "invite" in await private(
            slack, anna, away
        )
        await slack.command(anna, away, "/regen pier")
        assert "is not a video" in await private(slack, anna, away, count=2)


async def test_names_are_given_where_credits_may_be_spent_and_are_logged(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    named: Named,
    caplog: pytest.LogCaptureFixture,
) -> None:
    video = iacrea.studio.add_video(sequences=3)
    allowed = slack.workspace.add_channel("videos", bot_member=True)
    caplog.set_level(logging.INFO)
    async with with_settings(ALLOWED_CHANNELS=allowed.id):
        await slack.command(anna, listings, f"/regen name {video.id} pier")
        assert "Credits may not be spent in this channel" in await private(slack, anna, listings)
        await slack.command(anna, allowed, f"/regen name {video.id} pier")
        await named(allowed)
        await slack.command(anna, allowed, "/regen pier")
        await private(slack, anna, allowed)
    [line] = [each for each in caplog.records if each.message == "named"]
    assert (
        vars(line).items()
        >= {
            "by": anna.id,
            "channel": allowed.id,
            "video": video.id,
            "called": "pier",
            "before": "",
        }.items()
    )


async def test_who_may_not_spend_does_not_move_last_before_slack_says_who_they_are(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    gus = slack.workspace.add_user("gus", guest=Guest.MULTI_CHANNEL)
    slack.workspace.join(listings, gus)
    annas, theirs = (iacrea.studio.add_video(sequences=3) for _ in range(2))
    async with with_settings():
        await slack.command(anna, listings, f"/regen {annas.id} 1")
        await outcome(slack, listings)
        await slack.command(gus, listings, f"/regen {theirs.id} 1")
        await private(slack, gus, listings)
        await slack.command(anna, listings, "/regen last 2")
        await outcome(slack, listings, count=2)
    assert paid(iacrea) == [annas.id, annas.id]
    assert closed(slack, listings) == 2
