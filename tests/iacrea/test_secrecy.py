"""The key is sent with each call, and is found nowhere else."""

import logging
import traceback

import pytest
from aiohttp import web

from bot.domain.video import SequenceId, VideoId
from bot.iacrea.client import IACrea
from bot.iacrea.errors import BadRequestError, IACreaError

KEY = "key-5f2b1c"


async def test_the_key_is_sent_with_each_call(serve, connect):
    sent = []

    async def note(request: web.Request) -> web.Response:
        sent.append(request.headers["x-api-key"])
        return web.json_response({"status": "START_GENERATION", "total": 1})

    client = connect(await serve(note), KEY)
    await client.video(VideoId("v"))
    await client.regenerate(VideoId("v"), SequenceId("s"))
    await client.balance("u")

    assert sent == [KEY] * 3


async def test_an_error_that_quotes_the_key_does_not_carry_it_on(serve, connect):
    async def quoting(request: web.Request) -> web.Response:
        return web.json_response({"error": f"bad key {KEY}"}, status=400)

    with pytest.raises(BadRequestError) as caught:
        await connect(await serve(quoting), KEY).video(VideoId("v"))

    assert caught.value.detail == "bad key [key]"


@pytest.mark.parametrize("status", [None, 200, 400, 500])
async def test_neither_repr_nor_logs_nor_tracebacks_show_the_key(serve, connect, caplog, status):
    async def answer(request: web.Request) -> web.Response:
        if status is None:
            request.transport.abort()
        return web.Response(status=status or 200, text=request.headers["x-api-key"][:3])

    caplog.set_level(logging.DEBUG)
    client = connect(await serve(answer), KEY)

    with pytest.raises(IACreaError) as caught:
        await client.regenerate(VideoId("v"), SequenceId("s"))

    shown = "".join(traceback.format_exception(caught.value))
    assert KEY not in shown + caplog.text + repr(client) + str(vars(caught.value))
    assert "httpcore" in caplog.text


@pytest.mark.parametrize("key", ["", "ключ", "with\nnewline"])
def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(key):
    with pytest.raises(ValueError, match="printable ASCII") as caught:
        IACrea("http://127.0.0.1:1", key)

    assert not key or key not in str(caught.value)
