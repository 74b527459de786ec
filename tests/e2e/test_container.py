"""`docker run --env-file .env`, from the example as it is: it is reached, and keeps its data."""

import re
from pathlib import Path

import pytest

from bot.config import Config
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import QUICK, ROOT, connected, free_port, replies
from tests.depth import IN_CI, in_ci
from tests.e2e.image import STARTS, docker_run, env_file

pytestmark = pytest.mark.skipif(not STARTS, reason="no namespaces here")
BLANK = "".join(f"{name.upper()}=\n" for name in Config.__dataclass_fields__)
REQUIRED = {
    "SLACK_BOT_TOKEN": "xoxb-12-34-AbCdEf",
    "SLACK_APP_TOKEN": "xapp-1-A1-23-abcdef",
    "IACREA_API_KEY": "iac-56789",
}
NOBODY = {"SLACK_API_URL": "http://127.0.0.1:9/api/", "IACREA_BASE_URL": "http://127.0.0.1:9"}
ASK = "import http.client as h, sys; c = h.HTTPConnection(sys.argv[1], 3000, timeout=2); "
ASK += "c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    (tmp_path / "volume").mkdir()
    return tmp_path / "volume"


def filled_in(**values: str) -> dict[str, str]:
    """The example's lines with these values, as a person fills them in."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, value in values.items():
        text, count = re.subn(rf"^#?{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
        assert count == 1, name
    return env_file(text)


@pytest.mark.parametrize(
    ("host", "reached", "hidden"),
    [
        ("", ["127.0.0.1", "127.0.0.2"], ["::1"]),
        ("::1", ["::1"], ["127.0.0.1"]),
        *in_ci(
            (" ", ["127.0.0.2"], []),
            ("0.0.0.0", ["127.0.0.2"], ["::1"]),  # noqa: S104 - in a namespace without a network
            ("::", ["127.0.0.2", "::1"], []),
            ("127.0.0.1", ["127.0.0.1"], ["127.0.0.2"]),
        ),
    ],
)
async def test_blank_lines_hide_no_port_and_move_no_data(
    host: str, reached: list[str], hidden: list[str], volume: Path
) -> None:
    given = env_file(BLANK) | REQUIRED | NOBODY | {"HOST": host}
    async with docker_run(given, volume, network="none") as container:
        assert await container.healthy()
        for address in reached:
            assert await container.execute("python", "-c", ASK, address) == 0, address
        for address in hidden:
            assert await container.execute("python", "-c", ASK, address) != 0, address
        if IN_CI or not host:  # whatever the host, which this has nothing to do with
            # Beside the one that runs, with its Valkey: nothing else would be in the volume.
            assert await container.execute("regen-bot", "list") == 0
        assert (volume / "appendonlydir").is_dir()
        assert await container.execute("sh", "-c", 'test -z "$(find /home -type f)"') == 0
        assert await container.stop() == 0
    assert (volume / "appendonlydir").stat().st_mode & 0o077 == 0


async def test_what_it_began_is_finished_by_the_next_container_on_the_same_volume(
    volume: Path, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=600.0)
    video = iacrea.account.add_video(sequences=3)
    given = filled_in(
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_APP_TOKEN=slack.app_token,
        IACREA_API_KEY=iacrea.api_key,
        SLACK_API_URL=slack.api_url,
        IACREA_BASE_URL=iacrea.base_url,
        PORT=str(free_port()),
        POLL_INTERVAL="0.2",
    )
    async with docker_run(given, volume) as container:
        await connected(slack)
        assert await container.healthy()
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await iacrea.until(lambda it: it.posts == 1)
        assert await container.stop() == 0
    assert replies(slack, listings) == []

    iacrea.account.timings = QUICK
    async with docker_run(given, volume) as container:
        await slack.until(lambda _: len(replies(slack, listings)) == 1)
        assert await container.stop() == 0
    assert "is ready" in replies(slack, listings)[0].text
    assert iacrea.posts == 1
