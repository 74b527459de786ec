"""People: they ask as planned, in a channel each, and agree to what they are asked in private."""

import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from sandbox.slack import Channel, Delivery, Message, User
from tests.chaos.schedule import Ask, Place, Way
from tests.chaos.world import OTHER_TEAM, World

AGAIN, CHANGE, GO_AHEAD = "regenerate_again", "change", "go_ahead"
AFTER_RENDER = "after_render"
_TRIES = 4
_PATIENCE = 4.0


@dataclass
class Asked:
    """What became of an ask on its way to the bot.

    Attributes:
        sent: how many gestures may have started a request: the first one, and its repeats where
            Slack said that the app had not answered.
        since: when the first of them was made, Unix seconds; answers before are to other things.
        acknowledged: whether the app acknowledged one of them.
    """

    ask: Ask
    user: User
    channel: Channel
    sent: int = 0
    since: float = 0.0
    acknowledged: bool = False
    agreed: bool = False


class Person:
    """Somebody who wants one thing."""

    def __init__(self, world: World, ask: Ask) -> None:
        user = world.people[ask.position % len(world.people)]
        self.asked = Asked(ask, user, _channel(world, ask))
        self._world = world
        self._video = world.videos[ask.video]

    async def asks(self) -> None:
        """Asks, in the planned way; does without where not even the storyboard can be had."""
        ask = self.asked.ask
        if ask.way is Way.COMMAND:
            await self._decide(self._type(f"/regen {self._video} {ask.position}"))
            return
        board = await self._storyboard()
        if board is None:
            return
        action, block = AGAIN, f"sequence-{ask.position}"
        if ask.way is Way.CLICK:
            await self._decide(self._click(board, action, block))
            return
        await self._click(board, CHANGE, block)
        view = await self._modal()
        if view is not None:
            await self._decide(self._world.slack.submit(self.asked.user, view, {}))

    @property
    def is_asked(self) -> bool:
        """Whether a form is open that says what is wrong, or asks."""
        return self._form(self.asked.channel.id) is not None

    async def agrees(self) -> None:
        """Says yes once, in private or in a form; never to paying for the same again."""
        asked, slack = self.asked, self._world.slack
        for message in slack.workspace.ephemerals(asked.user, asked.channel):
            waits = asked.ask.waits and _block_with(message, AFTER_RENDER) is not None
            action = AFTER_RENDER if waits else GO_AHEAD
            block = _block_with(message, action)
            if block is None or '"over"' in str(message.blocks) or asked.agreed:
                continue
            asked.agreed = (await self._click(message, action, block)).ok
        form = self._form(asked.channel.id)
        if form is not None and not asked.agreed:
            asked.agreed = (await slack.submit(asked.user, form, {})).ok

    async def _decide(self, gesture: Awaitable[Delivery]) -> None:
        faults = self._world.slack.faults
        faults.deliver_twice += self.asked.ask.twice
        self.asked.sent += 1
        self.asked.since = time.time()
        delivery = await gesture
        self.asked.acknowledged |= delivery.ok or any(each.ok for each in delivery.repeats)

    async def _storyboard(self) -> Message | None:
        slack = self._world.slack
        for _ in range(_TRIES):
            await self._type(f"/regen {self._video}")
            boards: list[Message] = []

            def there(found: list[Message] = boards) -> bool:
                found[:] = [
                    each
                    for each in slack.workspace.ephemerals(self.asked.user, self.asked.channel)
                    if _block_with(each, AGAIN)
                ]
                return bool(found)

            try:
                await slack.until(lambda _: there(), _PATIENCE)
            except TimeoutError:
                continue
            return boards[-1]
        return None

    async def _modal(self) -> str | None:
        channel = self.asked.channel.id
        try:
            await self._world.slack.until(lambda _: self._form(channel), _PATIENCE)
        except TimeoutError:
            return None
        return self._form(channel)

    def _form(self, channel: str) -> str | None:
        """The form that this person opened from that channel; people open several."""
        views = self._world.slack.workspace.modals(self.asked.user)
        carrying = [each.id for each in views if channel in each.body.get("private_metadata", "")]
        return carrying[-1] if carrying else None

    async def _type(self, text: str) -> Delivery:
        return await self._world.slack.command(self.asked.user, self.asked.channel, text)

    async def _click(self, message: Message, action: str, block: str) -> Delivery:
        return await self._world.slack.click(self.asked.user, message, action, block)


class Outsider:
    """Somebody of another organisation, who presses whatever can be pressed in a shared channel."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world = world
        self._channel = channel
        self._pressed: set[tuple[str, str, str]] = set()

    async def presses(self) -> None:
        """Each button and menu of each message once, as it is at that moment."""
        slack = self._world.slack
        for message in slack.workspace.conversation(self._channel):
            for element in elements(message):
                key = (message.ts, element["action_id"], element.get("value", ""))
                if element["type"] == "button" and key not in self._pressed:
                    self._pressed.add(key)
                    await slack.click(self._world.outsider, message, element["action_id"])


def elements(message: Message) -> list[dict[str, Any]]:
    """Everything in a message that somebody can press."""
    return [
        each
        for block in message.blocks
        for each in block.get("elements") or ()
        if "action_id" in each
    ]


def _channel(world: World, ask: Ask) -> Channel:
    """A channel of the planned kind."""
    workspace, private = world.slack.workspace, ask.place is Place.PRIVATE
    channel = workspace.add_channel(
        ask.channel, private=private, bot_member=ask.place is not Place.STRANGER
    )
    if ask.place is not Place.SHARED:
        return channel
    return workspace.join(workspace.share(channel, OTHER_TEAM), world.outsider)


def _block_with(message: Message, action_id: str) -> str | None:
    for block in message.blocks:
        cards = block["elements"] if block["type"] == "carousel" else [block]
        for part in cards:
            elements = part.get("elements") or part.get("actions") or ()
            if any(each.get("action_id") == action_id for each in elements):
                return str(part["block_id"])
    return None
