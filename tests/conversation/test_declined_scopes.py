"""Whoever installs the app declines one optional scope: what it buys is missing, nothing else."""

from collections.abc import AsyncIterator

import pytest
import yaml

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User, read_manifest
from tests.conftest import QUICK, ROOT, free_port, replies, running
from tests.conversation.conftest import outcome, private

MANIFEST = ROOT / "manifest.yml"
OPTIONAL = yaml.safe_load(MANIFEST.read_text("utf-8"))["oauth_config"]["scopes"]["bot_optional"]


@pytest.fixture(params=OPTIONAL)
def declined(request: pytest.FixtureRequest) -> str:
    """The one scope that was not granted."""
    return str(request.param)


@pytest.fixture
async def slack(declined: str) -> AsyncIterator[SlackSimulator]:
    async with SlackSimulator(read_manifest(MANIFEST), declined={declined}) as slack:
        yield slack


@pytest.fixture
async def iacrea() -> AsyncIterator[IACreaSimulator]:
    """An account whose films can be loaded."""
    async with IACreaSimulator(timings=QUICK, credits=1000, serves_assets=True) as iacrea:
        yield iacrea


@pytest.fixture
async def bot(environ: dict[str, str]) -> AsyncIterator[None]:
    async with running(environ | {"INLINE_VIDEO": "1", "PORT": str(free_port())}):
        yield


@pytest.fixture
def chloe(slack: SlackSimulator) -> User:
    return slack.workspace.add_user("chloe", locale="fr-FR")


def called(slack: SlackSimulator, beginning: str) -> list[str]:
    return [call.method for call in slack.calls if call.method.startswith(beginning)]


async def test_a_sequence_is_regenerated_and_told(
    declined: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    bot: None,
    chloe: User,
    listings: Channel,
) -> None:
    """Where the bot is a member, with its video; the file needs its scope, and no other does."""
    video = iacrea.account.add_video(sequences=3)

    await slack.command(chloe, listings, f"/regen {video.id} 2")
    told = await outcome(slack, listings)

    assert "is ready" in told.text
    if declined == "files:write":
        assert called(slack, "files.") == []
    else:
        await slack.until(lambda _: any(each.files for each in replies(slack, listings)), 20)
    # Only asking tells of what kind a channel is, and so which scope it takes; once is enough.
    refused = [("conversations.info", "missing_scope")] if declined == "channels:read" else []
    assert [(call.method, call.error) for call in slack.calls if call.error] == refused


async def test_people_are_answered_in_their_language(
    declined: str, slack: SlackSimulator, bot: None, chloe: User, listings: Channel
) -> None:
    await slack.command(chloe, listings, "/regen nothing 2")
    said = await private(slack, chloe, listings)

    asked = declined != "users:read"
    assert said.startswith("IACrea ne connaît pas" if asked else "IACrea knows no video"), said
    assert bool(called(slack, "users.")) is asked


async def test_in_public_channels_the_bot_works_without_an_invitation(
    declined: str,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    bot: None,
    anna: User,
) -> None:
    elsewhere = slack.workspace.add_channel("elsewhere")
    video = iacrea.account.add_video(sequences=3)

    await slack.command(anna, elsewhere, f"/regen {video.id} 2")

    if declined == "chat:write.public":
        assert "Add me with `/invite`" in await private(slack, anna, elsewhere)
        assert iacrea.posts == 0
    else:
        assert "is ready" in (await outcome(slack, elsewhere)).text
