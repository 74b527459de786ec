"""The form as people handle it: opened, a video chosen, sequences chosen."""

from typing import Any

from sandbox.slack import Channel, Message, SlackSimulator, User, View
from sandbox.slack.workspace import Content, Place


async def the_form(slack: SlackSimulator, user: User, said: str = "form_channel") -> View:
    """The open modal, once it shows that."""
    await slack.until(lambda w: any(said in str(each.blocks) for each in w.modals(user)))
    return slack.workspace.modals(user)[-1]


async def opened(slack: SlackSimulator, user: User, channel: Channel) -> View:
    await slack.command(user, channel, "/regen")
    return await the_form(slack, user)


async def chosen(slack: SlackSimulator, user: User, view: View, video: str) -> View:
    """The form once that video is typed, chosen, and its sequences are there."""
    await slack.suggest(user, view, "form_video", video)
    await slack.select(user, view, "form_video", video)
    return await the_form(slack, user, f"form_sequences-{video}")


async def filled(
    slack: SlackSimulator, user: User, channel: Channel, video: str, *positions: int
) -> View:
    view = await chosen(slack, user, await opened(slack, user, channel), video)
    await slack.select(user, view, "form_sequences", [str(each) for each in positions])
    return slack.workspace.views.find(view_id=view.id)


def field(view: View, action_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        block["element"]
        for block in view.blocks
        if block["type"] == "input" and block["element"]["action_id"] == action_id
    )
    return found


def options(delivery: Any) -> list[dict[str, Any]]:
    """What was offered."""
    found: list[dict[str, Any]] = delivery.ack["options"]
    return found


def button_message(slack: SlackSimulator, channel: Channel, action: str, value: str) -> Message:
    """A message of the bot's with one button."""
    text = {"type": "plain_text", "text": "x"}
    button = {"type": "button", "action_id": action, "text": text, "value": value}
    content = Content("x", ({"type": "actions", "elements": [button]},))
    return slack.workspace.post(channel, content, Place(slack.workspace.bot.id))
