"""Each question under way has a warm connection of its own, and there are only so many."""

import asyncio

import pytest
from aiohttp import web

from bot.domain.video import VideoId
from bot.iacrea.errors import NotSentError, UnavailableError

VIDEO = VideoId("video")


class Counting:
    """A server that notes connections and how many requests it has at once."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.at_once = self.most_at_once = 0
        self.go = asyncio.Event()
        self.arrived = asyncio.Semaphore(0)

    async def answer(self, request: web.Request) -> web.Response:
        self.ports.append(request.transport.get_extra_info("peername")[1])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.arrived.release()
        try:
            await self.go.wait()
        finally:
            self.at_once -= 1
        return web.json_response({"status": "DONE"})

    async def received(self, requests: int) -> None:
        async with asyncio.timeout(3):
            for _ in range(requests):
                await self.arrived.acquire()


async def test_one_question_after_another_takes_the_same_connection(serve, connect):
    server = Counting()
    server.go.set()
    client = connect(await serve(server.answer), connections=5)
    await asyncio.gather(*(client.video(VIDEO) for _ in range(5)))
    opened = set(server.ports)

    server.ports.clear()
    for _ in range(6):
        await client.video(VIDEO)

    assert len(set(server.ports)) == 1
    assert set(server.ports) < opened


async def test_no_more_questions_are_under_way_than_there_are_idle(serve, connect):
    server = Counting()
    client = connect(await serve(server.answer), connections=2)
    asking = asyncio.gather(*(client.video(VIDEO) for _ in range(6)))
    await server.received(2)
    server.go.set()

    await asking

    assert server.most_at_once == 2
    assert len(server.ports) == 6
    assert len(set(server.ports)) == 2


async def test_a_question_that_finds_no_lane_in_time_was_not_sent(serve, connect):
    server = Counting()
    client = connect(await serve(server.answer), connections=1, timeout=0.3)
    first = asyncio.create_task(client.video(VIDEO))
    await server.received(1)

    with pytest.raises(NotSentError):
        await client.video(VIDEO)

    server.go.set()
    await first
    assert len(server.ports) == 1


async def test_a_cancelled_question_gives_its_lane_back(serve, connect):
    server = Counting()
    client = connect(await serve(server.answer), connections=1)
    for _ in range(3):
        asking = asyncio.create_task(client.video(VIDEO))
        await server.received(1)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    server.go.set()

    assert (await client.video(VIDEO)).status == "DONE"


async def test_a_question_that_failed_gives_its_lane_back(serve, connect):
    broken = [True, True, True]

    async def sometimes(request: web.Request) -> web.Response:
        if broken:
            broken.pop()
            request.transport.abort()
        return web.json_response({"status": "DONE"})

    client = connect(await serve(sometimes), connections=1)
    for _ in range(3):
        with pytest.raises(UnavailableError):
            await client.video(VIDEO)

    assert (await client.video(VIDEO)).status == "DONE"


async def test_closing_closes_every_idle_connection(serve, connect):
    server = Counting()
    server.go.set()
    client = connect(await serve(server.answer), connections=3)
    await asyncio.gather(*(client.video(VIDEO) for _ in range(3)))
    before = set(server.ports)

    await client.aclose()

    fresh = connect(client._base_url)
    await fresh.video(VIDEO)
    assert client._idle.empty()
    assert server.ports[-1] not in before
