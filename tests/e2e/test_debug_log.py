"""At LOG_LEVEL=DEBUG too the log holds nothing that people typed, and no link that is signed."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, free_port, http_mode, ready, replies
from tests.depth import in_ci

TYPED = "umbrella-mango"
"""Stands in everything that is typed below, and nowhere else."""
SIGNED = "X-Amz-Signature=0123456789abcdef"


@pytest.mark.parametrize("mode", ["socket", *in_ci("http")])
async def test_what_people_type_is_not_in_the_log(
    mode: str,
    bots: Bots,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    port = free_port()
    settings = {"LOG_LEVEL": "DEBUG", "PORT": str(port)}
    await bots.start(environ=settings | (http_mode(slack, port) if mode == "http" else {}))
    await (ready(port) if mode == "http" else connected(slack))
    video = iacrea.account.add_video(sequences=3)
    picture = f"https://media.example.com/{TYPED}.jpg?{SIGNED}"

    for count, typed in enumerate(
        (
            f"{video.id} 2 {TYPED}",
            f"{TYPED}§ 2",
            f"show {TYPED}",
            f"{video.id} {TYPED}",
            f"{video.id} 2 http://{TYPED}/",
            f"{video.id}",
        ),
        start=1,
    ):
        await slack.command(anna, listings, f"/regen {typed}")
        await slack.until(lambda w, told=count: len(w.ephemerals(anna, listings)) >= told)
    await slack.command(anna, listings, f"/regen {video.id} 2 {picture}")
    await slack.until(lambda _: replies(slack, listings))

    log = bots.log()
    assert "bot.transitions: accepted" in log
    assert TYPED not in log
    assert SIGNED not in log
