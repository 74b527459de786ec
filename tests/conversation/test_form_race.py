"""Two videos chosen in the same form, one after the other: the later one stays."""

import asyncio

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import free_port, running
from tests.conversation.forms import opened, the_form


@pytest.mark.parametrize("slower", ["the first", "the second"])
async def test_what_was_chosen_last_stays_whichever_replica_is_slower(
    slower: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    environ: dict[str, str],
    anna: User,
    listings: Channel,
) -> None:
    replicas = [environ | {"PORT": str(free_port())} for _ in range(2)]
    async with running(replicas[0]), running(replicas[1]):
        for _ in range(3):  # a delivery goes to any replica
            videos = [iacrea.account.add_video(sequences=2).id for _ in range(2)]
            view = await opened(slack, anna, listings)
            for video, place in zip(videos, ("the first", "the second"), strict=True):
                iacrea.faults.delay = 1.0 if place == slower else 0.0
                await slack.suggest(anna, view, "form_video", video)
                await slack.select(anna, view, "form_video", video)
                await asyncio.sleep(0.2)  # until IACrea was asked
            await the_form(slack, anna, f"form_sequences-{videos[1]}")
            await asyncio.sleep(1.2)

            current = slack.workspace.views.find(view_id=view.id)
            assert f"form_sequences-{videos[1]}" in str(current.blocks)
            await slack.close_view(anna, view.id)
