"""The finished video is put into the thread once, after the outcome."""

import asyncio
import tracemalloc
from collections.abc import Callable

import pytest
from redis.asyncio import Redis

from bot.domain.notice import Upload
from bot.domain.request import RequestId, State
from bot.domain.video import SequenceId, VideoId
from bot.slack.telling import uploads as uploads_module
from bot.slack.telling.courier import Courier
from bot.slack.telling.uploads import GIVE_UP
from bot.store.client import connect
from bot.store.queues import Queue
from bot.store.takes import Takes
from sandbox.iacrea import IACreaSimulator
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import free_port, metadata, running
from tests.conversation.conftest import outcome, private
from tests.slack.uploads.conftest import ASK, SEND, SHARE, Scene, digest


async def test_the_video_follows_the_outcome_into_its_thread(scene: Scene, video: Video) -> None:
    await scene.deliver()

    told, film = scene.thread
    assert metadata(told)["part"] == "outcome"
    assert film.text == "🎬 The whole video as it is now: `loft`"
    [file] = film.files
    assert (file.title, file.name, file.mimetype) == ("Video loft", "loft.mp4", "video/mp4")
    assert file.sha256 == await digest(video.final_url)
    assert (await scene.request()).upload is Upload.NONE
    assert [call.method for call in scene.calls()] == [ASK, SEND, SHARE]


@pytest.mark.parametrize("bare", [False, True])
async def test_its_take_keeps_where_the_file_stands_if_slack_says_so(
    scene: Scene, video: Video, redis: Redis, prefix: str, bare: bool
) -> None:
    scene.slack.faults.bare_file_answers = bare
    await scene.deliver()

    [take] = await Takes(redis, prefix).of(VideoId(video.id), SequenceId("sequence-2"))
    [file] = scene.thread[1].files
    owner = scene.slack.workspace.bot.id
    link = f"https://simulated.slack.com/files/{owner}/{file.id}/loft.mp4"
    assert take.file == (None if bare else link)
    assert (take.film, take.message) == (video.final_url, scene.thread[0].ts)


async def test_a_large_video_is_never_whole_in_memory(
    scene: Scene, iacrea: IACreaSimulator
) -> None:
    iacrea.asset_bytes = 30 * 2**20
    tracemalloc.start()
    await scene.deliver()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert scene.thread[1].files[0].size == iacrea.asset_bytes
    assert peak < 8 * 2**20


async def test_a_kill_between_upload_and_share_shares_once(
    scene: Scene, started: Callable[..., Courier]
) -> None:
    await scene.deliver(until=lambda request: request.upload is Upload.SHARING)
    assert len(scene.thread) == 1

    scene.courier = started()
    await scene.deliver()

    assert len(scene.thread) == 2
    assert len(scene.calls(SEND)) == 1


async def test_a_kill_while_the_bytes_are_on_their_way_has_them_brought_again(
    scene: Scene, started: Callable[..., Courier]
) -> None:
    await scene.deliver(until=lambda request: request.state is State.TOLD)
    scene.slack.faults.delays[SEND] = 60.0
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await scene.courier.deliver("r1")
    assert (await scene.request()).upload is Upload.WANTED
    scene.slack.faults.delays.clear()

    scene.courier = started()
    await scene.deliver()

    assert [len(each.files) for each in scene.thread] == [0, 1]


@pytest.mark.parametrize("fault", ["lost_answers", "failed_answers"])
async def test_a_share_whose_answer_was_lost_is_not_repeated(scene: Scene, fault: str) -> None:
    getattr(scene.slack.faults, fault)[SHARE] = 1

    await scene.deliver()

    assert len(scene.thread) == 2
    assert (await scene.request()).upload is Upload.NONE
    assert [call.error for call in scene.calls(SHARE)][1:] == ["file_not_found"]


@pytest.mark.parametrize("method", [ASK, SEND, SHARE])
@pytest.mark.parametrize("fault", ["429", "503"])
async def test_what_slack_could_not_take_is_brought_later(
    scene: Scene, method: str, fault: str
) -> None:
    if fault == "429":
        scene.slack.faults.rate_limited[method] = 1
    else:
        scene.slack.faults.http_errors[method] = [503]

    await scene.deliver()

    assert [len(each.files) for each in scene.thread] == [0, 1]
    assert len(scene.calls(method)) == 2


async def test_what_was_not_brought_waits_as_long_as_slack_says(
    scene: Scene, redis: Redis, prefix: str
) -> None:
    scene.slack.faults.rate_limited[ASK], scene.slack.faults.retry_after = 1, 77

    await scene.deliver(until=lambda _: bool(scene.calls(ASK)))

    due = await redis.zscore(f"{prefix}notices", "r1")
    assert due is not None
    assert 70 < due - scene.store.now() < 78


async def test_nobody_else_takes_a_video_that_is_on_its_way(scene: Scene) -> None:
    await scene.deliver(until=lambda request: request.state is State.TOLD)
    scene.slack.faults.delays[SEND] = 0.5

    bringing = asyncio.create_task(scene.courier.deliver("r1"))
    await scene.slack.until(lambda _: bool(scene.calls(ASK)))
    claim = await scene.store.claim(Queue.NOTICES, 1, ahead=0.1)
    await bringing

    assert claim.ids == ()
    assert claim.wait is not None
    assert claim.wait > 100


async def test_ten_minutes_after_the_outcome_it_is_left(scene: Scene) -> None:
    await scene.change(ended_at=scene.store.now() - GIVE_UP)

    await scene.deliver()

    assert await scene.untouched()
    assert scene.calls() == []


async def test_many_videos_leave_workers_for_what_else_is_to_be_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads_module, "AT_ONCE", 0)

    await scene.deliver()

    request = await scene.request()
    assert (request.state, request.upload) == (State.TOLD, Upload.WANTED)
    assert scene.calls() == []


async def test_buttons_of_an_older_card_do_not_wait_for_its_video(scene: Scene) -> None:
    await scene.deliver(until=lambda request: request.state is State.TOLD)
    await scene.change(superseded_by=RequestId("r2"))

    await scene.courier.deliver("r1")

    request = await scene.request()
    assert (request.faded, request.upload) == (True, Upload.WANTED)
    await scene.deliver()
    assert len(scene.thread) == 2


async def test_with_inline_video_the_whole_bot_brings_it_and_its_take_leads_there(
    slack: SlackSimulator, anna: User, listings: Channel, video: Video, environ: dict[str, str]
) -> None:
    async with running(environ | {"INLINE_VIDEO": "1", "PORT": str(free_port())}):
        await slack.command(anna, listings, f"/regen {video.id} 2 push out")
        told = await outcome(slack, listings)
        await slack.until(lambda w: any(each.files for each in w.thread(listings, told.thread_ts)))
        async with connect(environ["REDIS_URL"]) as redis, asyncio.timeout(60):
            kept = Takes(redis, environ["REDIS_PREFIX"])
            while not (await kept.since(0.0))[0].file:  # noqa: ASYNC110 - Redis rings no bell
                await asyncio.sleep(0.02)
        await slack.command(anna, listings, f"/regen takes {video.id} 2")
        shown = await private(slack, anna, listings)

    assert f"/{slack.workspace.bot.id}/" in shown.partition("simulated.slack.com/files")[2]
    [film] = slack.workspace.thread(listings, str(told.thread_ts))[2:]
    assert film.files[0].sha256 == await digest(video.final_url)
