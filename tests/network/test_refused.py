"""What cannot work is named: at the start, in the log, by /readyz, by doctor, to who asks."""

import stat
from pathlib import Path

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, free_port
from tests.conversation.conftest import private
from tests.network.company import Company, Mood, in_company, logged
from tests.plain_http import plain_http


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("HTTPS_PROXY", "socks5://127.0.0.1:1080", "SOCKS"),
        ("all_proxy", "socks5h://anna:s3cret@127.0.0.1:1080", "SOCKS"),
        ("HTTPS_PROXY", "http://proxy.test:port", "check the port"),
        ("https_proxy", "ftp://proxy.test", "is no proxy"),
        ("HTTPS_PROXY", "http://anna:s3cret@", "is no proxy"),
        ("HTTPS_PROXY", "http://anna:s3cr%C3%A9t@proxy.test", "cannot be sent"),
        ("HTTPS_PROXY", "http:/proxy.test", "is no proxy"),
        ("SSL_CERT_FILE", "gone.pem", "cannot be read (No such file or directory)"),
        ("SSL_CERT_FILE", "empty.pem", "no certificates in PEM form"),
        ("SSL_CERT_FILE", ".", "SSL_CERT_FILE: "),
        ("SSL_CERT_DIR", "gone", "no directory with certificates"),
        ("SSL_CERT_DIR", ".", "no directory with certificates"),
    ],
)
async def test_what_cannot_work_ends_it_with_2_by_the_variables_name(
    variable: str, value: str, said: str, bots: Bots, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_text("-----BEGIN NOTHING-----\n")
    await bots.start(environ={variable: value})
    assert await bots.running[0].wait() == 2
    await bots.start("doctor", environ={variable: value})
    assert await bots.running[1].wait() == 1

    run, _, doctor = bots.log().partition("Settings\n")
    assert f"{variable}: " in run
    assert said in run
    assert f"✗ {variable}: " in doctor
    assert f"{variable.upper()} comes first" in doctor
    assert "s3cr" not in bots.log()
    assert "Traceback" not in bots.log()


async def test_a_file_of_certificates_that_may_not_be_read_is_named(
    company: Company, bots: Bots
) -> None:
    company.authority.chmod(0)
    if company.authority.stat().st_mode & stat.S_IRUSR or _readable(company.authority):
        pytest.skip("who runs the tests may read everything")
    await bots.start(environ={"SSL_CERT_FILE": str(company.authority)})

    assert await bots.running[0].wait() == 2
    assert "SSL_CERT_FILE: cannot be read (Permission denied)" in bots.log()


def _readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except PermissionError:
        return False


@pytest.mark.parametrize(
    ("wrong", "said", "mend"),
    [
        ("certificate", "certificate not trusted: ", "in SSL_CERT_FILE"),
        ("password", "refuses: 407 Proxy Authentication Required", "check HTTPS_PROXY"),
        ("rules", "refuses: 403 Forbidden", "check HTTPS_PROXY"),
        ("closing", "through the proxy http://127.0.0.1:", "check HTTPS_PROXY"),
        ("away", "through the proxy http://127.0.0.1:", "check HTTPS_PROXY"),
    ],
)
async def test_why_slack_is_not_reached_stands_in_the_log_in_readyz_and_in_doctor(
    wrong: str, said: str, mend: str, company: Company, bots: Bots
) -> None:
    company.wants_password = wrong == "password"
    company.mood = {"rules": Mood.REFUSING, "closing": Mood.CLOSING}.get(wrong, Mood.WELL)
    proxy = f"anna:wrong-w0rd@127.0.0.1:{free_port() if wrong == 'away' else company.port}"
    settings = company.settings() | {"HTTPS_PROXY": proxy, "PORT": str(port := free_port())}
    if wrong == "certificate":
        settings["SSL_CERT_FILE"] = ""
    await bots.start(environ=settings)
    await logged(bots, "Slack does not say yet who this bot is (SlackUnreachedError(")
    async with plain_http(trust_env=False) as http:
        ready = await http.get(f"http://127.0.0.1:{port}/readyz")
    await bots.start("doctor", environ=settings)

    assert await bots.running[1].wait() == 1
    run, _, doctor = bots.log().partition("Settings\n")
    assert said in run
    assert (ready.status_code, ready.text[:22]) == (503, "Slack is not connected")
    assert said in ready.text
    for check in ("bot token", "Socket Mode", "key"):
        [line] = [each for each in doctor.splitlines() if f"✗ {check}: " in each]
        assert "cannot be reached" in line
        assert said in line
    assert doctor.count(mend) == 3
    assert "wrong-w0rd" not in bots.log()
    assert "Traceback" not in bots.log()


WORDS = {
    "certificate": "its certificate is not trusted",
    "proxy": "the proxy that I have to go through does not let me",
}


@pytest.mark.parametrize("wrong", WORDS)
async def test_who_asks_is_told_what_stands_in_the_way_to_iacrea(
    wrong: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    bots: Bots,
    anna: User,
    listings: Channel,
    tmp_path: Path,
) -> None:
    plain = slack.api_url
    video = iacrea.account.add_video(sequences=3)
    async with in_company(slack, iacrea, tmp_path) as company:
        slack._installation.base_url = plain.removesuffix("/api/")
        company.mood = Mood.WELL if wrong == "certificate" else Mood.REFUSING
        proxy = {"HTTPS_PROXY": f"127.0.0.1:{company.port}"}
        await bots.start(environ={"IACREA_BASE_URL": "https://iacrea.test"} | proxy)
        await connected(slack)
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await slack.until(lambda w: len(w.ephemerals(anna, listings)) == 1)

        told = await private(slack, anna, listings)
        assert WORDS[wrong] in told
        assert "Nothing was started." in told
        assert wrong in bots.log()
        assert iacrea.posts == 0
