"""Whether Slack takes the tokens, and has granted what the bot needs."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from bot import manifest
from bot.config import NETWORK_VARIABLES, Config
from bot.deliveries import SlackClock
from bot.doctor.findings import Finding, Section
from bot.doctor.network import mending as network_mending
from bot.slack.answering.people import SCOPE as PEOPLE_SCOPE
from bot.slack.connection.errors import (
    SlackError,
    SlackRefusedError,
    SlackUnauthorisedError,
    SlackUnavailableError,
    SlackUnreachedError,
)
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.telling.uploads import SCOPE as UPLOAD_SCOPE

_HERE = Section("Slack")
_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
"""As Slack makes them. Source: docs.slack.dev/authentication/verifying-requests-from-slack."""
_APP_OF_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
"""An app-level token names its app."""
_INSTALL = "Settings, Install App: install it again, and copy its Bot User OAuth Token"
_MEND_BOT_TOKEN = {
    "invalid_auth": (
        f"{_INSTALL}. In GovSlack, set SLACK_API_URL=https://slack-gov.com/api/ as well. Where the "
        "app is restricted to IP addresses (OAuth & Permissions), add this machine's"
    ),
    "token_expired": "Settings, OAuth & Permissions: switch token rotation off; then install again",
    "not_allowed_token_type": "it is of another kind; copy the Bot User OAuth Token, xoxb-…",
}
_MEND_APP_TOKEN = {
    "missing_scope": "Basic Information, App-Level Tokens: make one with the scope "
    "connections:write",
    "not_allowed_token_type": "copy the App-Level Token, xapp-…, from Basic Information",
    "access_denied": "Settings, Socket Mode: switch it on",
    "socket_mode_not_enabled": "Settings, Socket Mode: switch it on",
}
_MAKE_ANOTHER = (
    "Basic Information, App-Level Tokens: make a new one with the scope connections:write"
)
_WAIT = "nothing is to be mended: the bot waits, and goes on by itself"
_MEND_WORKSPACE = {
    "team_added_to_org": ("the workspace is moving into an organisation", _WAIT),
    "org_login_required": ("the workspace is moving into an organisation", _WAIT),
    "migration_in_progress": ("the workspace is moving to other servers", _WAIT),
    "accesslimited": (
        "the workspace is not open to this network",
        "have a workspace admin allow this machine's address; until then the bot waits",
    ),
}
_REINSTALL = (
    "to have it after all: Settings, Install App, Reinstall to Workspace, and leave it switched on "
    "(Slack may grant less than asked for when an app is installed the first time)"
)
_LOOK = (
    "where Slack's answer was lost in {}, a result is told in a direct message besides its thread, "
    "and a request may be announced twice"
)
_BALANCE = "what is left on the account is not told in {} channels, as others may read along"
_LOST_WITHOUT = {
    "users:read": "guests are not told apart and may spend; all is in BOT_LOCALE",
    "chat:write.public": "the bot has to be invited into public channels too",
    "app_mentions:read": "the bot does not hear who mentions it, so nothing can be asked of it in "
    "words in a thread",
    "files:write": "INLINE_VIDEO cannot work",
    "channels:history": _LOOK.format("a public channel"),
    "groups:history": _LOOK.format("a private channel"),
    "im:history": "what is said to the bot in its direct messages it does not hear; and "
    + _LOOK.format("a direct message"),
    "mpim:history": _LOOK.format("a group message"),
    "channels:read": _BALANCE.format("public"),
    "groups:read": _BALANCE.format("private")
    + "; and a private channel that becomes shared is lost to ALLOWED_CHANNELS and to what "
    "is under way in it",
    "usergroups:read": "nobody passes by a user group in ALLOWED_USERS or ADMIN_USERS",
}


@dataclass(slots=True)
class SlackChecks:
    """The checks of Slack's side, and what they learn on the way.

    Attributes:
        broken: variables whose values are wrong already.
        clock: Slack's, as far as it has answered.
    """

    config: Config
    broken: frozenset[str]
    clock: SlackClock = field(default_factory=SlackClock)
    _scopes: frozenset[str] = frozenset()
    _bot_id: str | None = None
    _api: WebApi = field(init=False)

    def __post_init__(self) -> None:
        """Makes the client; nothing is called yet."""
        token = self.config.slack_bot_token.reveal()
        client = web_client(token, self.config.slack_api_url, self.config.network)
        self._api = WebApi(client, clock=self.clock)

    async def __call__(self) -> AsyncIterator[Finding]:
        """Yields every finding, in order."""
        if missing := self.broken & {"SLACK_BOT_TOKEN", "SLACK_API_URL", *NETWORK_VARIABLES}:
            yield _HERE.skipped("bot token", min(missing))
        else:
            async for finding in self._bot():
                yield finding
        if self.config.slack_app_token is not None:
            if self.config.slack_signing_secret is not None:
                yield _HERE.note("mode", "Socket Mode, as SLACK_APP_TOKEN wins over the secret")
            yield await self._socket_mode(self.config.slack_app_token.reveal())
        elif self.config.slack_signing_secret is not None:
            for finding in self._http_mode(self.config.slack_signing_secret.reveal()):
                yield finding
        yield _HERE.note(
            "command",
            f"no API tells whether {self.config.slack_command} and the buttons reach this app",
            f"type {self.config.slack_command} help in Slack: if another app answers, rename it "
            "with SLACK_COMMAND, and in the app's settings",
        )

    async def _bot(self) -> AsyncIterator[Finding]:
        try:
            answer = await self._api.ask("auth.test")
        except SlackError as error:
            yield _trouble("bot token", "SLACK_BOT_TOKEN", error, _bot_mending, self.config)
            return
        headers = {key.lower(): str(each) for key, each in answer.headers.items()}
        self._bot_id = answer.get("bot_id")
        where = f"{answer.get('team')} ({answer.get('url')})"
        yield _HERE.ok("bot token", f"@{answer.get('user')} in {where}")
        granted = headers.get("x-oauth-scopes")
        if granted is None:
            yield _HERE.note("scopes", "Slack did not say which were granted")
            return
        self._scopes = frozenset(each.strip() for each in granted.split(","))
        for finding in self._granted():
            yield finding

    def _granted(self) -> list[Finding]:
        required, optional = manifest.scopes(manifest.read())
        missing = [scope for scope in required if scope not in self._scopes]
        if missing:
            names = ", ".join(missing)
            mend = f"App Manifest: paste what `regen-bot manifest` prints; {_INSTALL}"
            return [_HERE.failed("scopes", f"not granted: {names}", mend)]
        findings = [_HERE.ok("scopes", f"granted: {', '.join(required)}")]
        absent = [scope for scope in optional if scope not in self._scopes]
        if self.config.inline_video and UPLOAD_SCOPE in absent:
            said = f"INLINE_VIDEO is on, and {UPLOAD_SCOPE} was not granted"
            mend = f"{_INSTALL}, with that scope. Or set INLINE_VIDEO=0"
            findings.append(_HERE.warning("scopes", said, mend))
        if not self.config.allow_guests and PEOPLE_SCOPE in absent:
            said = f"ALLOW_GUESTS is off, and {PEOPLE_SCOPE} was not granted: guests spend too"
            mend = f"{_INSTALL}, with that scope. Or name everybody who may in ALLOWED_USERS"
            findings.append(_HERE.warning("scopes", said, mend))
        lost = [f"without {scope}: {_LOST_WITHOUT[scope]}" for scope in absent]
        return [
            *findings,
            # How to mend it is the same for all, and said once, below the last.
            *(_HERE.note("scopes", each) for each in lost[:-1]),
            *(_HERE.note("scopes", each, _REINSTALL) for each in lost[-1:]),
        ]

    async def _socket_mode(self, token: str) -> Finding:
        """Asks for a connection, and does not open it: deliveries would come here instead."""
        if missing := self.broken & {"SLACK_APP_TOKEN", "SLACK_API_URL", *NETWORK_VARIABLES}:
            return _HERE.skipped("Socket Mode", min(missing))
        api = WebApi(web_client(token, self.config.slack_api_url, self.config.network))
        try:
            await api.call("apps.connections.open")
        except SlackError as error:
            return _trouble("Socket Mode", "SLACK_APP_TOKEN", error, _app_mending, self.config)
        other = await self._other_app(token)
        if other is not None:
            said = f"SLACK_APP_TOKEN is of the app {other[0]}, SLACK_BOT_TOKEN of {other[1]}"
            return _HERE.failed("Socket Mode", said, "take both tokens from the same app")
        return _HERE.ok("Socket Mode", "Slack takes the app-level token and offers a connection")

    async def _other_app(self, token: str) -> tuple[str, str] | None:
        """Returns the apps of both tokens where they differ, which only users:read lets us see."""
        named = _APP_OF_TOKEN.match(token)
        if named is None or self._bot_id is None or "users:read" not in self._scopes:
            return None
        try:
            answer: Any = await self._api.ask("bots.info", bot=self._bot_id)
        except SlackError:
            return None
        bots_app = str((answer.get("bot") or {}).get("app_id") or named[1])
        return None if bots_app == named[1] else (named[1], bots_app)

    def _http_mode(self, secret: str) -> list[Finding]:
        if "SLACK_SIGNING_SECRET" in self.broken:
            return [_HERE.skipped("HTTP mode", "SLACK_SIGNING_SECRET")]
        look = _HERE.ok("signing secret", "looks like one; only Slack's first request proves it")
        if not _SIGNING_SECRET.fullmatch(secret):
            said = "is not 32 of 0-9 and a-f, as Slack's are"
            mend = "copy it from Basic Information, App Credentials, Signing Secret"
            look = _HERE.warning("signing secret", said, mend)
        urls = "Socket Mode is to be off, and every request URL https://<your host>"
        mend = "`regen-bot manifest --url https://<your host>` has them all: App Manifest, paste it"
        return [look, _HERE.note("request URLs", urls + manifest.EVENTS_PATH, mend)]


def _bot_mending(reason: str) -> str:
    return _MEND_BOT_TOKEN.get(reason, _INSTALL)


def _app_mending(reason: str) -> str:
    return _MEND_APP_TOKEN.get(reason, _MAKE_ANOTHER)


def _trouble(
    check: str, variable: str, error: SlackError, mending: Callable[[str], str], config: Config
) -> Finding:
    """Says what a call that failed means."""
    if isinstance(error, SlackUnauthorisedError | SlackRefusedError):
        return _HERE.failed(check, f"Slack refuses {variable} ({error})", mending(str(error)))
    if isinstance(error, SlackUnavailableError):
        why, mend = _MEND_WORKSPACE.get(error.reason, ("it has to do with the workspace", _WAIT))
        return _HERE.failed(check, f"Slack refuses everything for now ({error}): {why}", mend)
    if isinstance(error, SlackUnreachedError):
        said = f"{config.slack_api_url} cannot be reached ({error})"
        return _HERE.failed(check, said, network_mending(str(error), "SLACK_API_URL"))
    said = f"{config.slack_api_url} does not answer as Slack does ({error})"
    mend = "check SLACK_API_URL (https://slack.com/api/ unless in GovSlack); else ask again later"
    return _HERE.failed(check, said, mend)
