"""Each history scope buys the look into its own kind of conversation, and into no other."""

import pytest

from bot.domain.request import RequestId, State
from bot.store.requests import Requests
from sandbox.slack import Channel, ChannelKind, SlackSimulator, User
from tests.slack.test_courier import POST, announced, courier, ended, store

__all__ = ["store"]
SCOPES = [f"{kind}:history" for kind in ChannelKind]


def conversation(slack: SlackSimulator, kind: ChannelKind, anna: User, ben: User) -> Channel:
    """One of that kind, with the bot in it."""
    if kind is ChannelKind.IM:
        return slack.workspace.direct_message(anna)
    if kind is ChannelKind.MPIM:
        return slack.workspace.group_message(anna, ben)
    private = kind is ChannelKind.PRIVATE
    return slack.workspace.add_channel("cuts", private=private, bot_member=True)


@pytest.mark.parametrize("kind", ChannelKind)
@pytest.mark.parametrize("declined", SCOPES)
async def test_without_one_of_them_the_bot_looks_everywhere_but_there(
    slack: SlackSimulator,
    store: Requests,
    anna: User,
    ben: User,
    kind: ChannelKind,
    declined: str,
) -> None:
    slack.scopes.discard(declined)
    channel = conversation(slack, kind, anna, ben)
    announcement = await announced(slack, store, anna, channel)
    await ended(store)
    slack.faults.lost_answers[POST] = 1

    for _ in range(3):
        await courier(slack, store).deliver("r1")

    request = await store.load(RequestId("r1"))
    assert request is not None
    assert len(slack.workspace.thread(channel, announcement.ts)) == 2, "posted once, whatever else"
    assert request.state is State.TOLD
    assert request.reply_lost is (declined == f"{kind}:history")
