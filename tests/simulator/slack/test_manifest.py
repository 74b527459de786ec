"""Slack makes no app of a manifest that breaks its rules, and says where it does."""

import copy
from typing import Any

import pytest

from bot.simulator.slack import ManifestError, SlackSimulator
from tests.simulator.slack.conftest import MANIFEST


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

    assert [each["pointer"] for each in refused.value.problems] == pointers


def test_of_optional_scopes_those_that_are_not_asked_for_are_named() -> None:
    optional = changed("oauth_config", "scopes", "bot_optional", value=["users:read", "im:read"])

    with pytest.raises(ManifestError, match=r"must also be listed in bot: im:read$"):
        SlackSimulator(optional)


def test_with_request_urls_socket_mode_may_be_off() -> None:
    url = "https://regen.example.com/slack/events"
    settings = {name: {**about, "request_url": url} for name, about in NO_SOCKETS.items()}

    assert SlackSimulator(changed("settings", value=settings)).app.socket_mode is False
