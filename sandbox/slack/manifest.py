"""Reads an app's manifest: the part of it that decides what Slack lets the app do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

from sandbox.slack.manifest_rules import ManifestError, violations
from sandbox.slack.not_simulated import refuse_events, unknown_parts


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `escapes`: Slack writes links and mentions in its text as entities."""

    hint: str
    description: str
    escapes: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; `kind` is `global` or `message`."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class App:
    """An app as its manifest describes it.

    Attributes:
        color: behind its name where it is presented, `#rrggbb`; empty where it says none.
        commands: by name with its slash.
        shortcuts: by callback id.
        scopes: every bot scope the app asks for.
        optional_scopes: those of them that whoever installs the app may decline, one by one.
        events: the bot events it subscribes to.
        messages_tab: whether the app and a person have direct messages; off unless it is switched
            on, since February 2021 (slackapi/python-slack-sdk#1015).
        messages_tab_read_only: whether the person can only read there.
        not_simulated: what of its manifest means nothing here, by its place in it.
    """

    name: str
    bot_name: str
    color: str
    commands: Mapping[str, Command]
    shortcuts: Mapping[str, Shortcut]
    scopes: frozenset[str]
    optional_scopes: frozenset[str]
    events: frozenset[str]
    interactive: bool
    socket_mode: bool
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    not_simulated: tuple[str, ...]

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """Reads a manifest; names as in https://docs.slack.dev/reference/app-manifest.

        Raises:
            ManifestError: Slack would refuse the manifest.
            KeyError: the manifest lacks something that Slack requires, such as a command's name.
            ValueError: it subscribes to events that are not simulated.
        """
        if wrong := violations(manifest):
            raise ManifestError(wrong)
        features = manifest.get("features", {})
        app_home = features.get("app_home", {})
        settings = manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        about = manifest["display_information"]
        name = about["name"]
        events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))
        refuse_events(events)
        return cls(
            name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            color=str(about.get("background_color", "")),
            commands={
                each["command"]: Command(
                    hint=each.get("usage_hint", ""),
                    description=each.get("description", ""),
                    escapes=bool(each.get("should_escape", False)),
                )
                for each in features.get("slash_commands", [])
            },
            shortcuts={
                each["callback_id"]: Shortcut(each["name"], each["type"], each["description"])
                for each in features.get("shortcuts", [])
            },
            scopes=frozenset(scopes.get("bot", [])),
            optional_scopes=frozenset(scopes.get("bot_optional", [])),
            events=events,
            interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
            socket_mode=bool(settings.get("socket_mode_enabled", False)),
            home_tab=bool(app_home.get("home_tab_enabled", False)),
            messages_tab=bool(app_home.get("messages_tab_enabled", False)),
            messages_tab_read_only=bool(app_home.get("messages_tab_read_only_enabled", False)),
            not_simulated=tuple(unknown_parts(manifest)),
        )

    def granted(self, declined: Collection[str]) -> set[str]:
        """Returns the bot scopes that whoever installs the app grants, who declines some.

        Raises:
            ValueError: the manifest does not make those optional.
        """
        if needed := set(declined) - self.optional_scopes:
            message = f"no optional scopes of this app: {', '.join(sorted(needed))}"
            raise ValueError(message)
        return set(self.scopes.difference(declined))


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
