"""The Slack app's manifest: valid by Slack's own schema, and asking for the least that works."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
import yaml

from bot import manifest as manifests
from bot.config import Config
from sandbox.slack import SlackSimulator
from sandbox.slack.manifest_rules import violations
from tests.conftest import Bots, connected

ROOT = Path(__file__).parents[1]
HISTORY = {"channels:history", "groups:history", "im:history", "mpim:history"}
SCHEMAS = sorted((ROOT.parent / "shared" / "reference").glob("slack-manifest.schema.*.json"))


@pytest.fixture
def manifest() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SCHEMAS, reason="Slack's schemas are not ours to commit")
def test_slack_takes_it(manifest):
    for path in SCHEMAS:
        jsonschema.validate(manifest, json.loads(path.read_text(encoding="utf-8")))


NEEDS = {
    "chat.postMessage": {"chat:write", "chat:write.public"},  # the second: where it is no member
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "conversations.history": HISTORY,
    "conversations.info": {"channels:read", "groups:read"},  # and less where not granted
    "conversations.replies": HISTORY,
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "usergroups.users.list": {"usergroups:read"},
    "users.conversations": {"channels:read", "groups:read"},  # what it tells is by scope
    "users.info": {"users:read"},
    "auth.test": set(),
    "views.open": set(),
    "views.update": set(),
    "views.publish": set(),
}
"""Scopes by method. Source: docs.slack.dev/reference/methods."""


def test_its_scopes_are_exactly_those_used(manifest):
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot" / "slack").rglob("*.py"))
    methods = r'"((?:chat|conversations|files|usergroups|users|auth|views)\.[a-zA-Z.]+)"'
    called = set(re.findall(methods, code))
    used = {"commands", "app_mentions:read"}.union(*(NEEDS[method] for method in called))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == used


def test_what_the_bot_can_do_without_is_optional_and_asked_for(manifest):
    required, optional = manifests.scopes(manifest)
    assert sorted(required) == ["chat:write", "commands"]
    assert sorted((*required, *optional)) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def test_no_rule_of_slacks_is_broken_in_either_mode(manifest):
    assert [*violations(manifest), *violations(in_http_mode())] == []


def test_its_command_is_the_one_the_bot_listens_to(manifest):
    (command,) = manifest["features"]["slash_commands"]
    required = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}
    assert command["command"] == Config.from_env(required).slack_command
    assert command["usage_hint"] == "<video> <sequence> [effect]"
    assert command["should_escape"] is False


def test_the_bot_can_send_direct_messages_and_take_a_command_among_them(manifest):
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False


URL = "https://regen.example.com"


def in_http_mode() -> dict[str, Any]:
    return manifests.fitted(manifests.read(), command="/redo", url=f"{URL}/")


@pytest.mark.skipif(not SCHEMAS, reason="Slack's schemas are not ours to commit")
def test_slack_takes_the_one_for_http_mode_as_well():
    for path in SCHEMAS:
        jsonschema.validate(in_http_mode(), json.loads(path.read_text(encoding="utf-8")))


def test_in_http_mode_everything_that_slack_delivers_has_its_url():
    fit = in_http_mode()
    settings, [command] = fit["settings"], fit["features"]["slash_commands"]

    assert settings["socket_mode_enabled"] is False
    assert command["command"] == "/redo"
    assert {
        command["url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
        settings["event_subscriptions"]["request_url"],
    } == {f"{URL}/slack/events"}


def test_for_socket_mode_it_is_the_file_as_it_is_written(manifest):
    assert manifests.fitted(manifests.read(), command="/regen", url=None) == manifest


def test_the_link_carries_all_of_it(manifest):
    link = urlsplit(manifests.link(manifest))

    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://api.slack.com/apps"
    query = parse_qs(link.query)
    assert query["new_app"] == ["1"]
    assert json.loads(query["manifest_json"][0]) == manifest


async def test_the_command_prints_it_without_any_token(bots: Bots):
    none = {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "IACREA_API_KEY": ""}
    process = await bots.start("manifest", "--url", URL, environ={**none, "SLACK_COMMAND": "/redo"})

    assert await process.wait() == 0
    assert json.loads(bots.log()) == in_http_mode()


@pytest.mark.parametrize(
    "url", ["http://regen.example.com", "regen.example.com", "https://a?b=c", "https://me@a"]
)
async def test_a_url_that_slack_would_not_take_is_refused(url: str, bots: Bots):
    process = await bots.start("manifest", "--url", url)

    assert await process.wait() == 2
    assert "write https:// and a host" in bots.log()


async def test_a_command_that_slack_would_not_take_is_refused(bots: Bots):
    process = await bots.start("manifest", environ={"SLACK_COMMAND": "redo it"})

    assert await process.wait() == 2
    assert bots.log().startswith("SLACK_COMMAND: ")


def test_the_wheel_carries_it(tmp_path: Path):
    from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415 - heavy

    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])

    with zipfile.ZipFile(wheel) as packed:
        carried = packed.read("bot/manifest.yml")
    assert carried == (ROOT / "manifest.yml").read_bytes()


def hooks() -> dict[str, str]:
    told = json.loads((ROOT / ".slack" / "hooks.json").read_text(encoding="utf-8"))
    return dict(told["hooks"])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A place in which the Slack CLI finds its hooks, and them the bot."""
    shutil.copytree(ROOT / ".slack", tmp_path / ".slack")
    program = tmp_path / ".venv" / "bin" / "regen-bot"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m bot "$@"\n')
    program.chmod(0o755)
    return tmp_path


async def test_slack_run_takes_the_manifest_from_the_hook(
    checkout: Path, environ: dict[str, str], manifest
):
    process = await asyncio.create_subprocess_exec(
        *hooks()["get-manifest"].split(), cwd=checkout, env=environ, stdout=subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert json.loads(out) == manifest


async def test_slack_run_starts_the_bot_with_the_tokens_of_the_slack_cli(
    checkout: Path, environ: dict[str, str], slack: SlackSimulator
):
    tokens = {
        "SLACK_CLI_XOXB": environ.pop("SLACK_BOT_TOKEN"),
        "SLACK_CLI_XAPP": environ.pop("SLACK_APP_TOKEN"),
    }
    process = await asyncio.create_subprocess_exec(
        *hooks()["start"].split(), cwd=checkout, env=environ | tokens
    )
    await connected(slack)
    process.terminate()
    assert await process.wait() == 0
