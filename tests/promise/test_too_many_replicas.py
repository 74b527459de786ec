"""More replicas than Slack has WebSockets for, and a network that holds none: no storm, no lies."""

import asyncio
import contextlib
from collections import Counter
from itertools import cycle

import httpx

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.chaos.proxy import Proxy
from tests.conftest import Bots, free_port, ready
from tests.plain_http import plain_http
from tests.promise.conftest import outcomes

REPLICAS = 6
A_WHILE = 6.0
"""Seconds in which a bot that does not pause would ask some 1,500 times."""


def opens(slack: SlackSimulator) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)


async def readiness(http: httpx.AsyncClient, port: int) -> tuple[int, str]:
    answer = await http.get(f"http://127.0.0.1:{port}/readyz")
    return answer.status_code, answer.text


async def test_six_replicas_find_a_place_each_and_ask_for_no_more(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, channels: list[Channel], bots: Bots
) -> None:
    ports = [free_port() for _ in range(REPLICAS)]
    for port in ports:
        await bots.start(environ={"PORT": str(port)})
        await ready(port, looks_apart=0.2)
    settled = opens(slack)

    await asyncio.sleep(A_WHILE)
    asked = opens(slack) - settled
    videos = [iacrea.account.add_video(sequences=3) for _ in range(REPLICAS)]
    for video, channel in zip(videos, cycle(channels), strict=False):
        assert (await slack.command(anna, channel, f"/regen {video.id} 2")).ok
    await slack.until(lambda _: len(outcomes(slack, channels)) == REPLICAS)

    async with plain_http() as http:
        said = [await readiness(http, port) for port in ports]
    assert [status for status, _ in said] == [200] * REPLICAS
    assert slack.connections <= 10
    assert asked <= REPLICAS
    logs = [path.read_text() for path in bots.cwd.glob("bot-*.log")]
    advised = [log.count("Run at most four replicas in Socket Mode") for log in logs]
    assert set(advised) == {0, 1}


async def test_behind_a_proxy_that_closes_every_socket_it_asks_seldom_and_says_that_it_is_not_ready(
    slack: SlackSimulator, bots: Bots
) -> None:
    port, api_url = free_port(), slack.api_url
    behind = Proxy(int(api_url.rsplit(":", 1)[1].split("/")[0]))
    async with behind as proxy, plain_http() as http:
        slack._installation.base_url = f"http://127.0.0.1:{proxy.port}"  # where sockets are opened
        cutting = asyncio.create_task(_cut(proxy))
        await bots.start(environ={"PORT": str(port)})
        await slack.until(lambda _: opens(slack) > 0)
        began = opens(slack)
        seen: Counter[tuple[int, str]] = Counter()
        for _ in range(int(A_WHILE / 0.1)):
            await asyncio.sleep(0.1)
            seen[await readiness(http, port)] += 1

        # It is ready for the milliseconds that a connection stands.
        unready = sum(
            count
            for (status, said), count in seen.items()
            if status == 503 and said.startswith("Slack is not connected")
        )
        assert unready > 0.9 * seen.total()
        assert opens(slack) - began <= 6
        cutting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await cutting
        await ready(port, looks_apart=0.2)


async def _cut(proxy: Proxy) -> None:
    """Closes each connection as soon as it is there."""
    while True:
        proxy.cut()
        await asyncio.sleep(0.005)
