"""The Web API over HTTP: reads a call, checks its token, lets faults strike, answers like Slack."""

import asyncio
import math
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import count_off, take_next
from sandbox.slack.installation import Call, Installation
from sandbox.slack.methods import METHODS
from sandbox.slack.not_simulated import NotSimulatedError, tell
from sandbox.slack.rate_limits import ALWAYS, RateLimits
from sandbox.slack.records import JSON
from sandbox.slack.request_bodies import Sent, read

APP_LEVEL = frozenset({"apps.connections.open"})
"""Methods that take the app-level token, in the `Authorization` header and nowhere else."""

CONFIGURING = frozenset({"apps.manifest.validate"})
"""Methods that take a developer's configuration token: app-manifests, «App Manifest APIs»."""

POST_ONLY = frozenset({"apps.connections.open"})
"""Refused where they come by GET: methods/apps.connections.open, `insecure_request`."""

FORMS_ONLY = frozenset(
    {
        "chat.getPermalink",
        "conversations.info",
        "conversations.replies",
        "files.getUploadURLExternal",
        "users.conversations",
        "users.info",
    }
)
"""Methods that take a query or a form, and do not look into a JSON body: those that read, and one.

Source: docs.slack.dev/apis/web-api, «POST bodies». `conversations.history` is not among them, since
its own page lists JSON.
"""

_NO_ANSWER = 0
"""Stands for an HTTP status where the connection is dropped instead."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer to the app."""

    status: int
    body: JSON
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def error(self) -> str | None:
        """Slack's name for what was wrong."""
        return None if self.body.get("ok") else str(self.body.get("error", self.status))

    def response(self) -> web.Response:
        """Returns it as aiohttp sends it. What breaks down at Slack's gateway answers in HTML."""
        if not self.body:
            return web.Response(status=self.status, text="<html></html>", content_type="text/html")
        return web.json_response(self.body, status=self.status, headers=self.headers)


def fault_reply(installation: Installation, method: str) -> Reply | None:
    """Returns what goes wrong before a call is carried out, if anything does."""
    if count_off(installation.faults.lost_calls, method):
        return Reply(_NO_ANSWER, {})
    status = take_next(installation.faults.http_errors, method)
    if status is not None:
        return Reply(status, {})
    if count_off(installation.faults.rate_limited, method):
        return rate_limited(installation.faults.retry_after)
    error = take_next(installation.faults.errors, method)
    return None if error is None else Reply(200, {"ok": False, "error": error})


def rate_limited(retry_after: int | None) -> Reply:
    """Returns Slack's answer to too many calls; `retry_after` is in seconds."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Reply(429, {"ok": False, "error": "ratelimited"}, headers)


async def send(
    installation: Installation,
    method: str,
    reply: Reply,
    request: web.Request,
    sent: dict[str, Any],
) -> web.Response:
    """Logs a call and answers it, late or not at all if a fault says so."""
    # Only a call that was carried out can lose its answer; a refused one has nothing to hide.
    carried_out = reply.error is None
    lost = reply.status == _NO_ANSWER or (
        carried_out and count_off(installation.faults.lost_answers, method)
    )
    if carried_out and count_off(installation.faults.failed_answers, method):
        reply = Reply(500, {})
    tell(reply.body)
    installation.log(
        Call(method, sent, installation.clock(), None if lost else reply.status, reply.error)
    )
    await asyncio.sleep(installation.faults.delays.get(method, 0))
    if lost and request.transport is not None:
        request.transport.abort()
        return web.Response()  # never sent: aiohttp finds the connection closed
    return reply.response()


class WebApi:
    """The routes below `/api/`."""

    def __init__(self, installation: Installation) -> None:
        """Answers for one installed app."""
        self._installation = installation
        self._limits = RateLimits(installation.clock)

    def routes(self) -> list[web.RouteDef]:
        """Returns one route for every method, by GET and POST."""
        return [web.route("*", "/api/{method}", self._handle)]

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            sent = await _sent(request, method)
        except SlackError as error:
            return await send(self._installation, method, Reply(200, error.answer()), request, {})
        reply = self._reply(method, sent.token, Arguments(sent.arguments))
        reply.headers.update(self._headers(method))
        if sent.warning is not None and reply.body:
            _warn(reply.body, sent.warning)
        return await send(self._installation, method, reply, request, sent.arguments)

    def _reply(self, method: str, token: str | None, arguments: Arguments) -> Reply:
        try:
            self._admit(method, token)
            wrong = fault_reply(self._installation, method) or self._too_many(method, arguments)
            return wrong or Reply(
                200, {"ok": True, **METHODS[method](self._installation, arguments)}
            )
        except SlackError as error:
            return Reply(200, error.answer())

    def _admit(self, method: str, token: str | None) -> None:
        installation = self._installation
        if method not in METHODS:
            raise NotSimulatedError(method)
        if not token:
            raise SlackError("not_authed")
        if token not in {installation.bot_token, installation.app_token, installation.config_token}:
            raise SlackError("invalid_auth")
        if installation.faults.token_revoked:
            raise SlackError("token_revoked")
        if installation.faults.unavailable:
            raise SlackError(installation.faults.unavailable)
        if (
            token == installation.config_token
            and installation.clock() > installation.config_token_until
        ):
            raise SlackError("token_expired")
        if token != self._right_token(method):
            raise SlackError("not_allowed_token_type")

    def _right_token(self, method: str) -> str:
        if method in CONFIGURING:
            return self._installation.config_token
        return self._installation.app_token if method in APP_LEVEL else self._installation.bot_token

    def _too_many(self, method: str, arguments: Arguments) -> Reply | None:
        if not self._installation.faults.rate_limits and method not in ALWAYS:
            return None
        wait = self._limits.seconds_to_wait(method, arguments.optional("channel") or "")
        return rate_limited(math.ceil(wait)) if wait else None

    def _headers(self, method: str) -> dict[str, str]:
        """Returns the granted scopes, for which people call `auth.test`."""
        scopes = {"connections:write"} if method in APP_LEVEL else self._installation.scopes
        return {"x-oauth-scopes": ",".join(sorted(scopes))}


async def _sent(request: web.Request, method: str) -> Sent:
    """Returns what came with a call.

    Raises:
        SlackError: it did not come in a way that Slack takes.
    """
    if method in POST_ONLY and request.method != "POST":
        raise SlackError("insecure_request")
    return await read(request, json_too=method not in FORMS_ONLY, app_level=method in APP_LEVEL)


def _warn(body: JSON, warning: str) -> None:
    """Adds a warning, which Slack names twice; it carries the call out all the same."""
    body["warning"] = warning
    body.setdefault("response_metadata", {})["warnings"] = [warning]
