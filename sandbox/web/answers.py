"""What lies at an address of the simulated web, and how a server misbehaves there."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers.

    Attributes:
        content_type: what it says that the body is.
        delay: seconds before it answers.
        cut_after: bytes after which it closes the connection, having promised all.
        endless: it repeats the body for ever.
    """

    body: bytes = b""
    content_type: str = "image/jpeg"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut_after: int | None = None
    endless: bool = False

    async def given(self, request: web.Request) -> web.StreamResponse:
        """Answers a request so."""
        await asyncio.sleep(self.delay)
        headers = {"Content-Type": self.content_type, **self.headers}
        if self.cut_after is None and not self.endless:
            return web.Response(status=self.status, body=self.body, headers=headers)
        response = web.StreamResponse(status=self.status, headers=headers)
        if not self.endless:
            response.content_length = len(self.body)
        await response.prepare(request)
        await response.write(self.body[: self.cut_after])
        while self.endless:
            await response.write(self.body)
        if request.transport is not None:
            request.transport.close()
        return response


def redirect(to: str, status: int = 302) -> Answer:
    """Sends whoever asks to another address."""
    return Answer(status=status, headers={"Location": to}, content_type="text/html")


def page(title: str = "Photo") -> Answer:
    """A page, such as those that show a picture."""
    body = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body></body></html>"
    return Answer(body.encode(), "text/html; charset=utf-8")


def missing(status: int = 404) -> Answer:
    """An error."""
    return Answer(b"no", "text/plain", status)
