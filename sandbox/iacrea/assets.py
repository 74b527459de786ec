"""Pictures, clips and final videos of the account's videos, as real bytes over HTTP.

The pictures are PNGs that can be shown; clips and videos are noise of the right size and type,
the same each time the same address is asked.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable

from aiohttp import web

from sandbox.iacrea.account import Account

ASSETS_PATH = "/assets"
ASSET_BYTES = 64 * 1024

_CHUNK = 64 * 1024
_WIDTH, _HEIGHT = 16, 9


class Assets:
    """What lies below `/assets`: of each video of the account, any picture and any film."""

    def __init__(self, account: Account, size: Callable[[], int]) -> None:
        """Serves the account's videos; `size` tells how many bytes a film has now."""
        self._account = account
        self._size = size

    def routes(self) -> list[web.RouteDef]:
        """Returns the routes of pictures and films; the API refuses all else below `/assets`."""
        folder = f"{ASSETS_PATH}/{{video}}"
        return [
            web.get(folder + r"/{name:photo-\d+}.png", self._picture),
            web.get(folder + "/{name:(clip|video)-[^/]+}.mp4", self._film),
        ]

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        return web.Response(body=_png(request.path), content_type="image/png")

    async def _film(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        size = self._size()
        headers = {"Content-Type": "video/mp4", "Content-Length": str(size)}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        if request.method != "HEAD":
            chunk = hashlib.shake_256(request.path.encode()).digest(_CHUNK)
            for start in range(0, size, _CHUNK):
                await response.write(chunk[: size - start])
        await response.write_eof()
        return response

    def _check(self, request: web.Request) -> None:
        if request.match_info["video"] not in self._account.videos:
            raise web.HTTPNotFound


def _png(path: str) -> bytes:
    """Draws a picture of one colour, decided by its address: W3C's PNG specification, section 5."""
    row = b"\0" + hashlib.sha256(path.encode()).digest()[:3] * _WIDTH
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * _HEIGHT)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
