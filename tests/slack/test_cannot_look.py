"""What was perhaps posted, where nobody can tell: not posted again, and told all the same."""

import re
from dataclasses import replace

import pytest

from bot.domain.request import Request, RequestId, State
from bot.store.requests import Requests
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import metadata
from tests.slack.test_courier import (
    POST,
    announced,
    courier,
    ended,
    store,
    told_directly,
    written,
)

__all__ = ["store"]
LOOK = "conversations.replies"


async def saved(store: Requests) -> Request:
    request = await store.load(RequestId("r1"))
    assert request is not None
    return request


def parts(messages: list[Message]) -> list[str]:
    return [metadata(each)["part"] for each in messages]


@pytest.fixture(params=["no membership", "its scope declined", "asked too often"])
def blind(request: pytest.FixtureRequest, slack: SlackSimulator, listings: Channel) -> None:
    """Each way in which the bot cannot look into that channel, with all else granted."""
    if request.param == "no membership":
        slack.workspace.leave(listings, slack.workspace.bot)
    elif request.param == "its scope declined":
        slack.scopes.discard("channels:history")
    else:
        slack.faults.rate_limited |= {LOOK: 99, "conversations.history": 99}


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("fault", ["lost_answers", "failed_answers"])
async def test_an_outcome_is_not_posted_again_but_told_where_it_is_noticed(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel, fault: str
) -> None:
    announcement = await announced(slack, store, anna, listings)
    await ended(store)
    getattr(slack.faults, fault)[POST] = 1

    await courier(slack, store).deliver("r1")
    request = await saved(store)
    await store.save(replace(request, posting_at=store.now() - 120.0))  # a look has been tried long
    for _ in range(3):
        await courier(slack, store).deliver("r1")

    thread = slack.workspace.thread(listings, announcement.ts)
    assert parts(thread) == ["announcement", "outcome"]
    assert "is ready" in thread[0].text, "the announcement tells it as well"
    told = told_directly(slack, anna)
    assert "is ready" in told
    assert announcement.ts.replace(".", "") in told, "with a link to its thread"
    assert (await saved(store)).state is State.TOLD


