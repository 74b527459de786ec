"""A form that Slack does not let be filled: it ends told, and not at «One moment…»."""

from collections.abc import AsyncIterator

import pytest

from bot.slack.form import listeners as form
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Start, private
from tests.conversation.forms import opened, the_form

UPDATE = "views.update"


@pytest.fixture
async def started(with_settings: Start) -> AsyncIterator[None]:
    async with with_settings():
        yield


@pytest.mark.usefixtures("started")
async def test_trouble_that_passes_is_waited_out(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.http_errors[UPDATE] = [500, 503]

    await opened(slack, anna, listings)


@pytest.mark.usefixtures("started")
async def test_a_form_that_slack_refuses_says_so_in_its_place_and_in_private(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.errors[UPDATE] = ["invalid_arguments"]
    await slack.command(anna, listings, "/regen")

    view = await the_form(slack, anna, "could not be filled in")
    assert "One moment" not in str(view.blocks)
    assert "Nothing was started" in await private(slack, anna, listings)


async def test_a_mistake_of_the_bots_own_ends_it_as_well(
    with_settings: Start,
    slack: SlackSimulator,
    anna: User,
    listings: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def mistake(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(form, "form", mistake)
    async with with_settings():
        await slack.command(anna, listings, "/regen")
        await the_form(slack, anna, "could not be filled in")
        assert "went wrong on my side" in await private(slack, anna, listings)


@pytest.mark.usefixtures("started")
async def test_a_choice_whose_sequences_slack_does_not_show_is_told_in_private(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    view = await opened(slack, anna, listings)
    slack.faults.errors[UPDATE] = ["internal_error"] * 2
    await slack.suggest(anna, view, "form_video", video.id)
    await slack.select(anna, view, "form_video", video.id)

    direct = slack.workspace.direct_message(anna)
    await slack.until(lambda w: "Slack did not answer me" in str(w.messages(direct)))
    assert "a listener failed" not in caplog.text
