"""The Slack app's manifest: valid by Slack's own schema, and asking for the least that works."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.config import Config

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
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "users.info": {"users:read"},
    "auth.test": set(),
    "views.open": set(),
    "views.update": set(),
    "views.publish": set(),
}
"""Scopes by method. Source: docs.slack.dev/reference/methods."""


def test_its_scopes_are_exactly_those_used(manifest):
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot" / "slack").rglob("*.py"))
    called = set(re.findall(r'"((?:chat|conversations|files|users|auth|views)\.[a-zA-Z.]+)"', code))
    used = {"commands"}.union(*(NEEDS[method] for method in called))
    scopes = manifest["oauth_config"]["scopes"]
    assert set(scopes["bot"]) | set(scopes["bot_optional"]) == used


def test_what_the_bot_can_do_without_is_optional(manifest):
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == ["chat:write", "commands"]


def test_its_command_is_the_one_the_bot_listens_to(manifest):
    (command,) = manifest["features"]["slash_commands"]
    required = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}
    assert command["command"] == Config.from_env(required).slack_command
    assert command["usage_hint"] == "<video> <sequence> [effect]"
    assert command["should_escape"] is False


def test_buttons_and_socket_mode_are_switched_on(manifest):
    settings = manifest["settings"]
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["socket_mode_enabled"] is True
    assert settings["token_rotation_enabled"] is False
