"""An IACrea that means harm: what it answers neither fills the memory nor blocks the bot."""

import gzip
import json
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from bot.domain.video import VideoId
from bot.iacrea.client import IACrea
from bot.iacrea.errors import IACreaError

MOST_MEGABYTES = 40

Ask = Callable[[web.Response], Awaitable[object]]


@pytest.fixture
async def ask() -> AsyncIterator[Ask]:
    """Asks for a video, which is answered like that."""
    answer = web.Response()

    async def handler(_: web.Request) -> web.Response:
        return answer

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = IACrea(f"http://127.0.0.1:{runner.addresses[0][1]}", "a-key", timeout=5)

    async def ask(given: web.Response) -> object:
        nonlocal answer
        answer = given
        return await client.video(VideoId("video-1"))

    yield ask
    await client.aclose()
    await runner.cleanup()


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text="[" * 200_000 + "]" * 200_000, content_type="application/json"),
        web.Response(text='{"status":' * 200_000, content_type="application/json"),
        web.Response(text='{"status": "DONE", "creditsTotal": 1' + "0" * 5000 + "}"),
        web.Response(text='{"status": "DONE", "progress": NaN, "creditsTotal": Infinity}'),
        web.Response(body=b"\xff\xfe" * 1000),
        web.Response(status=500, text="<!channel> " * 100_000),
        web.Response(text=json.dumps({"status": ["DONE"], "generatedContent": {"0": None}})),
        web.Response(
            text=json.dumps({"status": "DONE", "generatedContent": [{"id": "x"}] * 100_000})
        ),
    ],
    ids=[
        "deep lists",
        "deep objects",
        "a huge number",
        "no numbers",
        "no text",
        "a long error",
        "other types",
        "many sequences",
    ],
)
async def test_it_is_read_or_refused_within_bounds(answer: web.Response, ask: Ask) -> None:
    await _is_read_or_refused(answer, ask)


async def test_200_megabytes_of_blanks_packed_into_200_kilobytes_are_within_bounds(
    ask: Ask,
) -> None:
    bomb = gzip.compress(b" " * 200 * 2**20, mtime=0)
    await _is_read_or_refused(web.Response(body=bomb, headers={"Content-Encoding": "gzip"}), ask)


async def _is_read_or_refused(answer: web.Response, ask: Ask) -> None:
    tracemalloc.start()
    began = time.process_time()  # what else runs on the machine is not its fault
    refusal = ""
    try:
        await ask(answer)
    except IACreaError as refused:
        refusal = str(refused)
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert len(refusal) < 1000
    assert time.process_time() - began < 5
    assert peak < MOST_MEGABYTES * 1e6


async def test_a_redirect_gets_neither_the_key_nor_a_visit(ask: Ask) -> None:
    elsewhere = web.Response(status=302, headers={"Location": "http://169.254.169.254/latest"})
    with pytest.raises(IACreaError, match="302"):
        await ask(elsewhere)
