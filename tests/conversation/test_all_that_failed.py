"""`failed`: every sequence that failed, however many, asked once with the number and the price."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Start, button, newest, outcome
from tests.depth import IN_CI

MANY = 120
"""Every second one of so many has failed, the worst case for lists of them."""


@pytest.fixture
def video(iacrea: IACreaSimulator):
    return half_failed(iacrea, MANY)


def half_failed(iacrea: IACreaSimulator, sequences: int):
    return iacrea.account.add_video(["error", "success"] * (sequences // 2))


def sent(iacrea: IACreaSimulator) -> list[str]:
    return [call.body["sequenceId"] for call in iacrea.calls if call.method == "POST"]


@pytest.mark.usefixtures("bot")
async def test_all_that_failed_are_asked_about_once_and_all_are_regenerated(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel, video
) -> None:
    failed = [each.id for each in video.sequences if each.status == "error"]
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    await slack.command(anna, listings, f"/regen {video.id} failed")
    question = await newest(slack, anna, listings)
    assert "This regenerates 60 sequences, for about 180 credits. 997 are left." in question.text
    assert len(sent(iacrea)) == 1
    await slack.click(anna, question, "go_ahead")
    result = await outcome(slack, listings, count=2)

    assert sorted(sent(iacrea)[1:]) == sorted(failed)
    assert "60 of 120 sequences are ready" in result.text
    assert "180 credits used · 817 left" in result.text
    await slack.click(anna, result, "regenerate_again")
    again = await newest(slack, anna, listings)
    assert "This regenerates 60 sequences, for about 180 credits" in again.text


@pytest.mark.usefixtures("bot")
async def test_the_storyboards_button_asks_once_in_its_dialog(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    failed = MANY // 2 if IN_CI else 12
    video = half_failed(iacrea, 2 * failed)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)
    await slack.command(anna, listings, f"/regen {video.id}")
    board = await newest(slack, anna, listings)

    dialog = button(board, "retry")["confirm"]["text"]["text"]
    assert f"{failed} sequences that failed. It costs about {3 * failed} credits" in dialog
    await slack.click(anna, board, "retry")
    await outcome(slack, listings, count=2)

    assert len(sent(iacrea)) == failed + 1
    assert len(slack.workspace.ephemerals(anna, listings)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_yes_is_to_so_many_and_more_that_failed_since_are_asked_about_again(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(["error", "error", "success", "success"])
    await slack.command(anna, listings, f"/regen {video.id} failed")
    first = await newest(slack, anna, listings)
    video.sequences[2].status = type(video.sequences[2].status).ERROR

    await slack.click(anna, first, "go_ahead")
    await slack.until(lambda w: any("3 sequ" in m.text for m in w.ephemerals(anna, listings)))
    second = slack.workspace.ephemerals(anna, listings)[-1]
    assert sent(iacrea) == []
    video.sequences[0].status = type(video.sequences[0].status).SUCCESS
    await slack.click(anna, second, "go_ahead")
    await outcome(slack, listings)

    assert sent(iacrea) == [each.id for each in video.sequences[1:3]]


async def test_more_than_anybody_may_start_in_an_hour_names_those_that_failed(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    video,
) -> None:
    async with with_settings(MAX_REGENS_PER_HOUR="3"):
        await slack.command(anna, listings, f"/regen {video.id} failed")
        said = (await newest(slack, anna, listings)).text
        assert "this asks for 60 at once" in said
        assert "`1,3,5`" in said
    assert sent(iacrea) == []
