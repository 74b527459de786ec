"""Somebody who knows nothing, from opening the app for the first time to a regenerated sequence."""

import json
from urllib.parse import quote

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator, User
from tests.conversation.conftest import outcome
from tests.conversation.forms import the_form

pytestmark = pytest.mark.usefixtures("bot")


async def test_home_explains_and_leads_through_the_form_to_a_regenerated_sequence(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User
) -> None:
    """The bot was invited nowhere; a link to the video is all that she has."""
    channel = slack.workspace.add_channel("marketing")
    video = iacrea.account.add_video(sequences=5)
    link = f"https://iacrea.com/editor?videoId={quote(video.id)}"

    await slack.open_home(anna)
    await slack.until(lambda w: w.home(anna))
    home = slack.workspace.home(anna)
    assert home is not None
    assert "I regenerate a sequence" in json.dumps(home.body)
    await slack.click(anna, home, "open_form")
    form = await the_form(slack, anna)

    offered = (await slack.suggest(anna, form, "form_video", link)).ack
    assert offered is not None
    [option] = offered["options"]
    await slack.select(anna, form, "form_video", option["value"])
    form = await the_form(slack, anna, f"form_sequences-{video.id}")
    await slack.select(anna, form, "form_sequences", ["3"])
    await slack.select(anna, form, "form_effect", "CAMERA_ORBIT_LEFT")
    slack.fill(form, "form_channel", channel.id)
    assert (await slack.submit(anna, form.id, {})).ok

    result = await outcome(slack, channel)
    assert "sequence 3 of 5 is ready" in result.text
    assert "orbit left" in result.text
    assert slack.workspace.modals(anna) == []
    assert iacrea.posts == 1
