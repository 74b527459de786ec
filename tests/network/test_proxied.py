"""The real bot, whose only way out is a company's proxy, with certificates of the company's."""

from pathlib import Path

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, replies
from tests.conversation.conftest import outcome, private
from tests.depth import in_ci
from tests.network.company import PASSWORD, WRITTEN, Company, logged


def through(company: Company) -> list[dict[str, str]]:
    """Every way to name the proxy."""
    at = f"127.0.0.1:{company.port}"
    return [
        {"HTTPS_PROXY": f"http://{at}"},
        {"https_proxy": at},
        {"ALL_PROXY": f"{at}/"},
        {"HTTPS_PROXY": f"http://{at}", "ALL_PROXY": "socks5://127.0.0.1:1", "NO_PROXY": "a.test"},
        {"HTTPS_PROXY": f"anna:{WRITTEN}@{at}"},
    ]


@pytest.mark.parametrize("way", [0, *in_ci(1, 2, 3), 4])  # test_reading has all that is read
async def test_everything_goes_through_the_proxy_and_is_trusted_by_the_companys_certificate(
    way: int,
    company: Company,
    bots: Bots,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    proxy = through(company)[way]
    company.wants_password = WRITTEN in str(proxy)
    settings = company.settings() | {"INLINE_VIDEO": "1", "LOG_LEVEL": "DEBUG"}
    await bots.start(environ=settings | proxy)
    await connected(slack)
    video = iacrea.account.add_video(sequences=3)

    await slack.command(anna, listings, f"/regen {video.id}")
    await private(slack, anna, listings)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)
    await slack.until(lambda _: any(each.files for each in replies(slack, listings)))

    methods = {call.method for call in slack.calls}
    assert {"response_url", "upload_url", "chat.postMessage"} <= methods
    assert {*company.asked} == {"slack.test:443", "iacrea.test:443"}
    assert iacrea.posts == 1
    assert not any(secret in bots.log() for secret in (PASSWORD, WRITTEN))
    assert "Traceback" not in bots.log()


async def test_lines_in_the_env_file_work(
    company: Company, bots: Bots, slack: SlackSimulator, tmp_path: Path
) -> None:
    lines = company.settings() | {"https_proxy": f"127.0.0.1:{company.port}"}
    text = "".join(f"{name}={value}\n" for name, value in lines.items())
    (tmp_path / ".env").write_text(text)
    await bots.start(environ={"SLACK_API_URL": "https://slack.test/api/"})

    await connected(slack)


@pytest.mark.parametrize(
    ("around", "asked"),
    [("slack.test", False), (".test", False), ("*", False), ("iacrea.test,slack.test:444", True)],
)
async def test_what_no_proxy_names_is_not_asked_of_the_proxy(
    around: str, asked: bool, company: Company, bots: Bots
) -> None:
    proxy = {"HTTPS_PROXY": f"http://127.0.0.1:{company.port}", "NO_PROXY": around}
    await bots.start(environ=company.settings() | proxy)
    await logged(bots, "connected to Slack" if asked else "Slack does not say yet who this bot is")

    assert ("slack.test:443" in company.asked) is asked
