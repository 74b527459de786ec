"""Slack makes no app of a manifest that breaks its rules, and says where it does."""

import copy
import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import ManifestError, SlackSimulator
from tests.sandbox.slack.conftest import MANIFEST, Clock


def changed(*path: str, value: Any) -> dict[str, Any]:
    """A manifest that Slack takes, but for one value."""
    manifest = copy.deepcopy(MANIFEST)
    at = manifest
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    return manifest


NO_SOCKETS = {
    "event_subscriptions": {"bot_events": ["app_home_opened"]},
    "interactivity": {"is_enabled": True},
}


@pytest.mark.parametrize(
    ("manifest", "pointers"),
    [
        (changed("display_information", value={}), ["/display_information"]),
        (
            changed("oauth_config", "scopes", "bot_optional", value=["users:read", "im:read"]),
            ["/oauth_config/scopes/bot_optional"],
        ),
        (
            changed("oauth_config", "scopes", "user_optional", value=["users:read"]),
            ["/oauth_config/scopes/user_optional"],
        ),
        (
            changed("settings", value=NO_SOCKETS),
            [
                "/settings/event_subscriptions",
                "/settings/interactivity",
                "/settings/interactivity",
            ],
        ),
    ],
)
def test_a_manifest_that_breaks_a_rule_is_refused(
    manifest: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(ManifestError) as refused:
        SlackSimulator(manifest)

    assert [each["pointer"] for each in refused.value.violations] == pointers


def test_of_optional_scopes_those_that_are_not_asked_for_are_named() -> None:
    optional = changed("oauth_config", "scopes", "bot_optional", value=["users:read", "im:read"])

    with pytest.raises(ManifestError, match=r"must also be listed in bot: im:read$"):
        SlackSimulator(optional)


def test_with_request_urls_socket_mode_may_be_off() -> None:
    url = "https://regen.example.com/slack/events"
    settings = {name: {**about, "request_url": url} for name, about in NO_SOCKETS.items()}

    assert SlackSimulator(changed("settings", value=settings)).app.socket_mode is False


async def validated(slack: SlackSimulator, token: str, manifest: str) -> dict[str, Any]:
    """Slack's answer about a manifest, whichever it is."""
    client = AsyncWebClient(token=token, base_url=slack.api_url)
    try:
        answer = await client.apps_manifest_validate(manifest=manifest)
    except SlackApiError as error:
        answer = error.response
    return dict(answer.data)


async def test_a_developer_has_a_manifest_looked_over(slack: SlackSimulator) -> None:
    unlisted = changed("oauth_config", "scopes", "bot_optional", value=["im:read"])

    right = await validated(slack, slack.config_token, json.dumps(MANIFEST))
    wrong = await validated(slack, slack.config_token, json.dumps(unlisted))
    none = await validated(slack, slack.config_token, "{")
    elsewhere = await validated(slack, slack.bot_token, json.dumps(MANIFEST))

    assert right["ok"] is True
    assert (wrong["error"], none["error"]) == ("invalid_manifest", "invalid_manifest")
    assert wrong["errors"] == [
        {
            "message": "optional scopes must also be listed in bot: im:read",
            "pointer": "/oauth_config/scopes/bot_optional",
        }
    ]
    assert elsewhere["error"] == "not_allowed_token_type"


async def test_a_configuration_token_lives_for_12_hours(
    still_slack: SlackSimulator, clock: Clock
) -> None:
    clock.now += 12 * 3600
    assert (await validated(still_slack, still_slack.config_token, json.dumps(MANIFEST)))["ok"]
    clock.now += 1
    late = await validated(still_slack, still_slack.config_token, json.dumps(MANIFEST))
    assert late["error"] == "token_expired"
