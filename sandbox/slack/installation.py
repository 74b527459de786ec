"""The app as it is installed in the workspace: what every part of the simulator shares."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.delivery import Delivery
from sandbox.slack.faults import Faults
from sandbox.slack.identity import APP_ID
from sandbox.slack.manifest import App
from sandbox.slack.records import JSON, ConfirmationDialog
from sandbox.slack.short_lived import ResponseUrls, Tickets, Triggers
from sandbox.slack.uploads import Uploads
from sandbox.slack.workspace import Workspace

CONFIG_TOKEN_SECONDS = 12 * 60 * 60.0
"""How long a configuration token lives: methods/tooling.tokens.rotate."""


def _token(prefix: str) -> str:
    return f"{prefix}-{secrets.token_urlsafe(24)}"


@dataclass(frozen=True, slots=True)
class Call:
    """A request the app made.

    Attributes:
        method: of the Web API, or `response_url`, or `upload_url`.
        at: Unix time in seconds.
        status: of the HTTP answer; None where the connection was dropped instead.
        error: Slack's name for what was wrong; None where it was carried out.
    """

    method: str
    arguments: dict[str, Any]
    at: float
    status: int | None
    error: str | None


@dataclass(slots=True)
class Installation:
    """One app in one workspace, with its tokens and scopes.

    Attributes:
        base_url: of this server, without a slash at the end; known once it runs.
        socket_mode: whether Socket Mode is switched on in the app's settings.
        offered: the options that the app last gave to an external select, by the person's id,
            the id of the view or the `ts` of the message, `block_id` and `action_id`.
        config_token_until: when the developer's configuration token expires, in Unix seconds.
        request_url: where payloads go over HTTP instead; None for Socket Mode.
        dialogs: the questions that people were asked before the app was told.
        enterprise: the organisation that the workspace is in, on Enterprise Grid.
        held_until: until when the network holds up what is on its way to the app, by the event
            loop's clock.
    """

    app: App
    workspace: Workspace
    clock: Callable[[], float]
    scopes: set[str]
    triggers: Triggers
    response_urls: ResponseUrls
    socket_mode: bool
    base_url: str = ""
    request_url: str | None = None
    enterprise: str | None = None
    bot_token: str = field(default_factory=lambda: _token("xoxb"))
    app_token: str = field(default_factory=lambda: _token(f"xapp-1-{APP_ID}-1"))
    config_token: str = field(default_factory=lambda: _token("xoxe.xoxp-1"))
    config_token_until: float = field(init=False)
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))
    tickets: Tickets = field(default_factory=Tickets)
    faults: Faults = field(default_factory=Faults)
    uploads: Uploads = field(default_factory=Uploads)
    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    offered: dict[tuple[str, str, str, str], list[JSON]] = field(default_factory=dict)
    dialogs: list[ConfirmationDialog] = field(default_factory=list)
    on_change: Callable[[], None] = lambda: None
    held_until: float = 0.0

    def __post_init__(self) -> None:
        """Has the configuration token issued now."""
        self.config_token_until = self.clock() + CONFIG_TOKEN_SECONDS

    def log(self, call: Call) -> None:
        """Notes a request of the app, and has `on_change` told."""
        self.calls.append(call)
        self.on_change()

    async def arrive(self) -> None:
        """Waits until what is sent to the app now reaches it."""
        await asyncio.sleep(max(0.0, self.held_until - asyncio.get_running_loop().time()))

    def note(self, delivery: Delivery) -> None:
        """Notes a payload that went to the app, and has `on_change` told."""
        self.deliveries.append(delivery)
        self.on_change()
