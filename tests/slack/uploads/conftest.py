"""A request that has just ended well, and everything that tells it and brings its video."""

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.domain.notice import Upload
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
from sandbox.iacrea import IACreaSimulator
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import QUICK, replies
from tests.plain_http import plain_http
from tests.texts import NoForm, NowhereElse, listening

ASK = "files.getUploadURLExternal"
SEND = "upload_url"
SHARE = "files.completeUploadExternal"
MOST_TRIES = 8


@pytest.fixture
async def iacrea() -> AsyncIterator[IACreaSimulator]:
    """An account whose films can be loaded."""
    async with IACreaSimulator(timings=QUICK, credits=1000, serves_assets=True) as iacrea:
        yield iacrea


@pytest.fixture
def listings(slack: SlackSimulator, anna: User, ben: User) -> Channel:
    """Files are shared where the bot is a member."""
    return slack.workspace.add_channel("listings", bot_member=True)


@pytest.fixture
def video(iacrea: IACreaSimulator) -> Video:
    return iacrea.account.add_video()


@pytest.fixture
def store(redis: Redis, prefix: str) -> Requests:
    return Requests(redis, prefix=prefix, poll_interval=1.0)


@pytest.fixture
def started(
    slack: SlackSimulator, iacrea: IACreaSimulator, store: Requests, redis: Redis, prefix: str
) -> Callable[..., Courier]:
    """What a process that has just started has; `wanted` is INLINE_VIDEO."""
    api = WebApi(web_client(slack.bot_token, slack.api_url))

    languages, access = listening(slack, api)

    context = TellingContext(
        api, store, Transitions(store, timeout=60.0), languages, access, NoForm()
    )

    def start(*, wanted: bool = True, base_url: str = iacrea.base_url) -> Courier:
        uploads = Uploads(context, Downloads(base_url), wanted=wanted)
        nearby = NearbyVideos(Videos(redis, prefix), access)
        return Courier(context, Estimates(redis, prefix), NowhereElse(), uploads, nearby)

    return start


@dataclass
class Scene:
    """The request, and what came of it."""

    slack: SlackSimulator
    store: Requests
    channel: Channel
    courier: Courier

    async def request(self) -> Request:
        """As it is now."""
        request = await self.store.load(RequestId("r1"))
        assert request is not None
        return request

    async def change(self, **fields: Any) -> None:
        await self.store.save(replace(await self.request(), **fields))

    async def deliver(self, *, until: Callable[[Request], bool] | None = None) -> None:
        """Delivers as a worker would, until nothing is to be told, or the request is so."""
        for _ in range(MOST_TRIES):
            request = await self.request()
            if request.notice is None or (until is not None and until(request)):
                return
            await self.courier.deliver("r1")

    @property
    def thread(self) -> list[Message]:
        return replies(self.slack, self.channel)

    def calls(self, *methods: str) -> list[Any]:
        """Those calls; all that have to do with files, if none are named."""
        return [call for call in self.slack.calls if call.method in (methods or (ASK, SEND, SHARE))]

    async def untouched(self) -> bool:
        """Whether the outcome alone stands, as if no video had been wanted."""
        request = await self.request()
        [told] = self.thread
        over = (request.state, request.upload) == (State.TOLD, Upload.NONE)
        return over and told.ts == request.reply and not told.files


@pytest.fixture
async def scene(
    slack: SlackSimulator,
    store: Requests,
    anna: User,
    listings: Channel,
    video: Video,
    started: Callable[..., Courier],
) -> Scene:
    """Ended well, its announcement posted, nothing told."""
    api = web_client(slack.bot_token, slack.api_url)
    posted = await api.chat_postMessage(channel=listings.id, text="Regenerating")
    origin = Origin(UserId(anna.id), ChannelId(listings.id), at=store.now())
    order = Order(VideoId(video.id), Selection(positions=(2,)))
    await store.accept(Request(RequestId("r1"), origin, order, name="loft"), within=1.0)
    scene = Scene(slack, store, listings, started())
    await scene.change(
        state=State.ENDED,
        message=MessageTs(posted["ts"]),
        generations=(
            Generation(SequenceId("sequence-2"), 2, "success", state=GenerationState.DONE),
        ),
        sequences=3,
        video_url=video.final_url,
        ended_at=store.now(),
    )
    return scene


async def digest(url: str | None) -> str:
    """SHA-256 of what lies there."""
    async with plain_http() as http:
        return hashlib.sha256((await http.get(str(url))).content).hexdigest()
