"""The page's routes: its files, what its person sees, what its person does."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from sandbox import browser
from sandbox.slack.errors import SlackError
from sandbox.slack.page.acting import Hands
from sandbox.slack.page.entities import Surroundings, entities
from sandbox.slack.records import JSON, User
from sandbox.slack.simulator import SlackSimulator

STATIC = Path(__file__).parent / "static"


class Page:
    """The workspace in a browser: `slack.start(beside=page.routes())`."""

    def __init__(
        self, slack: SlackSimulator, *, reach: Mapping[str, str] | None = None, beside: str = ""
    ) -> None:
        """Shows that workspace to its people.

        Args:
            slack: the workspace.
            reach: paths on this server, by the beginning of the addresses they stand for.
            beside: the address of a module whose pane stands beside the workspace.
        """
        self._slack = slack
        self._around = Surroundings(reach or {}, beside)

    def routes(self) -> list[web.RouteDef]:
        """The page at `/`, and what it loads and calls below `/page`."""
        return [
            web.get("/", browser.served(STATIC / "index.html")),
            *browser.files("/page", STATIC),
            web.get("/page/live", browser.guarded(self._live)),
            web.post("/page/do", browser.guarded(self._do)),
        ]

    async def _live(self, request: web.Request) -> web.StreamResponse:
        me = self._person(request.query.get("as", ""))
        return await browser.stream(request, lambda: self._seen_by(me), self._slack.bell)

    async def _do(self, request: web.Request) -> web.StreamResponse:
        asked = await browser.requested(request)
        hands = Hands(self._slack, self._person(str(asked.get("as", ""))))
        try:
            return web.json_response(await hands.do(asked))
        except ValueError as impossible:
            raise browser.refused(str(impossible)) from None

    def _seen_by(self, me: User) -> dict[str, JSON]:
        slack = self._slack
        connected = slack.connections > 0 or slack.request_url is not None
        return entities(slack.workspace, slack.app, me, self._around, connected=connected)

    def _person(self, user_id: str) -> User:
        """The person of that id; the first one, where the page does not know any yet."""
        people = [user for user in self._slack.workspace.users() if not user.is_bot]
        try:
            user = self._slack.workspace.user(user_id) if user_id else people[0]
        except (SlackError, IndexError):
            raise browser.refused("There is nobody of that id.") from None
        if user.is_bot:
            raise browser.refused("Nobody can act as a bot.")
        return user
