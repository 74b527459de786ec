"""What a spend resolves to: by which name, id or `last`, and who can change that."""

import logging

import pytest

from sandbox.slack import Guest, User
from tests.conversation.conftest import Named, Scene, Start, closed, names_said, outcome, private
from tests.conversation.forms import opened

VIDEO = "lilac-street"


@pytest.mark.usefixtures("bot")
async def test_a_name_that_means_another_video_by_now_asks_first_and_once(
    scene: Scene,
    anna: User,
    ben: User,
    named: Named,
) -> None:
    first, second = (scene.video() for _ in range(2))
    await scene.types(anna, f"name {first.id} pier")
    await named(scene.channel)
    await scene.regenerates(anna, "pier 1")
    await scene.types(ben, f"name {first.id} old-pier")
    assert "and no longer `pier`" in await named(scene.channel, count=2)
    await scene.types(ben, f"name {second.id} PIER")
    await named(scene.channel, count=3)

    await scene.types(anna, "Pier 1")
    asked = await private(scene.slack, anna, scene.channel)
    assert f"it was video `{first.id}`; now it is `{second.id}`" in asked
    assert scene.paid == [first.id]
    await scene.regenerates(ben, "pier 2")

    await scene.says_yes(anna, await scene.told(anna))
    await scene.regenerates(anna, "pier 3")
    assert scene.paid == [first.id, second.id, second.id, second.id]


@pytest.mark.usefixtures("bot")
async def test_the_form_asks_too_where_a_name_means_another_video_by_now(
    scene: Scene,
    anna: User,
    ben: User,
    named: Named,
) -> None:
    first, second = (scene.video() for _ in range(2))
    await scene.types(anna, f"name {first.id} pier")
    await named(scene.channel)
    await scene.regenerates(anna, "pier 1")
    await scene.types(ben, f"name {first.id} old-pier")
    await named(scene.channel, count=2)
    await scene.types(ben, f"name {second.id} pier")
    await named(scene.channel, count=3)

    view = await opened(scene.slack, anna, scene.channel)
    await scene.slack.suggest(anna, view, "form_video", "pier")
    await scene.slack.select(anna, view, "form_video", second.id)
    await scene.slack.until(lambda w: second.id in str(w.modals(anna)[-1].blocks))
    await scene.slack.until(
        lambda w: f"form_sequences-{second.id}" in str(w.modals(anna)[-1].blocks)
    )
    await scene.slack.select(anna, scene.slack.workspace.modals(anna)[-1], "form_sequences", ["2"])
    await scene.slack.submit(anna, view.id, {})

    await scene.says_yes(anna, await scene.told(anna))
    assert scene.paid == [first.id, second.id]


@pytest.mark.usefixtures("bot")
async def test_an_id_that_exists_wins_over_a_name_that_was_given_before(
    scene: Scene,
    anna: User,
    ben: User,
    named: Named,
) -> None:
    bens = scene.video()
    await scene.types(ben, f"name {bens.id} {VIDEO}")
    await named(scene.channel)
    await scene.regenerates(anna, f"{VIDEO} 1")
    annas = scene.video(4, id=VIDEO)

    await scene.types(anna, f"{VIDEO} 2")
    assert "sequence 2 of 4" in (await outcome(scene.slack, scene.channel, count=2)).text
    await scene.types(anna, f"{VIDEO}")
    assert "4 sequences" in await private(scene.slack, anna, scene.channel)

    assert scene.paid == [bens.id, annas.id]


@pytest.mark.usefixtures("bot")
async def test_no_video_is_named_by_the_id_of_another(scene: Scene, ben: User) -> None:
    scene.video(id=VIDEO)
    bens = scene.video()

    await scene.types(ben, f"name {bens.id} {VIDEO}")

    assert "it is the id of a video" in await private(scene.slack, ben, scene.channel)
    assert names_said(scene.slack, scene.channel) == []


async def test_what_is_not_said_in_the_channel_is_no_name(
    with_settings: Start,
    scene: Scene,
    anna: User,
) -> None:
    video = scene.video()
    away = scene.slack.workspace.add_channel("away", private=True)
    scene.slack.workspace.join(away, anna)
    async with with_settings():
        await scene.types(anna, f"name {video.id} pier", away)
        said = (await scene.told(anna, channel=away)).text
        assert "post" in said or "invite" in said
        await scene.types(anna, "pier", away)
        assert "is not a video" in await private(scene.slack, anna, away, count=2)


async def test_names_are_given_where_credits_may_be_spent_and_are_logged(
    with_settings: Start,
    scene: Scene,
    anna: User,
    named: Named,
    caplog: pytest.LogCaptureFixture,
) -> None:
    video = scene.video()
    allowed = scene.slack.workspace.add_channel("videos", bot_member=True)
    caplog.set_level(logging.INFO)
    async with with_settings(ALLOWED_CHANNELS=allowed.id):
        await scene.types(anna, f"name {video.id} pier")
        assert "Credits may not be spent in this channel" in await private(
            scene.slack, anna, scene.channel
        )
        await scene.types(anna, f"name {video.id} pier", allowed)
        await named(allowed)
        await scene.types(anna, "pier", allowed)
        await private(scene.slack, anna, allowed)
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
    scene: Scene,
    anna: User,
) -> None:
    gus = scene.slack.workspace.add_user("gus", guest=Guest.MULTI_CHANNEL)
    scene.slack.workspace.join(scene.channel, gus)
    annas, theirs = (scene.video() for _ in range(2))
    async with with_settings():
        await scene.regenerates(anna, f"{annas.id} 1")
        await scene.types(gus, f"{theirs.id} 1")
        await private(scene.slack, gus, scene.channel)
        await scene.regenerates(anna, "last 2")
    assert scene.paid == [annas.id, annas.id]
    assert closed(scene.slack, scene.channel) == 2
