"""Brings what people do to the app: over Socket Mode or HTTP, once, or again where Slack would."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

from sandbox.slack.acknowledgements import carry_out
from sandbox.slack.delivery import (
    OPERATION_TIMEOUT,
    Answer,
    Attempt,
    Delivery,
    Kind,
    Payload,
)
from sandbox.slack.installation import Installation
from sandbox.slack.signed_http import SignedHttp
from sandbox.slack.socket_mode import SocketMode

EVENT_RETRIES = (0.0, 60.0, 300.0)
"""Seconds before each further try of an event: apis/events-api. Nothing else is tried again."""


class Dispatcher:
    """Delivers payloads."""

    def __init__(
        self,
        installation: Installation,
        socket_mode: SocketMode,
        signed_http: SignedHttp,
        *,
        event_retries: Sequence[float] = EVENT_RETRIES,
    ) -> None:
        """Takes both ways in; `event_retries` are seconds before each further try."""
        self._installation = installation
        self._socket_mode = socket_mode
        self._signed_http = signed_http
        self._event_retries = event_retries
        self._running: set[asyncio.Task[None]] = set()

    async def act(self, payload: Payload) -> Delivery:
        """Delivers what somebody just did, twice at once if that fault is set."""
        if not self._installation.faults.deliver_twice:
            return await self.deliver(payload)
        self._installation.faults.deliver_twice -= 1
        # At once and not one after the other: the app has to bear a race, too.
        first, second = await asyncio.gather(self.deliver(payload), self.deliver(payload))
        return replace(first, repeats=(second,))

    async def deliver(self, payload: Payload) -> Delivery:
        """Delivers a payload once; a failed event is tried again in the background."""
        delivery = await self._attempt(payload, Attempt())
        if payload.kind is Kind.EVENT and not delivery.ok and delivery.answer.retry:
            self._begin(self._retry(payload, delivery.answer))
        return delivery

    def tell(self, payloads: Sequence[Payload]) -> asyncio.Task[None]:
        """Begins to deliver, one after the other, what nobody waits for."""
        return self._begin(self._tell(payloads))

    async def close(self) -> None:
        """Gives up what is under way, and what would be tried again."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._signed_http.close()

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _tell(self, payloads: Sequence[Payload]) -> None:
        for payload in payloads:
            await self.act(payload)

    async def _retry(self, payload: Payload, answer: Answer) -> None:
        for number, delay in enumerate(self._event_retries, start=1):
            await asyncio.sleep(delay)
            attempt = Attempt(number, self._reason(answer))
            answer = (await self._attempt(payload, attempt)).answer
            if answer.error is None or not answer.retry:
                return

    def _reason(self, answer: Answer) -> str:
        """Returns why an event is tried again.

        Over Socket Mode only `timeout` was ever recorded (slackapi/bolt-js#2487, #2188,
        slackapi/python-slack-events-api#93); over HTTP as apis/events-api lists them.
        """
        if self._installation.request_url is None:
            return "timeout"
        return "http_timeout" if answer.error == OPERATION_TIMEOUT else "http_error"

    async def _attempt(self, payload: Payload, attempt: Attempt) -> Delivery:
        started = time.perf_counter()
        request_url = self._installation.request_url
        if request_url is None:
            answer = await self._socket_mode.deliver(payload, attempt)
        else:
            answer = await self._signed_http.deliver(request_url, payload, attempt)
        latency = time.perf_counter() - started
        delivery = Delivery(payload, carry_out(self._installation, payload, answer), latency)
        self._installation.note(delivery)
        return delivery
