"""Reads an app's manifest: the part of it that decides what Slack lets the app do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml


@dataclass(frozen=True, slots=True)
class App:
    """An app as its manifest describes it.

    Attributes:
        commands: by name with its slash; whether Slack escapes links and mentions in its text.
        shortcuts: by callback id; `global` or `message`.
        scopes: the bot scopes every installation grants.
        optional_scopes: the bot scopes whoever installs the app may leave out.
        events: the bot events it subscribes to.
    """

    name: str
    bot_name: str
    commands: Mapping[str, bool]
    shortcuts: Mapping[str, str]
    scopes: frozenset[str]
    optional_scopes: frozenset[str]
    events: frozenset[str]
    interactive: bool
    socket_mode: bool
    home_tab: bool

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """Reads a manifest; names as in https://docs.slack.dev/reference/app-manifest.

        Raises:
            KeyError: the manifest lacks `display_information.name`.
        """
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        name = manifest["display_information"]["name"]
        return cls(
            name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            commands={
                command["command"]: bool(command.get("should_escape", False))
                for command in features.get("slash_commands", [])
            },
            shortcuts={
                shortcut["callback_id"]: shortcut["type"]
                for shortcut in features.get("shortcuts", [])
            },
            scopes=frozenset(scopes.get("bot", [])),
            optional_scopes=frozenset(scopes.get("bot_optional", [])),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
            socket_mode=bool(settings.get("socket_mode_enabled", False)),
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled", False)),
        )


def read_manifest(path: Path) -> dict[str, Any]:
    """Reads a `manifest.yml`.

    Raises:
        OSError: the file cannot be read.
        yaml.YAMLError: the file is not YAML.
        TypeError: the file holds something else than a mapping.
    """
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(manifest, dict):
        message = f"{path} holds no manifest"
        raise TypeError(message)
    return manifest
