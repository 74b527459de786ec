"""HTTP mode: posts payloads to the app's request URL, signed as Slack signs them.

Written after https://docs.slack.dev/authentication/verifying-requests-from-slack and, for the
challenge that comes before the first event, https://docs.slack.dev/reference/events/url_verification.
"""

import asyncio
import hashlib
import hmac
import json
import secrets
from http import HTTPStatus
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.delivery import (
    DISPATCH_FAILED,
    OPERATION_TIMEOUT,
    Answer,
    Attempt,
    Kind,
    Payload,
)
from sandbox.slack.installation import Installation
from sandbox.slack.records import JSON

FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    """Delivers over HTTP, each payload on a connection of its own."""

    def __init__(self, installation: Installation, *, ack_seconds: float) -> None:
        """Signs for one installed app, and waits `ack_seconds` for an answer."""
        self._installation = installation
        self._ack_seconds = ack_seconds
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)
        self._on_the_way: set[asyncio.Task[Answer]] = set()
        self._verified: set[str] = set()

    async def deliver(self, request_url: str, payload: Payload, attempt: Attempt) -> Answer:
        """Posts one payload and waits for the answer; only HTTP 200 counts as one.

        Events come to a URL alone that has answered a challenge.
        """
        if payload.kind is Kind.EVENT and not await self._verify(request_url):
            return Answer(error=DISPATCH_FAILED)
        return await self._post(request_url, payload, attempt)

    async def close(self) -> None:
        """Gives up what is still on its way."""
        for task in tuple(self._on_the_way):
            task.cancel()
        await asyncio.gather(*self._on_the_way, return_exceptions=True)

    async def _verify(self, request_url: str) -> bool:
        """Whether the app listens there: once it has answered a challenge, it does.

        Slack asks when the URL is saved, which an app here may not live to see: before the first
        event is early enough.
        """
        if request_url not in self._verified:
            challenge = secrets.token_urlsafe(39)
            asked = {"token": self._installation.verification_token, "challenge": challenge}
            payload = Payload(
                Kind.EVENT, {**asked, "type": "url_verification"}, accepts_response=True
            )
            answer = await self._post(request_url, payload, Attempt())
            # As JSON, as a form or as plain text: the page shows all three.
            body = answer.body or {}
            if challenge in (body.get("challenge"), body.get("text", "").split("=")[-1]):
                self._verified.add(request_url)
        return request_url in self._verified

    async def _post(self, request_url: str, payload: Payload, attempt: Attempt) -> Answer:
        content_type, body = _encoded(payload)
        headers = {"Content-Type": content_type, **self._signature(body), **_retry(attempt)}
        task = asyncio.create_task(self._arrive(request_url, payload, headers, body))
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)
        # Shielded: what Slack gives up is under way all the same, and may reach the app late.
        try:
            async with asyncio.timeout(self._ack_seconds):
                return await asyncio.shield(task)
        except TimeoutError:
            return Answer(error=OPERATION_TIMEOUT)

    async def _arrive(
        self, request_url: str, payload: Payload, headers: dict[str, str], body: str
    ) -> Answer:
        """Returns what the app answers, also where a proxy brings it what Slack has given up."""
        await self._installation.arrive()
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(request_url, data=body, headers=headers) as response,
            ):
                if response.status == HTTPStatus.OK:
                    return Answer(response.status, await _answer(response, payload))
                retry = response.headers.get("x-slack-no-retry") != "1"
                return Answer(response.status, error=DISPATCH_FAILED, retry=retry)
        except TimeoutError:
            return Answer(error=OPERATION_TIMEOUT)
        except aiohttp.ClientError:
            return Answer(error=DISPATCH_FAILED)

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(self._installation.clock()))
        base = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(
            self._installation.signing_secret.encode(), base, hashlib.sha256
        ).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(payload: Payload) -> tuple[str, str]:
    """Returns content type and body.

    Commands are forms, interactions a form with JSON in `payload`, events are JSON.
    """
    if payload.kind is Kind.COMMAND:
        return FORM, urlencode(payload.body)
    if payload.kind is Kind.INTERACTION:
        return FORM, urlencode({"payload": json.dumps(payload.body)})
    return "application/json", json.dumps(payload.body)


def _retry(attempt: Attempt) -> dict[str, str]:
    if not attempt.number:
        return {}
    return {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}


async def _answer(response: aiohttp.ClientResponse, payload: Payload) -> JSON | None:
    """Returns what the acknowledgement carries. Plain text is shown to a command's user."""
    text = await response.text()
    if not payload.accepts_response or not text.strip():
        return None
    if response.content_type != "application/json":
        return {"text": text}
    body = json.loads(text)
    return body if isinstance(body, dict) else None
