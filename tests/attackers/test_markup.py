"""Words that others control, in all that the bot posts: as Slack reads them, they do nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Message, SlackSimulator, User
from sandbox.slack.page.mrkdwn import Node, nodes
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("bot")

HOSTILE = "<!channel> <@U0000000001> <https://evil.example|free credits> *b* `c` \u202e\x07"


def mrkdwn_of(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list | tuple):
        for each in node:
            yield from mrkdwn_of(each)


def flat(tree: list[Node]) -> Iterator[Node]:
    for node in tree:
        yield node
        yield from flat(node.get("of", []))


def harmful(message: Message, people: set[str]) -> list[Node]:
    """What of a message would call somebody, or lead somewhere, that the bot did not mean."""
    texts = [message.text, *mrkdwn_of(message.blocks)]
    return [
        node
        for text in texts
        for node in flat(nodes(text))
        if node["is"] == "broadcast"
        or (node["is"] == "user" and node["id"] not in people)
        or (node["is"] == "link" and "evil.example" in node["href"])
    ]


async def test_effects_statuses_and_names_are_words_and_nothing_else(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3, effects=[HOSTILE])
    await slack.command(anna, listings, f"/regen {video.id}")
    await private(slack, anna, listings)
    await slack.command(anna, listings, f"/regen {video.id} 2 {HOSTILE}")
    await slack.command(anna, listings, f"/regen {HOSTILE} 2")
    await slack.command(anna, listings, f"/regen name {video.id} {HOSTILE}")
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    everything = [
        *slack.workspace.conversation(listings),
        *slack.workspace.ephemerals(anna, listings),
    ]
    assert len(everything) >= 6
    assert [each for message in everything for each in harmful(message, {anna.id})] == []
    assert "\u202e" not in json.dumps([m.blocks for m in everything], ensure_ascii=False)
