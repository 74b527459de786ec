"""Back stage's routes: its files, what is seen there, what is made to go wrong."""

import asyncio
import time
from pathlib import Path

from aiohttp import web

from sandbox import browser
from sandbox.bell import Bell
from sandbox.demo.backstage.entities import entities
from sandbox.demo.backstage.machinery import Machinery
from sandbox.demo.backstage.mishaps import MISHAPS, take_back

STATIC = Path(__file__).parent / "static"
MODULE = "/backstage/main.js"
"""What the workspace's page loads beside itself."""
_BEAT = 0.25
"""Seconds between two looks at what changes without a word: progress, processes, countdowns."""


class Backstage:
    """The pane beside the workspace."""

    def __init__(self, at: Machinery) -> None:
        """Shows, and breaks, all that runs."""
        self._at = at
        self._bell = Bell()

    def routes(self) -> list[web.RouteDef]:
        """Everything below `/backstage`."""
        return [
            *browser.files("/backstage", STATIC),
            web.get("/backstage/live", browser.guarded(self._live)),
            web.post("/backstage/do", browser.guarded(self._do)),
        ]

    async def beat(self) -> None:
        """Looks again, ever; never returns."""
        while True:
            await asyncio.sleep(_BEAT)
            self._bell.ring()

    async def _live(self, request: web.Request) -> web.StreamResponse:
        return await browser.stream(
            request, lambda: entities(self._at, now=time.time()), self._bell
        )

    async def _do(self, request: web.Request) -> web.StreamResponse:
        asked = str((await browser.requested(request)).get("do"))
        if asked == "clear":
            take_back(self._at)
        elif mishap := MISHAPS.get(asked):
            try:
                await mishap.do(self._at)
            except ValueError as impossible:
                raise browser.refused(str(impossible)) from None
        else:
            raise browser.refused("There is no such button.")
        self._bell.ring()
        return web.json_response({"ok": True})
