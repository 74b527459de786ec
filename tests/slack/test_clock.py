"""A clock that is put back between a posting and the look for it."""

from dataclasses import replace

from bot.store.requests import Requests
from sandbox.slack import Channel, SlackSimulator, User
from tests.slack.test_cannot_look import parts, saved, told_directly
from tests.slack.test_courier import POST, announced, courier, ended, store

__all__ = ["store"]


async def test_a_clock_that_was_put_back_since_leads_to_no_second_outcome(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    announcement = await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.lost_answers[POST] = 1
    await courier(slack, store).deliver("r1")
    request = await saved(store)
    await store.save(replace(request, posting_at=store.now() + 3600))

    await courier(slack, store).deliver("r1")

    assert parts(slack.workspace.thread(listings, announcement.ts)) == ["announcement", "outcome"]
    assert "is ready" in told_directly(slack, anna)
