"""The page of a workspace over real HTTP and a real WebSocket, as a browser speaks to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from sandbox.slack import SlackSimulator, User
from sandbox.slack.page import Page
from tests.sandbox.slack.conftest import MANIFEST


@dataclass
class Browser:
    """One person's browser, without a screen."""

    http: aiohttp.ClientSession
    address: str
    user: User
    entities: dict[str, Any] = field(default_factory=dict)

    async def do(self, what: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        """Sends what the page would; gives the status and the answer."""
        body = {"as": self.user.id, "do": what, **fields}
        async with self.http.post(f"{self.address}/page/do", json=body) as answer:
            return answer.status, await answer.json()

    async def until(self, socket: aiohttp.ClientWebSocketResponse, name: str) -> Any:
        """Applies what the server tells until an entity of that name is there."""
        while name not in self.entities:
            self.take(await socket.receive_json(timeout=5))
        return self.entities[name]

    def take(self, message: dict[str, Any]) -> None:
        kept = {} if message["fresh"] else self.entities
        gone = set(message["gone"])
        self.entities = {n: e for n, e in kept.items() if n not in gone} | message["set"]


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    slack = SlackSimulator(MANIFEST, ack_seconds=0.5)
    page = Page(slack, local_paths={"https://cdn.example/": "/studio/"}, side_panel="/beside.js")
    await slack.start(extra_routes=page.routes())
    yield slack
    await slack.stop()


@pytest.fixture
async def browser(slack: SlackSimulator, ann: User) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as http:
        yield Browser(http, slack.api_url.removesuffix("/api/"), ann)
