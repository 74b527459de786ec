"""What people can do in the workspace, a method each."""

from collections.abc import Awaitable, Sequence

from sandbox.slack import confirmation_dialogs, events, fields, interactions, message_events
from sandbox.slack.delivery import Delivery
from sandbox.slack.dispatcher import Dispatcher
from sandbox.slack.installation import Installation
from sandbox.slack.records import (
    Change,
    Channel,
    ConfirmationDialog,
    Content,
    Message,
    User,
    UserGroup,
    View,
)
from sandbox.slack.state_values import State


class UserActions:
    """Does what people do; each method ends once the app has acknowledged it.

    It also ends once Slack would have given it up. A ValueError says that a person could not have
    done that.

    Attributes:
        workspace: people, channels, messages and views, to be read and to be set up.
    """

    def __init__(self, installation: Installation, dispatcher: Dispatcher) -> None:
        """Acts in the installation's workspace; `dispatcher` brings it to the app."""
        self.workspace = installation.workspace
        self._installation = installation
        self._dispatcher = dispatcher
        self._telling: Awaitable[None] | None = None
        self.workspace.subscribe(self._tell)

    async def say(
        self, user: User, channel: Channel, typed: str, thread_ts: str | None = None
    ) -> Message:
        """Types a message, of which an app is told that subscribes to messages or mentions."""
        channel = interactions.writable(self._installation, user, channel)
        text = interactions.escaped(self._installation, typed, named=False)
        message = self.workspace.say(user, channel, text, thread_ts)
        if self._telling is not None:  # begun by `workspace.say` above, through `_tell`
            await self._telling
        return message

    async def edit(self, user: User, message: Message, typed: str) -> Message:
        """Types something else into a message of one's own; the app is told as of a new one."""
        now = self.workspace.message(message.channel, message.ts)
        if now.user != user.id or now.visible_to is not None:
            complaint = f"{user.name} cannot edit {now.text!r}"
            raise ValueError(complaint)
        text = interactions.escaped(self._installation, typed, named=False)
        edited = self.workspace.edit(now, Content(text))
        if self._telling is not None:  # begun by `workspace.edit` above, through `_tell`
            await self._telling
        return edited

    async def command(self, user: User, channel: Channel, typed: str) -> Delivery:
        """Types a slash command, such as `/regen abc 2`, into a conversation."""
        return await self._dispatcher.act(
            interactions.command(self._installation, user, channel, typed)
        )

    async def click(
        self, user: User, target: Message | View, action_id: str, block_id: str | None = None
    ) -> Delivery:
        """Presses a button of a message, an ephemeral or a view, as it stands now.

        Where it asks first (`confirm`), the answer is yes.
        """
        where = self._now(target)
        payload = interactions.click(self._installation, user, where, action_id, block_id)
        confirmation_dialogs.ask(self._installation, user, where, action_id, block_id, agreed=True)
        return await self._dispatcher.act(payload)

    def decline(
        self, user: User, target: Message | View, action_id: str, block_id: str | None = None
    ) -> ConfirmationDialog:
        """Presses a button or chooses from a menu that asks first, and says no.

        The app is told nothing.

        Raises:
            ValueError: nothing there asks.
        """
        where = self._now(target)
        asked = confirmation_dialogs.ask(
            self._installation, user, where, action_id, block_id, agreed=False
        )
        if asked is None:
            message = f"{action_id} asks nothing"
            raise ValueError(message)
        return asked

    async def select(
        self,
        user: User,
        target: Message | View,
        action_id: str,
        value: str | Sequence[str],
        block_id: str | None = None,
    ) -> Delivery | None:
        """Chooses options of a select by their values, several of a multi select.

        None where the app is not told: in a field of a view without `dispatch_action`. Where the
        menu asks first (`confirm`), the answer is yes.
        """
        where = self._now(target)
        payload = fields.selection(self._installation, user, where, action_id, value, block_id)
        confirmation_dialogs.ask(self._installation, user, where, action_id, block_id, agreed=True)
        return None if payload is None else await self._dispatcher.act(payload)

    async def suggest(
        self,
        user: User,
        target: Message | View,
        action_id: str,
        typed: str = "",
        block_id: str | None = None,
    ) -> Delivery:
        """Types into an external select; what is offered is `ack["options"]`."""
        where = self._now(target)
        payload = fields.suggestion(self._installation, user, where, action_id, typed, block_id)
        return await self._dispatcher.act(payload)

    def fill(self, view: View, action_id: str, value: object, block_id: str | None = None) -> View:
        """Types or picks a value in a field of a view, which tells the app nothing."""
        current = self.workspace.views.find(view_id=view.id)
        return fields.typing(self._installation, current, action_id, value, block_id)

    async def submit(self, user: User, view_id: str, values: State) -> Delivery:
        """Submits a modal with what was typed, `{block_id: {action_id: {"value": …}}}`.

        Fields left out keep what they held at first.
        """
        view = self.workspace.views.find(view_id=view_id)
        return await self._dispatcher.act(
            interactions.submission(self._installation, user, view, values)
        )

    async def close_view(self, user: User, view_id: str) -> Delivery | None:
        """Closes a modal; None where the app did not ask to be told (`notify_on_close`)."""
        view = self.workspace.views.find(view_id=view_id)
        # It closes whether or not the app wants to be told.
        self.workspace.views.close(view)
        if not view.body.get("notify_on_close"):
            return None
        return await self._dispatcher.act(interactions.closing(self._installation, user, view))

    async def shortcut(
        self, user: User, callback_id: str, message: Message | None = None
    ) -> Delivery:
        """Uses a global shortcut, or with `message` one on that message."""
        return await self._dispatcher.act(
            interactions.shortcut(self._installation, user, callback_id, message)
        )

    async def open_home(self, user: User, tab: str = "home") -> Delivery:
        """Opens a tab of the app's Home: `home`, or `messages`, its direct messages."""
        return await self._dispatcher.act(events.home_opened(self._installation, user, tab))

    async def invite(self, channel: Channel, user: User, by: User | None = None) -> Channel:
        """Adds a person, or the bot, to a channel; an app that is there is told of it."""
        there = user.id in self.workspace.channel(channel.id).members
        joined = self.workspace.join(channel, user)
        told = events.member_joined(self._installation, joined, user, by)
        for payload in () if there else told:
            await self._dispatcher.act(payload)
        return joined

    async def share(self, channel: Channel, *teams: str) -> Channel:
        """Shares a channel with other organisations; the app is told where that changes its id."""
        shared = self.workspace.share(channel, *teams)
        for payload in events.id_changed(self._installation, channel, shared):
            await self._dispatcher.act(payload)
        return shared

    async def add_group(self, name: str, handle: str, *members: User) -> UserGroup:
        """Makes a user group; each of these three tells an app that subscribes to it."""
        return await self._tell_of_group(None, self.workspace.groups.add(name, handle, members))

    async def change_group(self, group: UserGroup, *members: User) -> UserGroup:
        """Has those people in a user group, and nobody else."""
        before = self.workspace.groups.find(group.id)
        return await self._tell_of_group(before, self.workspace.groups.change(group, members))

    async def disable_group(self, group: UserGroup) -> UserGroup:
        """Disables a user group."""
        before = self.workspace.groups.find(group.id)
        return await self._tell_of_group(before, self.workspace.groups.disable(group))

    async def _tell_of_group(self, before: UserGroup | None, now: UserGroup) -> UserGroup:
        for payload in events.group_changed(self._installation, before, now):
            await self._dispatcher.act(payload)
        return now

    def _tell(self, change: Change) -> None:
        """Tells an app that subscribes to it of what is said, edited or deleted."""
        payloads = list(message_events.about(self._installation, change))
        self._telling = self._dispatcher.tell(payloads) if payloads else None

    def _now(self, target: Message | View) -> Message | View:
        if isinstance(target, View):
            return self.workspace.views.find(view_id=target.id)
        return self.workspace.message(target.channel, target.ts)
