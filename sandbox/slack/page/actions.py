"""What people do on the page, done in the workspace."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox.slack.delivery import Delivery
from sandbox.slack.elements import options_of
from sandbox.slack.errors import SlackError
from sandbox.slack.page.texts import readable
from sandbox.slack.records import JSON, Channel, Message, User, View
from sandbox.slack.simulator import SlackSimulator

INVITE = "/invite"
"""Slack's own command, the only one of those that apps tell people to use."""


class PageActions:
    """Does what one person clicks and types."""

    def __init__(self, slack: SlackSimulator, user: User) -> None:
        """Acts in that workspace, as `user`."""
        self._slack = slack
        self._user = user

    async def do(self, asked: JSON) -> JSON:
        """Does what the page asks, and tells how the app took it.

        Raises:
            ValueError: a person could not do that; says why.
        """
        act = _ACTIONS.get(str(asked.get("do")))
        if act is None:
            raise ValueError(f"nobody can {asked.get('do')!r} here")
        try:
            return await act(self, asked)
        except KeyError as missing:
            raise ValueError(f"{missing.args[0]} is missing") from None
        except SlackError as gone:
            raise ValueError(_GONE.get(gone.code, gone.code)) from None

    async def say(self, asked: JSON) -> JSON:
        """Posts a message; an app that listens is told of it."""
        channel = self._channel(asked["channel"])
        await self._slack.say(
            self._user, channel, _typed(asked["text"]), asked.get("thread_ts") or None
        )
        return {"ok": True}

    async def edit(self, asked: JSON) -> JSON:
        """Types something else into a message of one's own."""
        await self._slack.edit(self._user, self._message(asked["message"]), _typed(asked["text"]))
        return {"ok": True}

    async def command(self, asked: JSON) -> JSON:
        """Types a slash command: the app's, or `/invite`."""
        channel, typed = self._channel(asked["channel"]), _typed(asked["text"])
        if asked.get("thread_ts"):  # Slack's words: slackapi/bolt-python#873
            raise ValueError(f"{typed.split()[0]} is not supported in threads. Sorry!")
        if typed.split()[0] == INVITE:
            return await self._invite(channel, typed)
        return _outcome(await self._slack.command(self._user, channel, typed))

    async def _invite(self, channel: Channel, typed: str) -> JSON:
        workspace = self._slack.workspace
        wanted = typed.removeprefix(INVITE).strip().removeprefix("@").casefold()
        for user in workspace.users():
            if wanted in {user.name.casefold(), user.real_name.casefold()}:
                await self._slack.invite(channel, user, self._user)
                return {"ok": True}
        raise ValueError(f"There is nobody called {wanted or 'that'} here: {INVITE} @somebody")

    async def click(self, asked: JSON) -> JSON:
        """Presses a button."""
        target = self._target(asked["where"])
        return _outcome(
            await self._slack.click(
                self._user, target, str(asked["action_id"]), str(asked["block_id"])
            )
        )

    async def select(self, asked: JSON) -> JSON:
        """Chooses options."""
        target, value = self._target(asked["where"]), asked["value"]
        wanted = [str(each) for each in value] if isinstance(value, list) else str(value)
        delivery = await self._slack.select(
            self._user, target, str(asked["action_id"]), wanted, str(asked["block_id"])
        )
        return {"ok": True} if delivery is None else _outcome(delivery)

    async def suggest(self, asked: JSON) -> JSON:
        """Types into an external select, and returns what is offered then."""
        delivery = await self._slack.suggest(
            self._user,
            self._target(asked["where"]),
            str(asked["action_id"]),
            str(asked["typed"]),
            str(asked["block_id"]),
        )
        offered = delivery.ack or {}
        groups = offered.get("option_groups") or []
        loose = [] if groups else options_of(offered)
        return _outcome(delivery) | {"options": readable(loose), "groups": readable(groups)}

    async def fill(self, asked: JSON) -> JSON:
        """Fills in a field of a view."""
        view = self._view(asked["where"]["view"])
        self._slack.fill(view, str(asked["action_id"]), asked["value"], str(asked["block_id"]))
        return {"ok": True}

    async def submit(self, asked: JSON) -> JSON:
        """Submits a modal with what was filled in."""
        view = self._view(asked["view"])
        return _outcome(await self._slack.submit(self._user, view.id, {}))

    async def close(self, asked: JSON) -> JSON:
        """Closes a modal."""
        delivery = await self._slack.close_view(self._user, self._view(asked["view"]).id)
        return {"ok": True} if delivery is None else _outcome(delivery)

    async def shortcut(self, asked: JSON) -> JSON:
        """Uses a shortcut, perhaps on a message."""
        where = asked.get("message")
        message = self._message(where) if where else None
        return _outcome(await self._slack.shortcut(self._user, str(asked["callback_id"]), message))

    async def home(self, asked: JSON) -> JSON:
        """Opens a tab of the app's Home."""
        return _outcome(await self._slack.open_home(self._user, str(asked["tab"])))

    def _channel(self, channel_id: Any) -> Channel:
        channel = self._slack.workspace.channel(str(channel_id))
        if self._user.id not in channel.members:
            raise ValueError(f"{self._user.real_name} is not in that conversation.")
        return channel

    def _message(self, where: Any) -> Message:
        channel_id, ts = where
        message = self._slack.workspace.message(self._channel(channel_id).id, str(ts))
        if message.visible_to not in {None, self._user.id}:
            raise ValueError("Somebody else sees that message.")
        return message

    def _view(self, view_id: Any) -> View:
        view = self._slack.workspace.views.find(view_id=str(view_id))
        if view.user != self._user.id:
            raise ValueError("Somebody else has that view open.")
        return view

    def _target(self, where: Any) -> Message | View:
        return self._view(where["view"]) if "view" in where else self._message(where["message"])


_ACTIONS: Mapping[str, Callable[[PageActions, JSON], Awaitable[JSON]]] = {
    "say": PageActions.say,
    "edit": PageActions.edit,
    "command": PageActions.command,
    "click": PageActions.click,
    "select": PageActions.select,
    "suggest": PageActions.suggest,
    "fill": PageActions.fill,
    "submit": PageActions.submit,
    "close": PageActions.close,
    "shortcut": PageActions.shortcut,
    "home": PageActions.home,
}

_GONE = {
    "channel_not_found": "That conversation is not there any more.",
    "message_not_found": "That message is not there any more.",
    "not_found": "That window is not open any more.",
    "thread_not_found": "That thread is not there any more.",
}


def _typed(text: Any) -> str:
    """Returns what was typed; nothing is no message."""
    typed = str(text).strip()
    if not typed:
        raise ValueError("There is nothing to send.")
    return typed


def _outcome(delivery: Delivery) -> JSON:
    return {"ok": delivery.ok, "error": delivery.error, "latency": delivery.latency}
