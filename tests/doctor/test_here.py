"""Settings, this machine's clock and address, and the report itself."""

import json
import socket
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from bot.deliveries import SlackClock, steady
from bot.doctor.findings import Verdict
from bot.doctor.here import _clock
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator
from tests.conftest import Bots, connected, free_port, ready
from tests.doctor.conftest import Examine


async def test_a_misspelt_setting_is_found_with_its_line(examine: Examine) -> None:
    finding = (await examine(dotenv="# mine\nREDIS_URI=redis://here\n")).only()

    assert finding.said == "is no setting of this bot (line 2 of .env)"
    assert finding.mend == "did you mean REDIS_URL?"


async def test_settings_that_others_read_are_left_alone(examine: Examine) -> None:
    report = await examine(dotenv="SLACK_CLI_XOXB=xoxb-1\nhttps_proxy=\nNO_PROXY=a.test\n")
    assert report.wrong == []


async def test_a_setting_of_opentelemetrys_does_nothing_in_the_file(examine: Examine) -> None:
    finding = (await examine(dotenv="OTEL_SERVICE_NAME=regen\n")).only()

    assert finding.said == "OpenTelemetry does not read .env (line 1)"
    assert finding.mend == "set it in the environment"


async def test_what_goes_in_the_clear_by_leave_is_warned_of(examine: Examine) -> None:
    collector = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}
    refused = (await examine(collector)).only()
    allowed = (await examine(collector | {"ALLOW_PLAINTEXT": "collector"})).only()

    assert (refused.section, refused.verdict) == ("Settings", Verdict.FAILED)
    assert (allowed.section, allowed.verdict) == ("Network", Verdict.WARNING)
    assert "in the clear to collector" in refused.said
    assert "in the clear to collector" in allowed.said


async def test_an_env_file_that_others_can_read_is_warned_of(
    examine: Examine, tmp_path: Path
) -> None:
    await examine(dotenv="HOST=127.0.0.1\n")
    (tmp_path / ".env").chmod(0o644)

    finding = (await examine()).only()

    assert (finding.check, finding.mend) == (".env", "chmod 600 .env")


async def test_an_env_file_that_cannot_be_understood_is_found(examine: Examine) -> None:
    finding = (await examine(dotenv="HOST=h\nwhat is this = for\n")).only()
    assert "line 2 is not understood" in finding.said


async def test_every_wrong_setting_is_found_in_one_run(examine: Examine) -> None:
    report = await examine({"PORT": "many", "POLL_INTERVAL": "0", "LOG_LEVEL": "loud"})

    assert report.wrong == [
        ("Settings", "PORT"),
        ("Settings", "POLL_INTERVAL"),
        ("Settings", "LOG_LEVEL"),
    ]
    assert all(finding.mend for finding in report.of(Verdict.FAILED))


async def test_a_port_that_another_program_has_is_found(examine: Examine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        finding = (await examine({"PORT": str(port)})).only()

    assert f"another program listens on 127.0.0.1:{port}" in finding.said


async def test_an_address_of_another_machine_is_found(examine: Examine) -> None:
    finding = (await examine({"HOST": "192.0.2.1", "PORT": str(free_port())})).only()
    assert "HOST or PORT" in finding.mend


async def test_a_bot_that_runs_is_recognised(
    examine: Examine, bots: Bots, slack: object, environ: dict[str, str]
) -> None:
    port = free_port()
    await bots.start(environ={"PORT": str(port)})
    await ready(port)

    report = await examine({"PORT": str(port)})

    assert report.wrong == []
    assert f"runs at 127.0.0.1:{port}, and is ready" in [each.said for each in report.findings]


async def test_a_bot_that_runs_on_the_embedded_valkey_is_not_disturbed(
    examine: Examine, bots: Bots
) -> None:
    port = free_port()
    await bots.start(environ={"PORT": str(port), "REDIS_URL": ""})
    await ready(port)

    report = await examine({"PORT": str(port), "REDIS_URL": None})
    await ready(port)

    assert report.wrong == []
    assert bots.running[0].returncode is None


async def test_a_bot_that_is_not_ready_says_why(
    examine: Examine, bots: Bots, slack: object
) -> None:
    port, url = free_port(), f"redis://127.0.0.1:{free_port()}"
    await bots.start(environ={"PORT": str(port), "REDIS_URL": url})
    await connected(slack)

    report = await examine({"PORT": str(port), "REDIS_URL": url})

    bot = next(each for each in report.of(Verdict.WARNING) if each.check == "bot")
    assert bot.said.endswith("and is not ready: Redis does not answer (ConnectionError)")


@pytest.mark.parametrize(
    ("off", "signed", "verdict"),
    [
        (1, True, Verdict.OK),
        (60, True, Verdict.WARNING),
        (-60, False, Verdict.WARNING),
        (400, True, Verdict.FAILED),
        (-400, False, Verdict.WARNING),
    ],
)
def test_a_clock_that_is_wrong_is_found(off: float, signed: bool, verdict: Verdict) -> None:
    clock = SlackClock()
    clock.hear(formatdate(time.time() - off, usegmt=True), steady())
    said = _clock(clock.off(), signed=signed)
    assert said.verdict is verdict


@pytest.mark.parametrize("seconds", [0.0, 1.2])
async def test_clocks_that_agree_are_not_said_to_be_apart(
    examine: Examine, slack: SlackSimulator, iacrea: IACreaSimulator, seconds: float
) -> None:
    """Slack's answers have whole seconds, and what is asked after them takes its time."""
    slack.faults.delays["auth.test"] = seconds
    iacrea.faults.delay = 2 * seconds

    report = await examine()

    clock = next(each for each in report.findings if each.section == "This machine")
    assert clock.said == "as Slack's, as far as its answers tell"


async def test_the_command_says_it_in_lines_and_ends_with_0(bots: Bots) -> None:
    process = await bots.start("doctor")

    assert await process.wait() == 0
    lines = bots.log().splitlines()
    assert lines[0] == "Settings"
    assert lines[1].startswith("  ✓ variables: well-formed; no .env, ")
    assert lines[-1] == "All is right."


async def test_the_command_ends_with_1_where_something_is_to_be_mended(bots: Bots) -> None:
    process = await bots.start("doctor", environ={"IACREA_API_KEY": "wrong", "HOST": "?"})

    assert await process.wait() == 1
    assert "  ✗ key: IACrea refuses IACREA_API_KEY (401)\n      -> copy" in bots.log()
    assert bots.log().endswith("2 things to mend.\n")


async def test_for_machines_it_is_json(bots: Bots) -> None:
    process = await bots.start("doctor", "--json", environ={"IACREA_API_KEY": "wrong"})

    assert await process.wait() == 1
    report = json.loads(bots.log())
    assert report["ok"] is False
    [failed] = [check for check in report["checks"] if check["verdict"] == "failed"]
    assert failed.keys() == {"section", "check", "verdict", "said", "mend"}
    assert (failed["section"], failed["check"]) == ("IACrea", "key")
