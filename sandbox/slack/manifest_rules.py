"""What Slack refuses of a manifest, told as `apps.manifest.validate` tells it."""

from collections.abc import Iterator, Mapping
from typing import Any

Violation = dict[str, str]
"""`message`, and `pointer`: where in the manifest. Shape and the messages about request URLs:
docs.slack.dev/reference/methods/apps.manifest.validate, «Correcting manifests»."""


class ManifestError(ValueError):
    """Slack would make no app of this manifest.

    Attributes:
        violations: every reason, each with the place in the manifest.
    """

    def __init__(self, violations: list[Violation]) -> None:
        """Takes at least one reason."""
        super().__init__("; ".join(f"{each['pointer']}: {each['message']}" for each in violations))
        self.violations = violations


def violations(manifest: Mapping[str, Any]) -> list[Violation]:
    """Returns every reason for which Slack refuses a manifest; empty where it takes it.

    These rules are known and no others: that something is of a wrong type, too long, or unknown
    to Slack is not looked at.
    """
    return [*_name(manifest), *_optional_scopes(manifest), *_request_urls(manifest)]


def _name(manifest: Mapping[str, Any]) -> Iterator[Violation]:
    if not manifest.get("display_information", {}).get("name"):
        yield _violation("/display_information", "must have required property 'name'")


def _optional_scopes(manifest: Mapping[str, Any]) -> Iterator[Violation]:
    """Requires that `bot`, or `user`, lists each optional scope too.

    Source: docs.slack.dev/reference/app-manifest, `oauth_config.scopes.bot_optional`; so say
    «Installing with OAuth» and the changelog of 2026-03-16. How Slack words it is not known.
    """
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    for holder in ("bot", "user"):
        name = f"{holder}_optional"
        unlisted = set(scopes.get(name, [])) - set(scopes.get(holder, []))
        if unlisted:
            scope = ", ".join(sorted(unlisted))
            yield _violation(
                f"/oauth_config/scopes/{name}",
                f"optional scopes must also be listed in {holder}: {scope}",
            )


def _request_urls(manifest: Mapping[str, Any]) -> Iterator[Violation]:
    settings = manifest.get("settings", {})
    if settings.get("socket_mode_enabled"):
        return
    events, interactivity = "event_subscriptions", "interactivity"
    if settings.get(events) and not settings[events].get("request_url"):
        yield _violation(
            f"/settings/{events}",
            "Event Subscription requires either Request URL or Socket Mode Enabled",
        )
    about = settings.get(interactivity, {})
    if about.get("is_enabled") and not about.get("request_url"):
        where = f"/settings/{interactivity}"
        yield _violation(where, "Interactivity requires a Request URL")
        yield _violation(where, "Interactivity requires Socket Mode enabled")


def _violation(pointer: str, message: str) -> Violation:
    return {"message": message, "pointer": pointer}
