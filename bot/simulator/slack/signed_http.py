"""HTTP mode: posts payloads to the app's request URL, signed as Slack signs them.

Written after https://docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import json
from http import HTTPStatus
from urllib.parse import urlencode

import aiohttp

from bot.simulator.slack.delivery import (
    DISPATCH_FAILED,
    OPERATION_TIMEOUT,
    Answer,
    Attempt,
    Kind,
    Parcel,
)
from bot.simulator.slack.installation import Installation
from bot.simulator.slack.records import JSON

FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    """Delivers over HTTP, each payload on a connection of its own."""

    def __init__(self, at: Installation, *, ack_seconds: float) -> None:
        """Signs for one installed app, and waits `ack_seconds` for an answer."""
        self._at = at
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)

    async def deliver(self, request_url: str, parcel: Parcel, attempt: Attempt) -> Answer:
        """Posts one payload and waits for the answer; only HTTP 200 counts as one."""
        content_type, body = _encoded(parcel)
        headers = {"Content-Type": content_type, **self._signature(body), **_retry(attempt)}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(request_url, data=body, headers=headers) as response,
            ):
                if response.status == HTTPStatus.OK:
                    return Answer(response.status, await _answer(response, parcel))
                retry = response.headers.get("x-slack-no-retry") != "1"
                return Answer(response.status, error=DISPATCH_FAILED, retry=retry)
        except TimeoutError:
            return Answer(error=OPERATION_TIMEOUT)
        except aiohttp.ClientError:
            return Answer(error=DISPATCH_FAILED)

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(self._at.clock()))
        base = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self._at.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(parcel: Parcel) -> tuple[str, str]:
    """Commands are forms, interactions a form with JSON in `payload`, events are JSON."""
    if parcel.kind is Kind.COMMAND:
        return FORM, urlencode(parcel.payload)
    if parcel.kind is Kind.INTERACTION:
        return FORM, urlencode({"payload": json.dumps(parcel.payload)})
    return "application/json", json.dumps(parcel.payload)


def _retry(attempt: Attempt) -> dict[str, str]:
    if not attempt.number:
        return {}
    return {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}


async def _answer(response: aiohttp.ClientResponse, parcel: Parcel) -> JSON | None:
    """What the acknowledgement carries. Plain text is what a command's user is shown."""
    text = await response.text()
    if not parcel.takes_answer or not text.strip():
        return None
    if response.content_type != "application/json":
        return {"text": text}
    body = json.loads(text)
    return body if isinstance(body, dict) else None
