"""What each of them does for a video: one GET in a lane, as the bot does it."""

import asyncio
import os
import time

import httpx

AT_ONCE = 100
BASE = os.environ["IACREA_BASE_URL"]
INTERVAL = float(os.environ["POLL_INTERVAL"])
REDIS_URL = os.environ["REDIS_URL"]


class Lanes:
    """Clients of one connection each, the last used taken first."""

    def __init__(self) -> None:
        tls = httpx.create_ssl_context()
        self._idle: asyncio.LifoQueue[httpx.AsyncClient] = asyncio.LifoQueue()
        for _ in range(AT_ONCE):
            self._idle.put_nowait(
                httpx.AsyncClient(
                    headers={"x-api-key": "iacrea-bench"},
                    limits=httpx.Limits(max_connections=1, keepalive_expiry=30),
                    verify=tls,
                )
            )

    async def look(self, video: str) -> bool:
        """Whether the video is done."""
        lane = await self._idle.get()
        try:
            answer = await lane.get(f"{BASE}/api/video-editor/generate/video/{video}")
            return bool(answer.json()["status"] == "DONE")
        finally:
            self._idle.put_nowait(lane)


def next_due(due: float) -> float:
    """The next moment of a video's own grid, Unix seconds; never one that is over."""
    now = time.time()
    return due + INTERVAL * max(1, -(-(now - due) // INTERVAL))
