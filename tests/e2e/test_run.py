"""`regen-bot run`, started as a user would, as a process of its own."""

import json

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
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
    if mode == "socket":
        bots.nursery = None  # as users start it, from its first import to the end of its Python
    process = await bots.start(environ={**settings, "REDIS_URL": ""})
    await ready(port)
    video = iacrea.account.add_video(sequences=5)

    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    await outcome(slack, listings)
    process.terminate()

    assert await process.wait() == 0
    assert iacrea.posts == 1
    assert "Traceback" not in bots.log()


async def test_its_log_follows_a_request_by_its_ids_and_has_nothing_of_what_was_typed(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
) -> None:
    port = free_port()
    process = await bots.start(environ={"PORT": str(port), "LOG_FORMAT": "json"})
    await ready(port)
    video = iacrea.account.add_video(sequences=5)
    image = "https://pictures.example.com/a-kitchen-nobody-should-read-of.jpg"

    await slack.command(anna, listings, f"/regen {video.id} 2 push out {image}")
    await slack.command(anna, listings, f"/regen {video.id} §ninety lilac thoughts")
    await outcome(slack, listings)
    process.terminate()
    await process.wait()

    lines = [json.loads(line) for line in bots.log().splitlines()]
    story = [line for line in lines if line["logger"] == "bot.transitions"]
    assert [line["message"] for line in story] == [
        *("accepted", "checked", "announced", "submitting", "pending", "ended", "told"),
    ]
    assert {line["video"] for line in story} == {video.id}
    assert len({line["request"] for line in story}) == 1
    assert {"by": anna.id, "channel": listings.id}.items() <= story[0].items()
    assert [line.get("outcome") for line in story[-2:]] == ["done", "done"]
    assert story[-2]["credits"] > 0
    assert not any(word in bots.log() for word in ("push", "kitchen", "ninety", "lilac"))
