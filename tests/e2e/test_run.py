"""`regen-bot run`, started as a user would, as a process of its own."""

import pytest

from bot.simulator.iacrea import IACreaSimulator
from bot.simulator.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, free_port, http_mode, ready
from tests.conversation.conftest import outcome


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_it_regenerates_and_tells_in_either_mode_on_its_embedded_valkey(
    mode: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
) -> None:
    port = free_port()
    settings = {"PORT": str(port)} | (http_mode(slack, port) if mode == "http" else {})
    process = await bots.start(environ={**settings, "REDIS_URL": ""})
    await ready(port)
    video = iacrea.studio.add_video(sequences=5)

    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    await outcome(slack, listings)
    process.terminate()

    assert await process.wait() == 0
    assert iacrea.posts == 1
    assert "Traceback" not in bots.log()
