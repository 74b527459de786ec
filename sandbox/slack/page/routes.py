"""The page's routes: its files, what its person sees, what its person does."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from sandbox import local_page
from sandbox.slack.errors import SlackError
from sandbox.slack.page.actions import PageActions
from sandbox.slack.page.state import PageSettings, page_state
from sandbox.slack.records import JSON, User
from sandbox.slack.simulator import SlackSimulator

STATIC = Path(__file__).parent / "static"


class Page:
    """The workspace in a browser: `slack.start(extra_routes=page.routes())`."""

    def __init__(
        self,
        slack: SlackSimulator,
        *,
        local_paths: Mapping[str, str] | None = None,
        side_panel: str = "",
    ) -> None:
        """Shows that workspace to its people.

        Args:
            slack: the workspace.
            local_paths: paths on this server, by the beginning of the addresses they stand for.
            side_panel: the address of a JavaScript module that shows a panel beside the workspace.
        """
        self._slack = slack
        self._settings = PageSettings(local_paths or {}, side_panel)

    def routes(self) -> list[web.RouteDef]:
        """Returns the page at `/`, and what it loads and calls below `/page`."""
        return [
            web.get("/", local_page.served(STATIC / "index.html")),
            *local_page.files("/page", STATIC),
            web.get("/page/live", local_page.guarded(self._live)),
            web.post("/page/do", local_page.guarded(self._do)),
        ]

    async def _live(self, request: web.Request) -> web.StreamResponse:
        me = self._person(request.query.get("as", ""))
        return await local_page.stream(request, lambda: self._seen_by(me), self._slack.notifier)

    async def _do(self, request: web.Request) -> web.StreamResponse:
        asked = await local_page.requested(request)
        actions = PageActions(self._slack, self._person(str(asked.get("as", ""))))
        try:
            return web.json_response(await actions.do(asked))
        except ValueError as impossible:
            raise local_page.refused(str(impossible)) from None

    def _seen_by(self, me: User) -> dict[str, JSON]:
        slack = self._slack
        connected = slack.connections > 0 or slack.request_url is not None
        return page_state(slack.workspace, slack.app, me, self._settings, connected=connected)

    def _person(self, user_id: str) -> User:
        """Returns the person of that id; the first one, where the page does not know any yet."""
        people = [user for user in self._slack.workspace.users() if not user.is_bot]
        try:
            user = self._slack.workspace.user(user_id) if user_id else people[0]
        except (SlackError, IndexError):
            raise local_page.refused("There is nobody of that id.") from None
        if user.is_bot:
            raise local_page.refused("Nobody can act as a bot.")
        return user
