"""Reads what a Web API request carries: its arguments, its token, and what Slack warns of.

Rules: docs.slack.dev/apis/web-api, "POST bodies", and the errors and warnings that every method's
page lists.
"""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.slack.errors import SlackError

JSON_TYPE = "application/json"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
TYPES = FORMS | {JSON_TYPE, "text/plain"}
CHARSETS = frozenset({"utf-8", "iso-8859-1"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A call as it came.

    Attributes:
        arguments: those of the query and the body together, without the token.
        token: None where Slack would not see one.
        warning: what Slack says beside its answer; None where all is as it likes it.
    """

    arguments: dict[str, Any]
    token: str | None
    warning: str | None


async def read(request: web.Request, *, json_too: bool, app_level: bool) -> Sent:
    """Reads one request, by GET or POST.

    Args:
        request: as it came.
        json_too: the method looks into JSON; what stands there is passed over otherwise.
        app_level: the method takes its token in the `Authorization` header alone.

    Raises:
        SlackError: the body is not what its `Content-Type` says.
    """
    body, is_form = await _body(request), request.content_type in FORMS
    token = _bearer(request) or (body.get("token") if is_form and not app_level else None)
    arguments = dict(request.query) | (body if is_form or json_too else {})
    # Neither is it looked for in the query of an app of today: changelog of 2020-11.
    arguments.pop("token", None)
    return Sent(arguments, token, _warning(request))


def _bearer(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def _body(request: web.Request) -> dict[str, Any]:
    if not request.body_exists:
        return {}
    _check_type(request)
    if request.content_type in FORMS:
        form = await request.post()
        # A file is none of a method's arguments: their bytes go to upload URLs.
        return {name: value for name, value in form.items() if isinstance(value, str)}
    raw = await request.read()
    # slack_sdk up to 3.47 and slack-go send JSON of no bytes where they have no arguments.
    if request.content_type != JSON_TYPE or not raw.strip():
        return {}
    return _object(raw, request.charset or "utf-8")


def _check_type(request: web.Request) -> None:
    if "Content-Type" not in request.headers:
        raise SlackError("missing_post_type")
    if request.content_type not in TYPES:
        raise SlackError("invalid_post_type")
    if (request.charset or "utf-8").lower() not in CHARSETS:
        raise SlackError("invalid_charset")


def _object(raw: bytes, charset: str) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode(charset))
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def _warning(request: web.Request) -> str | None:
    """Returns Slack's remark: it likes a charset beside JSON and text, and none beside a form."""
    if not request.body_exists:
        return None
    form, named = request.content_type in FORMS, request.charset is not None
    if form == named:
        return "superfluous_charset" if form else "missing_charset"
    return None
