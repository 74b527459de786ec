"""Where the pictures and films of the IACrea account are shown, drawn anew for each request."""

from pathlib import Path

from aiohttp import web

from sandbox import local_page
from sandbox.demo.pictures import final_video, svg
from sandbox.demo.pictures.effects import in_words
from sandbox.demo.pictures.photos import routes as photo_routes
from sandbox.demo.pictures.photos import svg_response
from sandbox.iacrea import Account, Clip, Video

PATH = "/studio"
_PLAYER = "/studio-player"
_STATIC = Path(__file__).parent / "static"


class PictureRoutes:
    """Serves the account's pictures and videos as SVG, which is sharp, moves, and is small."""

    def __init__(self, account: Account) -> None:
        """Shows that account's videos."""
        self._account = account

    def routes(self) -> list[web.RouteDef]:
        """Photos, clips and films below `/studio`, and what plays the films."""
        folder = f"{PATH}/{{video}}"
        return [
            *local_page.files(_PLAYER, _STATIC),
            *photo_routes(),
            web.get(folder + r"/{name:photo-\d+\.\w+}", local_page.guarded(self._photo)),
            web.get(folder + r"/{name:clip-[\w-]+\.\w+}", local_page.guarded(self._clip)),
            web.get(folder + r"/video-{number:\d+}.{_:\w+}", local_page.guarded(self._film)),
        ]

    async def _photo(self, request: web.Request) -> web.StreamResponse:
        return svg_response(svg.photo(self._address(request)))

    async def _clip(self, request: web.Request) -> web.StreamResponse:
        clip = self._made(self._address(request))
        return svg_response(svg.clip(clip.image, clip.effect, badge="bare" not in request.query))

    async def _film(self, request: web.Request) -> web.StreamResponse:
        video, number = self._video(request), int(request.match_info["number"])
        if not 1 <= number <= len(video.rendered_clips):
            raise web.HTTPNotFound
        addresses = video.rendered_clips[number - 1]
        if "text/html" not in request.headers.get("Accept", ""):
            clip = self._made(addresses[0])
            return svg_response(svg.clip(clip.image, clip.effect, badge=False))
        shots = [self._shot(address) for address in addresses]
        text = final_video.page(video.id, number, shots)
        return web.Response(text=text, content_type="text/html", headers=local_page.HEADERS)

    def _shot(self, address: str) -> final_video.Shot:
        clip = self._made(address)
        path = address.replace(self._account.assets_url, PATH, 1)
        room = svg.room_of(clip.image).name
        return final_video.Shot(f"{path}?bare", room, in_words(clip.effect))

    def _made(self, address: str) -> Clip:
        clip = self._account.clips.get(address)
        if clip is None:
            raise web.HTTPNotFound
        return clip

    def _video(self, request: web.Request) -> Video:
        video = self._account.videos.get(request.match_info["video"])
        if video is None:
            raise web.HTTPNotFound
        return video

    def _address(self, request: web.Request) -> str:
        """Returns the address at IACrea that the path here stands for."""
        name = request.match_info["name"]
        return f"{self._account.assets_url}/{self._video(request).id}/{name}"
