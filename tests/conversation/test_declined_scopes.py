"""Whoever installs the app declines optional scopes: what they buy is missing, nothing else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User, read_manifest
from tests.conftest import QUICK, ROOT, free_port, replies, running
from tests.conversation.conftest import outcome, private
from tests.depth import in_ci

OPTIONAL = read_manifest(ROOT / "manifest.yml")["oauth_config"]["scopes"]["bot_optional"]


MISSED = ("files:write", "channels:read", "users:read", "chat:write.public")
"""Those that buy something of what is done here."""
OTHERS = [each for each in OPTIONAL if each not in MISSED]


@pytest.fixture(
    params=[*([each] for each in MISSED), OTHERS, *in_ci(*([each] for each in OTHERS))],
    ids=" ".join,
)
def declined(request: pytest.FixtureRequest) -> list[str]:
    """The scopes that were not granted."""
    return list(request.param)


@pytest.fixture
async def slack(declined: list[str], manifest: dict[str, Any]) -> AsyncIterator[SlackSimulator]:
    async with SlackSimulator(manifest, declined=declined) as slack:
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


async def test_a_sequence_is_regenerated_and_told_in_ones_language_and_in_public_channels(
    declined: list[str],
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    bot: None,
    anna: User,
    chloe: User,
    listings: Channel,
) -> None:
    """Where the bot is a member, with its video; each scope buys one thing, and no other does."""
    video = iacrea.account.add_video(sequences=3)
    await slack.command(chloe, listings, f"/regen {video.id} 2")
    told = await outcome(slack, listings)

    assert "is ready" in told.text
    if "files:write" in declined:
        assert called(slack, "files.") == []
    else:
        await slack.until(lambda _: any(each.files for each in replies(slack, listings)), 20)
    # Only asking tells of what kind a channel is, and so which scope it takes; once is enough.
    refused = [("conversations.info", "missing_scope")] if "channels:read" in declined else []
    assert [(call.method, call.error) for call in slack.calls if call.error] == refused

    await slack.command(chloe, listings, "/regen nothing 2")
    said = await private(slack, chloe, listings)
    asked = "users:read" not in declined
    assert said.startswith("IACrea ne connaît pas" if asked else "IACrea knows no video"), said
    assert bool(called(slack, "users.")) is asked

    elsewhere = slack.workspace.add_channel("elsewhere")
    await slack.command(anna, elsewhere, f"/regen {video.id} 2")
    if "chat:write.public" in declined:
        assert "Add me with `/invite`" in await private(slack, anna, elsewhere)
        assert iacrea.posts == 1
    else:
        assert "is ready" in (await outcome(slack, elsewhere)).text
