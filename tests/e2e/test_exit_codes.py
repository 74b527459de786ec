"""How the program ends: 0 as asked, 2 for a wrong configuration, 1 for anything else."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, free_port, replies
from tests.e2e.processes import end_of, started
from tests.plain_http import plain_http


async def ends(bots: Bots, within: float = 60.0) -> int:
    async with asyncio.timeout(within):
        return await bots.running[-1].wait()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
async def test_asked_to_stop_it_ends_with_0(
    asked: signal.Signals, bots: Bots, slack: SlackSimulator
) -> None:
    process = await bots.start()
    await connected(slack)

    process.send_signal(asked)

    assert await ends(bots, within=10) == 0
    assert "Traceback" not in bots.log()


async def test_a_wrong_configuration_ends_with_2_and_names_every_problem(bots: Bots) -> None:
    await bots.start(environ={"SLACK_BOT_TOKEN": "", "PORT": "many", "IACREA_API_KEY": ""})

    assert await ends(bots) == 2
    for variable in ("SLACK_BOT_TOKEN", "PORT", "IACREA_API_KEY"):
        assert f"{variable}: " in bots.log()
    assert "Traceback" not in bots.log()


@pytest.mark.parametrize(
    ("variable", "token"),
    [("SLACK_BOT_TOKEN", "xoxb-0-wrong"), ("SLACK_APP_TOKEN", "xapp-1-wrong")],
)
async def test_a_token_that_slack_refuses_ends_it_at_once_with_1(
    variable: str, token: str, bots: Bots
) -> None:
    await bots.start(environ={variable: token})

    assert await ends(bots) == 1
    assert variable in bots.log()
    assert token not in bots.log()
    assert "Traceback" not in bots.log()


async def test_socket_mode_switched_off_ends_it_with_1(bots: Bots, slack: SlackSimulator) -> None:
    bots.nursery = None  # as users start it
    await bots.start()
    await connected(slack)

    await slack.disable_socket_mode()

    assert await ends(bots) == 1
    assert "Socket Mode" in bots.log()


async def test_a_port_that_is_taken_ends_it_with_1(bots: Bots) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        await bots.start(environ={"PORT": str(taken.getsockname()[1])})

        assert await ends(bots) == 1
    assert "HOST or PORT" in bots.log()
    assert "Traceback" not in bots.log()


BUG = """
import sys
from bot.cli.commands import execute

async def demo(stop, *, port, browser):
    raise RuntimeError("a bug, with SECRET in its text")

sys.exit(execute(demo))
"""


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_a_bug_ends_any_command_with_a_sentence_and_debug_says_where_it_is(
    level: str, environ: dict[str, str], tmp_path: Path
) -> None:
    script = BUG.replace("SECRET", environ["IACREA_API_KEY"])
    settings = environ | {"LOG_LEVEL": level}
    async with started(settings, tmp_path, sys.executable, "-c", script, "demo") as process:
        ended = await end_of(process)

    assert ended.code == 1
    assert "stopped by an unexpected RuntimeError; LOG_LEVEL=DEBUG says where" in ended.err
    assert ("in demo" in ended.err) == (level == "DEBUG")
    assert environ["IACREA_API_KEY"] not in ended.err


async def test_without_redis_it_waits_and_says_so(bots: Bots, slack: SlackSimulator) -> None:
    port = free_port()
    await bots.start(environ={"REDIS_URL": f"redis://127.0.0.1:{free_port()}", "PORT": str(port)})
    await connected(slack)

    async with plain_http(base_url=f"http://127.0.0.1:{port}") as http:
        alive = await http.get("/healthz")
        ready = await http.get("/readyz")

    assert alive.status_code == 200
    assert (ready.status_code, ready.text) == (503, "Redis does not answer (ConnectionError)\n")
    assert bots.running[-1].returncode is None


async def test_a_token_revoked_at_work_ends_it_with_1_and_the_next_start_tells_what_was_to_be_told(
    bots: Bots, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    slack.faults.token_revoked = True

    assert await ends(bots) == 1
    assert "SLACK_BOT_TOKEN (token_revoked)" in bots.log()
    assert "Traceback" not in bots.log()

    slack.faults.token_revoked = False
    await bots.start()
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    assert "is ready" in replies(slack, listings)[0].text
