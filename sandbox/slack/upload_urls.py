"""The addresses that `files.getUploadURLExternal` hands out: they take a file's bytes."""

from http import HTTPStatus

from aiohttp import BodyPartReader, web

from sandbox.slack.installation import Installation
from sandbox.slack.uploads import UPLOAD_PATH, Arriving, Upload
from sandbox.slack.web_api import Reply, fault_reply, send

METHOD = "upload_url"
_CHUNK = 64 * 1024


class UploadRoutes:
    """The routes below `/upload/`.

    No page tells the statuses of a refusal: 404 for an address that is not known, or no longer,
    and 400 for a file of another length than announced are our choice.
    """

    def __init__(self, installation: Installation) -> None:
        """Answers for one installed app."""
        self._installation = installation

    def routes(self) -> list[web.RouteDef]:
        """Returns the one route."""
        return [web.post(f"{UPLOAD_PATH}{{ticket}}", self._handle)]

    async def _handle(self, request: web.Request) -> web.Response:
        upload = self._installation.uploads.find(request.path)
        came = await _arriving(request)
        reply = fault_reply(self._installation, METHOD) or _reply(upload, came)
        sent = {"file": upload.id if upload else None, "length": came.size}
        response = await send(self._installation, METHOD, reply, request, sent)
        if reply.error is None and response.status == HTTPStatus.OK:
            return web.Response(text=f"OK - {came.size}")
        return response


async def _arriving(request: web.Request) -> Arriving:
    """Reads every byte, sent plainly or in a form, and holds none of them."""
    came = Arriving()
    if request.content_type != "multipart/form-data":
        async for chunk in request.content.iter_chunked(_CHUNK):
            came.add(chunk)
        return came
    form = await request.multipart()
    while isinstance(part := await form.next(), BodyPartReader):
        while chunk := await part.read_chunk(_CHUNK):
            came.add(chunk)
    return came


def _reply(upload: Upload | None, came: Arriving) -> Reply:
    if upload is None:
        return Reply(404, {"ok": False, "error": "file_not_found"})
    if not upload.receive(came):
        return Reply(400, {"ok": False, "error": "length_mismatch"})
    return Reply(200, {"ok": True})
