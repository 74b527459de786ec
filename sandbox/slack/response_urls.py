"""The `response_url` that each command and each action on a message brings along."""

from aiohttp import web

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.installation import Installation
from sandbox.slack.records import Message
from sandbox.slack.short_lived import ResponseUrl
from sandbox.slack.web_api import Reply, fault_reply, send
from sandbox.slack.workspace import Place

INVALID = {"ok": False, "error": "invalid_payload"}
LAPSED = frozenset({"no_service", "expired_url", "used_url"})


class ResponseUrlRoutes:
    """The routes below `/commands/`, `/actions/` and, of modals, `/app/`.

    No page tells the statuses of a refusal: 404 for an address that no longer works and 400 for
    a body that cannot be shown are our choice.
    """

    def __init__(self, installation: Installation) -> None:
        """Answers for one installed app."""
        self._installation = installation

    def routes(self) -> list[web.RouteDef]:
        """Returns a route for every kind of address."""
        kinds = ("commands", "actions", "app")
        return [web.post(f"/{kind}/{{rest:.+}}", self._handle) for kind in kinds]

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            body = dict(await request.json())
        except (TypeError, ValueError):
            return await send(self._installation, "response_url", Reply(400, INVALID), request, {})
        reply = fault_reply(self._installation, "response_url") or self._reply(
            request.path, Arguments(body)
        )
        return await send(self._installation, "response_url", reply, request, body)

    def _reply(self, path: str, arguments: Arguments) -> Reply:
        try:
            response_url = self._installation.response_urls.look_up(path)
            respond(self._installation, response_url, arguments)
        except SlackError as error:
            return Reply(404 if error.code in LAPSED else 400, error.answer())
        self._installation.response_urls.count_use(path)
        return Reply(200, {"ok": True})


def respond(installation: Installation, response_url: ResponseUrl, arguments: Arguments) -> None:
    """Does what the body asks for, wherever the person is: the bot need not be a member.

    An answer is ephemeral unless it says otherwise; a replaced message stays as visible as it
    was: interactivity/handling-user-interaction.

    Raises:
        SlackError: there is nothing to replace or delete, or the content is refused.
    """
    if arguments.flag("delete_original"):
        installation.workspace.delete(_original(installation, response_url))
        return
    content = arguments.content(installation.faults)
    if arguments.flag("replace_original"):
        installation.workspace.edit(_original(installation, response_url), content)
        return
    in_channel = arguments.optional("response_type") == "in_channel"
    place = Place(
        installation.workspace.bot.id,
        thread_ts=arguments.optional("thread_ts"),
        visible_to=None if in_channel else response_url.user,
    )
    installation.workspace.post(
        installation.workspace.channel(response_url.channel), content, place
    )


def _original(installation: Installation, response_url: ResponseUrl) -> Message:
    """Returns the message acted upon. What a person typed can be neither replaced nor deleted."""
    if response_url.source is None:
        raise SlackError("message_not_found")
    return installation.workspace.message(response_url.channel, response_url.source.ts)