async def test_a_process_that_died_with_the_posting_is_not_followed_by_a_second_one(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    slack.scopes.discard("channels:history")
    announcement = await announced(slack, store, anna, listings)
    await ended(store)
    request = await saved(store)
    await store.save(replace(request, posting=True, posting_at=store.now()))

    await courier(slack, store).deliver("r1")

    assert len(slack.workspace.thread(listings, announcement.ts)) == 1
    assert "is ready" in told_directly(slack, anna)


async def test_a_look_that_slack_is_too_busy_for_is_tried_again_before_it_is_given_up(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    announcement = await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.lost_answers[POST] = 1
    slack.faults.rate_limited[LOOK] = 1

    for _ in range(3):
        await courier(slack, store).deliver("r1")

    assert len(slack.workspace.thread(listings, announcement.ts)) == 2
    assert slack.workspace.messages(slack.workspace.direct_message(anna)) == []
    request = await saved(store)
    assert (request.state, request.reply_lost) == (State.TOLD, False)


async def test_a_look_is_bounded_by_the_time_of_the_posting(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.lost_answers[POST] = 1
    for _ in range(2):
        await courier(slack, store).deliver("r1")

    [look] = [call for call in slack.calls if call.method == LOOK]
    posting_at = (await saved(store)).posting_at
    assert posting_at is not None
    oldest, latest = float(look.arguments["oldest"]), float(look.arguments["latest"])
    assert oldest < posting_at < latest
    assert latest - oldest < 11 * 60


@pytest.mark.usefixtures("blind")
async def test_an_announcement_is_posted_again_and_both_say_that_there_may_be_two(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await written(store, anna, listings, state=State.CHECKED)
    slack.faults.lost_answers[POST] = 1
    await courier(slack, store).deliver("r1")
    request = await saved(store)
    await store.save(replace(request, posting_at=store.now() - 120.0))
    await courier(slack, store).deliver("r1")

    first, second = slack.workspace.messages(listings)
    assert (await saved(store)).message == second.ts
    assert "stands here twice" in str(second.blocks)
    assert "stop_watching" in str(first.blocks), "or nobody could press on it"

    await courier(slack, store).explain_repetition(RequestId("r1"), first.ts)
    first, second = slack.workspace.messages(listings)
    assert second.ts.replace(".", "") in str(first.blocks)
    assert "stands here twice" not in str(first.blocks)
    assert not re.search("[▰▱]|stop_watching", str(first.blocks))

    await courier(slack, store).explain_repetition(RequestId("r1"), second.ts)
    assert slack.workspace.messages(listings)[1] == second, "the one that is kept current stays"


@pytest.mark.parametrize("deleted", ["before", "and its answer was lost"])
async def test_a_reply_whose_parent_was_deleted_does_not_stay_in_the_channel(
    slack: SlackSimulator,
    store: Requests,
    anna: User,
    listings: Channel,
    deleted: str,
) -> None:
    announcement = await announced(slack, store, anna, listings)
    await ended(store)
    slack.workspace.delete(announcement)
    slack.faults.lost_answers[POST] = int(deleted != "before")

    for _ in range(3):
        await courier(slack, store).deliver("r1")

    assert slack.workspace.messages(listings) == []
    assert "is ready" in told_directly(slack, anna)
    assert (await saved(store)).state is State.TOLD


async def test_nothing_is_started_in_a_thread_that_was_deleted(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    parent = slack.workspace.say(anna, listings, "the flat in Lilac Street")
    request = await written(store, anna, listings, state=State.CHECKED)
    origin = replace(request.origin, thread=parent.ts)
    await store.save(replace(request, origin=origin))
    slack.workspace.delete(parent)

    for _ in range(2):
        await courier(slack, store).deliver("r1")

    assert slack.workspace.messages(listings) == []
    [answer] = slack.workspace.ephemerals(anna, listings)
    assert "Nothing was started" in answer.text
    assert "was deleted" in answer.text


MOVING = ["team_added_to_org", "org_login_required", "migration_in_progress", "accesslimited"]


@pytest.mark.parametrize("reason", MOVING)
async def test_a_workspace_that_refuses_everything_for_a_while_is_waited_out(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel, reason: str
) -> None:
    announcement = await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.unavailable = reason
    for _ in range(2):
        await courier(slack, store).deliver("r1")
    assert (await saved(store)).state is State.ENDED

    slack.faults.unavailable = ""
    await courier(slack, store).deliver("r1")

    assert parts(slack.workspace.thread(listings, announcement.ts)) == ["announcement", "outcome"]
    assert slack.workspace.messages(slack.workspace.direct_message(anna)) == []
    assert (await saved(store)).state is State.TOLD


async def until_due(store: Requests) -> float:
    due = await store._redis.zscore(store._key("notices"), "r1")
    return 0.0 if due is None else float(due) - store.now()


async def test_what_nobody_could_be_told_stays_due_ever_later_and_is_not_called_told(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.scopes.discard("chat:write")
    pauses = []
    for age in (0.0, 400.0, 6 * 24 * 3600.0):
        request = await saved(store)
        await store.save(replace(request, ended_at=store.now() - age))
        await courier(slack, store).deliver("r1")
        assert (await saved(store)).state is State.ENDED
        pauses.append(await until_due(store))
    assert 2 < pauses[0] < 4
    assert 90 < pauses[1] < 110
    assert 590 < pauses[2] < 610

    slack.scopes.add("chat:write")
    await courier(slack, store).deliver("r1")
    assert "is ready" in told_directly(slack, anna)
    assert (await saved(store)).state is State.TOLD


async def test_after_a_week_in_which_nobody_could_be_told_a_request_is_abandoned(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.scopes.discard("chat:write")
    request = await saved(store)
    await store.save(replace(request, ended_at=store.now() - 8 * 24 * 3600.0))

    await courier(slack, store).deliver("r1")

    assert (await saved(store)).state is State.ABANDONED
    assert await until_due(store) == 0.0


async def test_where_no_direct_message_is_taken_the_outcome_is_shown_in_the_channel(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.errors[POST] = ["restricted_action_thread_locked", "messages_tab_disabled"]

    await courier(slack, store).deliver("r1")

    [private] = slack.workspace.ephemerals(anna, listings)
    assert "is ready" in private.text
    assert (await saved(store)).state is State.TOLD


async def test_the_substitute_is_sent_once_also_if_the_announcement_cannot_be_edited_yet(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.errors[POST] = ["restricted_action_thread_locked"]
    slack.faults.rate_limited["chat.update"] = 1

    for _ in range(2):
        await courier(slack, store).deliver("r1")

    assert "is ready" in told_directly(slack, anna)
    assert (await saved(store)).state is State.TOLD


async def test_what_nobody_can_be_told_in_private_the_announcement_tells(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.errors |= {
        POST: ["restricted_action_thread_locked", "user_disabled"],
        "chat.postEphemeral": ["user_not_in_channel"],
    }

    await courier(slack, store).deliver("r1")

    [card] = slack.workspace.messages(listings)
    assert "is ready" in card.text
    request = await saved(store)
    assert (request.state, request.told_privately) == (State.TOLD, False)
