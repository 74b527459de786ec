"""Names of videos: given by command or button, used wherever a video is meant."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User, View
from tests.conversation.conftest import Named, outcome, private
from tests.conversation.forms import button_message, opened, options, the_form

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_name_is_said_in_the_channel_with_an_example_that_works(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    named: Named,
) -> None:
    video = iacrea.account.add_video(sequences=3)

    await slack.command(anna, listings, f"/regen name {video.id} Lilac Street")
    told = await named(listings)
    assert "anna has named video" in told
    assert "`/regen Lilac-Street 2`" in told
    assert video.id in told
    assert slack.workspace.ephemerals(anna, listings) == []

    await slack.command(ben, listings, "/regen lilac-street 2")
    result = await outcome(slack, listings)
    assert "sequence 2 of 3 is ready" in result.text


async def test_last_is_the_video_spent_on_last_and_neither_looks_nor_names_move_it(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    named: Named,
) -> None:
    first, second = (iacrea.account.add_video(sequences=3) for _ in range(2))
    await slack.command(anna, listings, f"/regen {first.id} 1")
    await outcome(slack, listings)

    await slack.command(anna, listings, f"/regen name {second.id} harbour")
    await named(listings)
    await slack.command(anna, listings, "/regen harbour")
    await private(slack, anna, listings)
    await slack.command(anna, listings, "/regen harbour failed")
    assert "failed" in await private(slack, anna, listings, count=2)
    await slack.command(anna, listings, "/regen last 2")
    await outcome(slack, listings, count=2)
    await slack.command(anna, listings, "/regen name last pier")
    await named(listings, count=2)

    assert {call.path.rpartition("/")[2] for call in iacrea.calls if call.method == "POST"} == {
        first.id
    }
    view = await opened(slack, anna, listings)
    offered = await slack.suggest(anna, view, "form_video", "pier")
    assert [(each["text"]["text"], each["value"]) for each in options(offered)] == [
        ("pier", first.id)
    ]


NO_NAMES = {
    "x" * 200: "too long",
    "kitchen🎬": "without emoji",
    "550e8400-e29b-41d4-a716-446655440000": "looks like",
    "2024": "looks like",
    "failed": "my own words",
    "a": "too short",
}


async def test_what_cannot_be_a_name_is_said_by_command_and_beside_the_field(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    for number, (name, said) in enumerate(NO_NAMES.items()):
        user = slack.workspace.add_user(f"person-{number}")
        await slack.command(user, listings, f"/regen name {video.id} {name}")
        assert said in await private(slack, user, listings)

        view = await naming(slack, user, listings, video.id)
        await slack.submit(user, view.id, {"name": {"name": {"value": name}}})
        [refused] = slack.workspace.modals(user)
        assert said in refused.errors["name"]
        assert "`" not in refused.errors["name"]


async def naming(slack: SlackSimulator, user: User, channel: Channel, video: str) -> View:
    """The modal for a name, as the button under a storyboard opens it."""
    board = button_message(slack, channel, "name_video", video)
    await slack.click(user, board, "name_video")
    return await the_form(slack, user, video)


async def test_the_button_under_a_storyboard_names_the_video(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    named: Named,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id}")
    await private(slack, anna, listings)
    [board] = slack.workspace.ephemerals(anna, listings)

    await slack.click(anna, board, "name_video")
    view = await the_form(slack, anna, video.id)
    await slack.submit(anna, view.id, {"name": {"name": {"value": "Été"}}})

    assert "`/regen Été 2`" in await named(listings)
    assert slack.workspace.modals(anna) == []
    await slack.command(anna, listings, "/regen été 2")
    await outcome(slack, listings)


async def test_a_name_that_another_video_has_is_refused_and_that_one_keeps_it(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    named: Named,
) -> None:
    first, second = (iacrea.account.add_video(sequences=3) for _ in range(2))
    await slack.command(anna, listings, f"/regen name {first.id} harbour")
    await named(listings)

    await slack.command(anna, listings, f"/regen name {second.id} HARBOUR")
    refusal = await private(slack, anna, listings)
    assert "Another video is called `HARBOUR` already" in refusal
    assert first.id in refusal

    view = await naming(slack, anna, listings, second.id)
    await slack.submit(anna, view.id, {"name": {"name": {"value": "Harbour"}}})
    [refused] = slack.workspace.modals(anna)
    assert "Another video is called Harbour already" in refused.errors["name"]
    await slack.command(anna, listings, "/regen harbour 1")
    await outcome(slack, listings)
    assert iacrea.polls(first.id) > 1


async def test_a_video_that_iacrea_does_not_know_gets_no_name(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    await slack.command(anna, listings, "/regen name kitchen-12 harbour")
    assert "knows no video `kitchen-12`" in await private(slack, anna, listings)

    await slack.command(anna, listings, "/regen name harbour pier")
    assert "knows no video `harbour`" in await private(slack, anna, listings, count=2)


async def test_the_form_offers_names_ids_links_and_last_as_they_are_typed(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    named: Named,
) -> None:
    first, second = (iacrea.account.add_video(sequences=3) for _ in range(2))
    await slack.command(anna, listings, f"/regen name {first.id} harbour")
    await named(listings)
    await slack.command(ben, listings, f"/regen name {second.id} lilac-street")
    await named(listings, count=2)
    await slack.command(ben, listings, "/regen lilac-street 1")
    await outcome(slack, listings)
    view = await opened(slack, anna, listings)

    found = {
        typed: [
            each["value"] for each in options(await slack.suggest(anna, view, "form_video", typed))
        ]
        for typed in (
            "",
            "HARB",
            "last",
            "kitchen-12",
            "https://iacrea.com/video/abc123",
            "<>",
            "é",
        )
    }

    assert found == {
        "": [second.id, first.id],
        "HARB": [first.id],
        "last": [second.id],
        "kitchen-12": ["kitchen-12"],
        "https://iacrea.com/video/abc123": ["abc123"],
        "<>": [],
        "é": [],
    }
    by_name = await slack.suggest(anna, view, "form_video", "lilac-street")
    assert [each["value"] for each in options(by_name)] == [second.id]
