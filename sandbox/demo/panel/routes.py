"""The panel's routes: its files, what it shows, what it makes go wrong."""

import asyncio
import time
from pathlib import Path

from aiohttp import web

from sandbox import local_page
from sandbox.demo.panel.components import Components
from sandbox.demo.panel.fault_buttons import FAULT_BUTTONS, clear_faults
from sandbox.demo.panel.state import panel_state
from sandbox.notifier import Notifier

STATIC = Path(__file__).parent / "static"
MODULE = "/panel/main.js"
"""The JavaScript module that the workspace's page loads."""
_REFRESH_SECONDS = 0.25
"""Seconds between two looks at what changes without a word: progress, processes, countdowns."""


class Panel:
    """The panel beside the workspace."""

    def __init__(self, components: Components) -> None:
        """Shows, and breaks, all that runs."""
        self._components = components
        self._notifier = Notifier()

    def routes(self) -> list[web.RouteDef]:
        """Returns the routes below `/panel`."""
        return [
            *local_page.files("/panel", STATIC),
            web.get("/panel/live", local_page.guarded(self._live)),
            web.post("/panel/do", local_page.guarded(self._do)),
        ]

    async def refresh(self) -> None:
        """Looks again and again; never returns."""
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            self._notifier.notify()

    async def _live(self, request: web.Request) -> web.StreamResponse:
        return await local_page.stream(
            request, lambda: panel_state(self._components, now=time.time()), self._notifier
        )

    async def _do(self, request: web.Request) -> web.StreamResponse:
        asked = str((await local_page.requested(request)).get("do"))
        if asked == "clear":
            clear_faults(self._components)
        elif button := FAULT_BUTTONS.get(asked):
            try:
                await button.do(self._components)
            except ValueError as impossible:
                raise local_page.refused(str(impossible)) from None
        else:
            raise local_page.refused("There is no such button.")
        self._notifier.notify()
        return web.json_response({"ok": True})
