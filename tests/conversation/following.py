"""What is seen of follows: their cards, and the replies in their threads."""

from typing import Any

from sandbox.iacrea import IACreaSimulator, Timings, Video
from sandbox.slack import Channel, Message, SlackSimulator
from tests.conftest import metadata, replies


def stalled(iacrea: IACreaSimulator, *statuses: str) -> Video:
    """A video that nobody polls, with clips that are made at once."""
    iacrea.account.timings = Timings(queue=0.1, animate=0.5, render=0.5)
    statuses = statuses or ("success", "pending", "pending")
    return iacrea.account.add_video(list(statuses), state="GENERATING_VIDEO")


def endless(iacrea: IACreaSimulator, first: str = "success") -> Video:
    """A video whose second clip takes a minute."""
    iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.1)
    return iacrea.account.add_video([first, "pending"], state="GENERATING_VIDEO")


def cards(slack: SlackSimulator, channel: Channel) -> list[Message]:
    found = slack.workspace.messages(channel)
    return [each for each in found if str(metadata(each).get("part", "")).startswith("card")]


def told(slack: SlackSimulator, channel: Channel, kind: str = "") -> list[Message]:
    """The replies of follows; `kind` is `end`, or a sequence's id."""
    parts = [(str(metadata(each).get("part", "")), each) for each in replies(slack, channel)]
    return [each for part, each in parts if " " in part and part.startswith(kind)]


def text(slack: SlackSimulator, channel: Channel) -> str:
    return "".join(each.text for each in cards(slack, channel))


def labels(message: Message) -> list[str]:
    """What its buttons and menus are called, without prices."""
    elements: list[dict[str, Any]] = [
        each for block in message.blocks for each in block.get("elements", ())
    ]
    named = [each.get("text", each.get("placeholder")) for each in elements]
    texts = [str(each["text"]) for each in named if isinstance(each, dict)]
    return [each.partition(" · ")[0] for each in texts]
