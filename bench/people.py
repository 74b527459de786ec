"""People who type `/regen`, at a rate that does not wait for answers, as Slack delivers it."""

import asyncio
import hashlib
import hmac
import time
from urllib.parse import urlencode

from bench.http import Client
from bench.outside import channel_id, video_id

PATIENCE = 10.0
"""Seconds; Slack itself waits three."""


class NotAcceptedError(Exception):
    """What was typed was answered otherwise than by silence."""


class People:
    """Those of a workspace, whose commands go to one app."""

    def __init__(self, app_port: int, outside_port: int, secret: str) -> None:
        self._app = Client(app_port)
        self._respond = f"http://127.0.0.1:{outside_port}/slack/private"
        self._secret = secret.encode()

    async def type(self, count: int, *, rate: float, first: int = 0) -> list[float]:
        """Commands for `count` videos, `rate` a second; seconds until each was acknowledged.

        The time counts from when the command was due, so that a sender that is late hides nothing.

        Raises:
            NotAcceptedError: one of them was not taken on.
        """
        loop = asyncio.get_running_loop()
        began = loop.time() + 0.05
        tasks = []
        for place in range(count):
            due = began + place / rate
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            delivery = self._delivery(first + place)  # now: it says when it was signed
            tasks.append(asyncio.create_task(self._deliver(delivery, due)))
        return await asyncio.gather(*tasks)

    async def one(self, number: int, *, after: float = 0.0) -> float:
        """A command for the video of that number, `after` s from now; as `type` otherwise.

        Raises:
            OSError: nobody listens there.
        """
        await asyncio.sleep(after)
        due = asyncio.get_running_loop().time()
        return await self._deliver(self._delivery(number), due)

    def close(self) -> None:
        """Drops the connections."""
        self._app.close()

    async def _deliver(self, delivery: tuple[bytes, bytes], due: float) -> float:
        body, headers = delivery
        async with asyncio.timeout(PATIENCE):
            status, said = await self._app.post("/slack/events", body, headers)
        took = asyncio.get_running_loop().time() - due
        if (status, said) != (200, b""):
            raise NotAcceptedError(f"{status}: {said[:300]!r}")
        return took

    def _delivery(self, number: int) -> tuple[bytes, bytes]:
        """A body as Slack sends it, and its headers, signed."""
        video = video_id(number)
        fields = {
            "token": "gIkuvaNzQIHg97ATvDxqgjtO",
            "team_id": "T0",
            "team_domain": "bench",
            "channel_id": channel_id(number),
            "channel_name": "listings",
            "user_id": f"U{number % 50:04d}",
            "user_name": "anna",
            "command": "/regen",
            "text": f"{video} 2 push out",
            "api_app_id": "A0",
            "is_enterprise_install": "false",
            "response_url": self._respond,
            "trigger_id": f"{number}.{time.time_ns()}",
        }
        body = urlencode(fields).encode()
        at = str(int(time.time())).encode()
        digest = hmac.new(self._secret, b"v0:%b:%b" % (at, body), hashlib.sha256).hexdigest()
        headers = (
            b"content-type: application/x-www-form-urlencoded\r\n"
            b"x-slack-request-timestamp: %b\r\nx-slack-signature: v0=%b\r\n" % (at, digest.encode())
        )
        return body, headers
