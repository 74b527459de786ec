"""Serves a page on loopback: its files, what it shows, and requests from it alone.

Any site that somebody visits can send requests to their own machine. So this server answers only
under a loopback name, since a foreign name that resolves to loopback is DNS rebinding. It refuses
a page of another origin whatever acts or tells something. The policy lets no page run anything
but its own files, whatever a message says.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.notifier import Notifier

Entities = Mapping[str, Any]
"""What a page shows, by name: JSON values."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SETTLED = 0.04
"""Seconds in which changes are gathered, so that a burst of them is drawn once."""
_ALIVE = 15.0
"""Seconds after which a browser that went away without a word is noticed."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler) -> Handler:
    """Returns the handler, for pages of this very origin alone."""

    async def answer(request: web.Request) -> web.StreamResponse:
        here = f"{request.scheme}://{request.host}"
        if request.url.host not in _LOOPBACK:
            raise web.HTTPForbidden(text="This page is on 127.0.0.1 alone.")
        if request.headers.get("Origin", here) != here:
            raise web.HTTPForbidden(text="Another site's page has no business here.")
        return await handler(request)

    return answer


def files(prefix: str, directory: Path) -> Iterable[web.RouteDef]:
    """Returns a route for each file below a directory, as `prefix/its/name`."""
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            yield web.get(f"{prefix}/{path.relative_to(directory).as_posix()}", served(path))


def served(path: Path) -> Handler:
    """Returns a handler that answers with one file."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers=HEADERS)

    return guarded(answer)


async def requested(request: web.Request) -> dict[str, Any]:
    """Returns the JSON object that a page has sent.

    Raises:
        web.HTTPUnprocessableEntity: it sent something else.
    """
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    # Forms of other sites cannot carry this type unasked: fetch.spec.whatwg.org, CORS-safelisted.
    if request.content_type != "application/json" or not isinstance(body, dict):
        raise refused("a JSON object is expected")
    return body


def refused(why: str) -> web.HTTPUnprocessableEntity:
    """Returns the answer to what cannot be done."""
    return web.HTTPUnprocessableEntity(
        text=json.dumps({"error": why}), content_type="application/json"
    )


async def stream(
    request: web.Request, entities: Callable[[], Entities], notifier: Notifier
) -> web.StreamResponse:
    """Sends all entities over a WebSocket, and then what changes of them, until the page goes.

    Each message is `{"fresh": bool, "set": {name: entity}, "gone": [name]}`.
    """
    socket = web.WebSocketResponse(heartbeat=_ALIVE)
    await socket.prepare(request)
    telling = asyncio.create_task(_tell(socket, entities, notifier))
    try:
        async for _ in socket:
            pass  # pages say nothing here; this ends when they go
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)
    return socket


async def _tell(
    socket: web.WebSocketResponse, entities: Callable[[], Entities], notifier: Notifier
) -> None:
    told: dict[str, str] = {}
    fresh = True
    while not socket.closed:
        # Taken before looking, so that a change in between is not missed.
        next_change = notifier.next()
        now = {name: json.dumps(entity) for name, entity in entities().items()}
        changed = {name for name, entity in now.items() if told.get(name) != entity}
        gone = told.keys() - now.keys()
        if fresh or changed or gone:
            await socket.send_str(_message(now, changed, gone, fresh=fresh))
        told, fresh = now, False
        await next_change.wait()
        await asyncio.sleep(_SETTLED)


def _message(
    now: Mapping[str, str], changed: Iterable[str], gone: Iterable[str], *, fresh: bool
) -> str:
    pairs = ",".join(f"{json.dumps(name)}:{now[name]}" for name in sorted(changed))
    return f'{{"fresh":{json.dumps(fresh)},"set":{{{pairs}}},"gone":{json.dumps(sorted(gone))}}}'
