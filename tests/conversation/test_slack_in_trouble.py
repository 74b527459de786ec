"""Slack is in trouble just when somebody waits for an answer: they get it, and get it once."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import private

pytestmark = pytest.mark.usefixtures("bot")


async def test_an_answer_that_slack_could_not_take_is_given_again(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    slack.faults.http_errors["response_url"] = [500, 503]

    await slack.command(anna, listings, f"/regen {video.id}")

    assert "Storyboard" in await private(slack, anna, listings)
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("asked", [("{video} 9", "{video}"), ("status", "{nobody} 1")])
async def test_an_answer_that_was_lost_on_its_way_is_given_again(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel, asked: tuple[str, ...]
) -> None:
    """Seen where a proxy dropped its tunnels: a refusal was lost, and somebody waited for it."""
    video = iacrea.account.add_video(sequences=3)
    for typed in asked:
        user = slack.workspace.add_user(f"person-{len(slack.workspace.users())}")
        slack.faults.lost_calls["response_url"] = 2

        words = typed.format(video=video.id, nobody="a-video-that-is-not-there")
        await slack.command(user, listings, f"/regen {words}")

        assert await private(slack, user, listings)


async def test_a_page_that_was_lost_on_its_way_is_turned_all_the_same(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=30)
    await slack.command(anna, listings, f"/regen {video.id}")
    await private(slack, anna, listings)
    [first] = slack.workspace.ephemerals(anna, listings)
    slack.faults.lost_calls["response_url"] = 1

    await slack.click(anna, first, "storyboard_next")

    await slack.until(lambda w: w.ephemerals(anna, listings) != [first])
    [second] = slack.workspace.ephemerals(anna, listings)
    assert second.blocks != first.blocks


async def test_an_answer_that_never_seems_to_arrive_is_given_three_times_at_the_most(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    slack.faults.lost_answers["response_url"] = 10

    await slack.command(anna, listings, f"/regen {video.id}")
    await slack.until(lambda w: len(w.ephemerals(anna, listings)) == 3)
    slack.faults.lost_answers.clear()
    await slack.command(anna, listings, "/regen status")
    await slack.until(lambda w: len(w.ephemerals(anna, listings)) > 3)

    texts = [message.text for message in slack.workspace.ephemerals(anna, listings)]
    assert len([text for text in texts if "Storyboard" in text]) == 3


async def test_a_form_that_slack_would_not_open_is_said_in_a_sentence(
    slack: SlackSimulator, anna: User, listings: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    slack.faults.failed_answers["views.open"] = 1

    await slack.command(anna, listings, "/regen")

    assert "Slack did not answer me" in await private(slack, anna, listings)
    assert [record for record in caplog.records if record.exc_info] == []


async def test_a_question_that_cannot_be_taken_away_is_answered_all_the_same(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 1,2")
    await slack.until(lambda w: w.ephemerals(anna, listings))
    [question] = slack.workspace.ephemerals(anna, listings)
    slack.faults.http_errors["response_url"] = [500]

    await slack.click(anna, question, "go_ahead")

    await iacrea.until(lambda it: it.posts == 2)
    assert [record for record in caplog.records if record.exc_info] == []
