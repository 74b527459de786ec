"""Each thing is said once, where it can be said, to those it concerns."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.errors import NoSuchVideo
from bot.domain.request import (
    ChannelId,
    Generation,
    GenerationState,
    MessageTs,
    Order,
    Origin,
    Request,
    RequestId,
    Selection,
    State,
    UserId,
)
from bot.domain.video import SequenceId, VideoId
from bot.iacrea.download import Downloads
from bot.slack.answering.nearby import NearbyVideos
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.telling.context import TellingContext
from bot.slack.telling.courier import Courier
from bot.slack.telling.uploads import Uploads
from bot.store.estimates import Estimates
from bot.store.requests import Requests
from bot.store.videos import Videos
from bot.transitions import Transitions
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import metadata
from tests.texts import NoForm, NowhereElse, listening

POST = "chat.postMessage"


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


def courier(slack: SlackSimulator, store: Requests) -> Courier:
    api = WebApi(web_client(slack.bot_token, slack.api_url))

    languages, access = listening(slack, api)

    context = TellingContext(
        api, store, Transitions(store, timeout=60.0), languages, access, NoForm()
    )
    uploads = Uploads(context, Downloads("https://iacrea.com"), wanted=False)
    estimates = Estimates(store._redis, store._prefix)
    nearby = NearbyVideos(Videos(store._redis, store._prefix), access)
    return Courier(context, estimates, NowhereElse(), uploads, nearby)


async def written(store: Requests, anna: User, channel: Channel, **fields: object) -> Request:
    origin = Origin(UserId(anna.id), ChannelId(channel.id), at=store.now())
    order = Order(VideoId("video-1"), Selection(positions=(2,)))
    request = Request(RequestId("r1"), origin, order)
    await store.accept(request, within=1.0)
    generation = Generation(SequenceId("sequence-2"), 2, "success")
    return await store.save(replace(request, generations=(generation,), sequences=3, **fields))  # type: ignore[arg-type]


def done(request: Request) -> tuple[Generation, ...]:
    return tuple(replace(each, state=GenerationState.DONE) for each in request.generations)


async def announced(
    slack: SlackSimulator, store: Requests, anna: User, channel: Channel
) -> Message:
    await written(store, anna, channel, state=State.CHECKED)
    await courier(slack, store).deliver("r1")
    [message] = slack.workspace.messages(channel)
    return message


async def ended(store: Requests) -> None:
    request = await store.load(RequestId("r1"))
    assert request is not None
    await store.save(
        replace(request, state=State.ENDED, generations=done(request), ended_at=store.now())
    )


def told_directly(slack: SlackSimulator, anna: User) -> str:
    """What the one direct message of the bot says, blocks and all."""
    [message] = slack.workspace.messages(slack.workspace.direct_message(anna))
    return f"{message.text} {message.blocks}"


async def test_what_an_earlier_try_posted_is_found_and_not_posted_again(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await written(store, anna, listings, state=State.CHECKED)
    slack.faults.lost_answers[POST] = 1

    for _ in range(2):
        await courier(slack, store).deliver("r1")

    [message] = slack.workspace.messages(listings)
    request = await store.load(RequestId("r1"))
    assert request is not None
    assert (request.state, request.message) == (State.ANNOUNCED, message.ts)
    assert metadata(message) == {"request": "r1", "part": "announcement"}


async def test_a_channel_archived_before_the_announcement_rejects_the_request(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await written(store, anna, listings, state=State.CHECKED)
    slack.workspace.archive(listings)

    await courier(slack, store).deliver("r1")

    request = await store.load(RequestId("r1"))
    assert request is not None
    assert request.state is State.ENDED
    assert request.message is None


async def test_an_outcome_that_its_thread_cannot_take_reaches_the_person_in_a_direct_message(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.workspace.archive(listings)

    await courier(slack, store).deliver("r1")

    assert "is ready" in told_directly(slack, anna)
    assert len(slack.workspace.messages(listings)) == 1
    request = await store.load(RequestId("r1"))
    assert request is not None
    assert request.state is State.TOLD


async def test_a_private_answer_without_a_response_url_is_an_ephemeral(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await written(store, anna, listings, state=State.ENDED, problem=NoSuchVideo("video-1"))

    await courier(slack, store).deliver("r1")

    [answer] = slack.workspace.ephemerals(anna, listings)
    assert "knows no video" in answer.text


async def test_an_announcement_that_was_deleted_does_not_keep_the_outcome_from_being_told_once(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    await announced(slack, store, anna, listings)
    await ended(store)
    slack.faults.errors["chat.update"] = ["message_not_found"]

    await courier(slack, store).deliver("r1")
    await courier(slack, store).deliver("r1")

    request = await store.load(RequestId("r1"))
    assert request is not None
    assert request.state is State.TOLD
    posts = [call for call in slack.calls if call.method == POST]
    assert len(posts) == 2


async def test_a_request_from_a_thread_is_announced_in_that_thread(
    slack: SlackSimulator, store: Requests, anna: User, listings: Channel
) -> None:
    parent = slack.workspace.say(anna, listings, "the flat in Lilac Street")
    origin = Origin(
        UserId(anna.id), ChannelId(listings.id), at=store.now(), thread=MessageTs(parent.ts)
    )
    request = Request(RequestId("r1"), origin, Order(VideoId("video-1"), Selection(positions=(2,))))
    await store.accept(request, within=1.0)
    generation = Generation(SequenceId("sequence-2"), 2, "success")
    await store.save(replace(request, generations=(generation,), state=State.CHECKED))

    await courier(slack, store).deliver("r1")

    assert len(slack.workspace.thread(listings, parent.ts)) == 2
