"""Reads the Slack app's manifest from `manifest.yml`, its one source, and fits it to a mode.

Fields as in https://docs.slack.dev/reference/app-manifest.
"""

import copy
import json
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

Manifest = dict[str, Any]

EVENTS_PATH = "/slack/events"
"""Where Slack delivers everything in HTTP mode. Source: contract, «HTTP, in both modes»."""


class ManifestMissingError(Exception):
    """`manifest.yml` is neither where an installation has it nor where a checkout has it."""


def path() -> Path:
    """Returns its path: inside the package in an installation, beside it in a checkout.

    Raises:
        ManifestMissingError: it is in neither place.
    """
    with resources.as_file(resources.files("bot") / "manifest.yml") as installed:
        for each in (installed, Path(__file__).parents[1] / "manifest.yml"):
            if each.is_file():
                return each
    raise ManifestMissingError("the Slack app's manifest.yml is missing; install regen-bot again")


def read() -> Manifest:
    """Returns the manifest as it is written: for Socket Mode, with the command `/regen`.

    Raises:
        ManifestMissingError: it is not there.
    """
    manifest: Manifest = yaml.safe_load(path().read_text(encoding="utf-8"))
    return manifest


def fitted(manifest: Manifest, *, command: str, url: str | None) -> Manifest:
    """Returns the manifest for a bot that listens to `command`.

    Args:
        manifest: what `read` returned; it is not changed.
        command: the slash command's name, such as `/regen`.
        url: where Slack reaches the bot, without a path of its own; None for Socket Mode.
    """
    fit = copy.deepcopy(manifest)
    features, settings = fit["features"], fit["settings"]
    features["slash_commands"][0]["command"] = command
    settings["socket_mode_enabled"] = url is None
    if url is not None:
        events = url.rstrip("/") + EVENTS_PATH
        features["slash_commands"][0]["url"] = events
        settings["interactivity"]["request_url"] = events
        settings["interactivity"]["message_menu_options_url"] = events
        settings["event_subscriptions"]["request_url"] = events
    return fit


def link(manifest: Manifest) -> str:
    """Returns an address at which Slack makes an app of the manifest, after a look at it.

    Source: docs.slack.dev/app-manifests/configuring-apps-with-app-manifests, «Sharing manifests».
    The dialog that Slack shows since July 2026 drops it on the way and opens empty (reported in
    vellum-ai/vellum-assistant#39141 and agentconnect-md/agentconnect#19), so nobody is sent there
    first.
    """
    text = json.dumps(manifest, separators=(",", ":"), ensure_ascii=False)
    return f"https://api.slack.com/apps?new_app=1&manifest_json={quote(text, safe='')}"


def scopes(manifest: Manifest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the bot scopes that it cannot work without, and those that it can.

    `bot` holds both; `bot_optional` names those of them that may be declined. Source:
    docs.slack.dev/reference/app-manifest.
    """
    asked = manifest["oauth_config"]["scopes"]
    optional = tuple(asked["bot_optional"])
    return tuple(each for each in asked["bot"] if each not in optional), optional
