"""Photos that a visitor of the demo can give links to, and an album that is a page.

The bot gets a real picture, as it believes bytes alone; whoever looks at the page gets a drawing.
"""

import html
import ssl
from pathlib import Path

from aiohttp import web

from sandbox import local_page
from sandbox.demo.pictures import svg
from sandbox.web import Answer, WebSimulator, files
from sandbox.web.answers import page

SITE = "https://photos.example/"
PATH = "/photos/"
ALBUM = "lilac-street"
KITCHEN = "kitchen.jpg"
CERTIFICATE = Path(__file__).parent / "photos.example.pem"
_SIZE = (1920, 1080)


def photo_name(room: str) -> str:
    """Returns the file in which a room is shown."""
    return f"{room.lower().replace(' ', '-')}.jpg"


def photos() -> WebSimulator:
    """Returns the web as the demo's bot knows it: a photo of each room, and the album."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)
    simulated = WebSimulator(tls)
    host = SITE.removeprefix("https://")
    for room in svg.ROOMS:
        simulated.answers[host + photo_name(room)] = Answer(files.jpg(*_SIZE))
    simulated.answers[host + ALBUM] = page("Lilac Street 12")
    return simulated


def routes() -> list[web.RouteDef]:
    """Returns what the page shows of it."""
    return [
        web.get(PATH + ALBUM, local_page.guarded(_album)),
        web.get(PATH + r"{name:[a-z-]+\.jpg}", local_page.guarded(_photo)),
    ]


async def _photo(request: web.Request) -> web.StreamResponse:
    return svg_response(svg.photo(SITE + request.match_info["name"]))


async def _album(_: web.Request) -> web.StreamResponse:
    shown = "".join(
        f'<img src="{PATH}{photo_name(room)}" alt="{html.escape(room)}" width="480">'
        for room in svg.ROOMS
    )
    text = f"<!DOCTYPE html><html lang=en><title>Lilac Street 12</title><body>{shown}</body></html>"
    return web.Response(text=text, content_type="text/html", headers=local_page.HEADERS)


def svg_response(drawn: str) -> web.StreamResponse:
    """Returns a drawing, which styles itself and does nothing else."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    headers = local_page.HEADERS | {"Content-Security-Policy": policy}
    return web.Response(text=drawn, content_type="image/svg+xml", headers=headers)
