"""GETs without anything around them: `python -m bench.bare_loop <url> <clients> <videos> <rate>`.

`many`: 100 clients of one connection each; `one`: one client of 100 connections. `rate`: at most
so many GETs a second, or 0 for as many as there can be.
"""

import asyncio
import sys
from itertools import cycle

import httpx

from bench.outside import video_id

AT_ONCE = 100


async def _one(client: httpx.AsyncClient, urls: "cycle[str]", pause: float) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        answer = await client.get(next(urls))
        answer.json()
        if pause:
            due += pause
            await asyncio.sleep(max(0.0, due - loop.time()))


def _client(connections: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        headers={"x-api-key": "iacrea-bench"},
        limits=httpx.Limits(max_connections=connections, keepalive_expiry=30),
        verify=TLS,
    )


async def _run(base: str, clients: str, videos: int, rate: float) -> None:
    urls = cycle(
        f"{base}/api/video-editor/generate/video/{video_id(number)}" for number in range(videos)
    )
    shared = _client(AT_ONCE)
    pause = AT_ONCE / rate if rate else 0.0
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            client = shared if clients == "one" else _client(1)
            group.create_task(_one(client, urls, pause))
            await asyncio.sleep(pause / AT_ONCE)


if __name__ == "__main__":
    TLS = httpx.create_ssl_context()
    asyncio.run(_run(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
