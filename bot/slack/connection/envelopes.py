"""Gives Bolt what comes over a WebSocket, and acknowledges it over the same connection."""

import asyncio
import json
from typing import Any, TypeAlias

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import metrics
from bot.cache import Cache
from bot.deliveries import PendingDeliveries
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.websocket import Connection, Envelope

MOST_REMEMBERED = 8 * 2**20
"""Bytes of acknowledgements that are kept. An envelope that comes again does so within seconds."""
_UNDER_WAY = 2000
"""Bytes that an acknowledgement counts for until it is known."""
_OK = 200
_Answer: TypeAlias = "asyncio.Task[Envelope | None]"


class Envelopes:
    """Answers envelopes, each once.

    Slack sometimes sends the same envelope again after a reconnect (slackapi/bolt-js#2487). We
    acknowledge it as the first time and do nothing more. If it comes to another replica, or after a
    restart, its request has the same id, so that nothing is spent twice.
    """

    def __init__(self, app: AsyncApp, under_way: UnderWay, deliveries: PendingDeliveries) -> None:
        self._app = app
        self._under_way = under_way
        self._deliveries = deliveries
        self._answers: Cache[str, _Answer] = Cache(_size, most=MOST_REMEMBERED)

    def take(self, connection: Connection, envelope: Envelope) -> None:
        """Begins to answer an envelope."""
        request = SocketModeRequest.from_dict(envelope)
        if request is not None:
            sent = self._sent(connection, request)
            self._under_way.begin(self._answer(connection, request, sent))

    def _sent(self, connection: Connection, request: SocketModeRequest) -> float:
        """When Slack sent it, by `steady`; where it does not say so, at the earliest.

        A press has the time of Slack's servers: microseconds, which no browser tells. A command
        and a submitted form have none.
        """
        if request.type == "events_api":
            return self._deliveries.clock.happened(request.payload)
        try:
            pressed = (request.payload.get("actions") or [{}])[0]
            return self._deliveries.clock.begun(float(pressed["action_ts"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            return connection.asked_at

    async def _answer(
        self, connection: Connection, request: SocketModeRequest, sent: float
    ) -> None:
        seconds = metrics.ACK_SECONDS.labels(request.type)
        with self._deliveries.acknowledging(sent), seconds.time():
            answer = self._answers.get(request.envelope_id)
            if answer is None:
                # A task, so that a repeat which comes meanwhile waits for the same answer.
                answer = asyncio.create_task(self._dispatch(request))
                self._answers[request.envelope_id] = answer
            acknowledgement = await answer
            self._answers[request.envelope_id] = answer  # again, now that its size is known
            if acknowledgement is not None:
                await connection.send(acknowledgement)

    async def _dispatch(self, request: SocketModeRequest) -> Envelope | None:
        response = await run_async_bolt_app(self._app, request)
        # As Bolt's own adapter does: what is not acknowledged Slack calls failed, or sends again.
        if response.status != _OK:
            return None
        return {"envelope_id": request.envelope_id, **_payload(response)}


def _size(answer: _Answer) -> int:
    return len(str(answer.result())) if answer.done() else _UNDER_WAY


def _payload(response: BoltResponse) -> dict[str, Any]:
    """Returns what a listener gave to `ack`, in the form that Socket Mode carries."""
    if not response.body:
        return {}
    if response.first_headers().get("content-type", "").startswith("application/json"):
        return {"payload": json.loads(response.body)}
    return {"payload": {"text": response.body}}
