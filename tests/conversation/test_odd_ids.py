"""IACrea's ids are its own: what stands in them shifts no sequence into another's place."""

import json

import pytest

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import private


@pytest.mark.usefixtures("bot")
async def test_while_it_renders_a_position_is_the_sequence_that_it_was(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    """IACrea leaves the sequences out of its answer then, so the bot recalls their ids."""
    iacrea.account.timings = Timings(queue=0.05, animate=0.05, render=60.0)
    video = iacrea.account.add_video(sequences=5)
    ids = [each.id for each in video.sequences]
    video.sequences[0].id = "odd one"
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.until(lambda w: "Rendering" in json.dumps([m.blocks for m in w.messages(listings)]))

    await slack.command(anna, listings, f"/regen {video.id} 3")
    await private(slack, anna, listings)
    await slack.click(anna, slack.workspace.ephemerals(anna, listings)[-1], "go_ahead")
    await iacrea.until(lambda it: it.posts == 2)

    sent = [call.body["sequenceId"] for call in iacrea.calls if call.method == "POST"]
    assert sent == [ids[1], ids[2]], "the second was paid for twice, in the place of the third"
