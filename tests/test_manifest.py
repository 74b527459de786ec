"""The Slack app's manifest: valid by Slack's own schema, and asking for the least that works."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.config import Config

ROOT = Path(__file__).parents[1]
SCHEMAS = sorted((ROOT.parent / "shared" / "reference").glob("slack-manifest.schema.*.json"))


@pytest.fixture
def manifest() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SCHEMAS, reason="Slack's schemas are not ours to commit")
def test_slack_takes_it(manifest):
    for path in SCHEMAS:
        jsonschema.validate(manifest, json.loads(path.read_text(encoding="utf-8")))


def test_it_asks_for_the_fewest_scopes_that_work(manifest):
    scopes = manifest["oauth_config"]["scopes"]
    assert sorted(scopes["bot"]) == ["chat:write", "commands"]
    assert all(scope.endswith(":history") for scope in scopes["bot_optional"])


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
