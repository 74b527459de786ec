"""Two replicas publish the same Home tab: the newer view stays, whoever was slower."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.domain.request import (
    ChannelId,
    Generation,
    Order,
    Origin,
    Request,
    RequestId,
    Selection,
    State,
    UserId,
)
from bot.domain.video import SequenceId, VideoId
from bot.iacrea.client import IACrea
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.form.listeners import Forms
from bot.slack.home.listeners import HomeTabs
from bot.slack.status.listeners import Reports
from bot.slack.status.messages import Report
from bot.slack.welcome.listeners import Welcome
from bot.store.requests import Requests
from bot.store.stores import Stores
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.texts import answering


class Pausing(Reports):
    """Reads, and then waits until it may go on, where it is told to."""

    read: asyncio.Event | None = None
    go_on: asyncio.Event | None = None

    async def of(self, *, channel: ChannelId | None = None, user: UserId | None = None) -> Report:
        overview = await super().of(channel=channel, user=user)
        if self.read is not None and self.go_on is not None:
            self.read.set()
            await self.go_on.wait()
        return overview


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


@pytest.fixture
def replicas(
    slack: SlackSimulator, iacrea: IACreaSimulator, redis: Redis, prefix: str
) -> list[tuple[HomeTabs, Pausing]]:
    def replica() -> tuple[HomeTabs, Pausing]:
        api = WebApi(web_client(slack.bot_token, slack.api_url))
        stores = Stores.over(redis, prefix, poll_interval=1.0)
        client = IACrea(iacrea.base_url, iacrea.api_key)
        reports = Pausing(stores.requests, stores.videos, stores.ledger, stores.estimates)
        context = answering(slack, api, stores, client)
        forms = Forms(context, shared_too=False)
        return HomeTabs(context, reports, forms, Welcome(context)), reports

    return [replica(), replica()]


async def asked(store: Requests, who: User, where: Channel) -> None:
    place = Origin(UserId(who.id), ChannelId(where.id), at=store.now())
    request = Request(
        RequestId("r1"), place, Order(VideoId("loft-video"), Selection(positions=(2,)))
    )
    await store.accept(request, within=1.0)
    generation = Generation(SequenceId("sequence-2"), 2, "success")
    await store.save(replace(request, generations=(generation,), sequences=3, state=State.CHECKED))


def outcomes(slack: SlackSimulator) -> list[str | None]:
    return [call.error for call in slack.calls if call.method == "views.publish"]


async def test_a_slower_replica_does_not_put_an_older_view_over_a_newer_one(
    slack: SlackSimulator,
    store: Requests,
    replicas: list[tuple[HomeTabs, Pausing]],
    anna: User,
    listings: Channel,
) -> None:
    (slow, pausing), (quick, _) = replicas
    user = UserId(anna.id)
    await quick._show(user, None)
    pausing.read, pausing.go_on = asyncio.Event(), asyncio.Event()
    slower = asyncio.create_task(slow._show(user, None))
    await pausing.read.wait()

    await asked(store, anna, listings)
    await quick._show(user, None)
    pausing.go_on.set()
    await slower

    home = slack.workspace.home(anna)
    assert home is not None
    assert "loft-video" in str(home.body)
    assert outcomes(slack) == [None, None, "hash_conflict", None]


async def test_a_view_that_was_published_and_not_noted_does_not_stay_for_ever(
    slack: SlackSimulator, replicas: list[tuple[HomeTabs, Pausing]], anna: User
) -> None:
    (homes, _), _ = replicas
    await homes._show(UserId(anna.id), None)
    slack.workspace.views.publish(anna.id, {"type": "home", "blocks": []})

    await homes._show(UserId(anna.id), None)

    home = slack.workspace.home(anna)
    assert home is not None
    assert home.blocks
    assert outcomes(slack) == [None, "hash_conflict", None]


async def test_slack_tells_the_hash_of_what_is_shown_where_nothing_was_noted(
    slack: SlackSimulator, replicas: list[tuple[HomeTabs, Pausing]], anna: User
) -> None:
    (homes, _), _ = replicas
    shown = slack.workspace.views.publish(anna.id, {"type": "home", "blocks": []})

    await homes._show(UserId(anna.id), shown.hash)

    assert outcomes(slack) == [None]
    assert slack.calls[-1].arguments["hash"] == shown.hash
