"""Where there is no video to bring, or no way, the outcome is told as ever and nothing else."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.notice import Upload
from bot.domain.request import GenerationState, State
from bot.iacrea import download
from bot.slack.telling.courier import Courier
from bot.store.queues import Queue
from bot.store.requests import Requests
from sandbox.iacrea import IACreaSimulator
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import free_port, running
from tests.conversation.conftest import outcome
from tests.slack.uploads.conftest import SHARE, Scene


@pytest.mark.parametrize(
    "url", ["{base}/assets/none/video-1.mp4", "https://127.0.0.1/v.mp4", "http://example.com/v.mp4"]
)
async def test_a_video_that_cannot_be_had(scene: Scene, iacrea: IACreaSimulator, url: str) -> None:
    await scene.change(video_url=url.format(base=iacrea.base_url))

    await scene.deliver()

    assert await scene.untouched()
    assert scene.calls() == []


async def test_a_video_that_is_too_large(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MOST_BYTES", 1000)

    await scene.deliver()

    assert await scene.untouched()
    assert scene.calls() == []


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 99999\r\n\r\n1234", 1),
        (b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n1234", 0),
        (b"HTTP/1.1 302 Found\r\nLocation: https://10.0.0.1/v.mp4\r\nContent-Length: 0\r\n\r\n", 0),
    ],
    ids=["breaks off", "no length", "private redirect"],
)
async def test_a_video_whose_server_is_no_good(
    scene: Scene, started: Callable[..., Courier], head: bytes, asked: int
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await scene.change(video_url=f"{base}/v.mp4")
        scene.courier = started(base_url=base)
        await scene.deliver()

    assert await scene.untouched()
    assert scene.calls(SHARE) == []
    assert len([call for call in scene.calls() if call.method.startswith("files.")]) == asked


async def test_files_that_slack_does_not_take(scene: Scene) -> None:
    scene.slack.faults.file_uploads_disabled = True

    await scene.deliver()

    assert await scene.untouched()


async def test_a_channel_that_the_bot_is_not_in(scene: Scene) -> None:
    scene.slack.workspace.leave(scene.channel, scene.slack.workspace.bot)

    await scene.deliver()

    assert await scene.untouched()
    assert scene.calls(SHARE)[-1].error == "not_in_channel"


@pytest.mark.parametrize(
    "state", [GenerationState.FAILED, GenerationState.EXPIRED, GenerationState.STOPPED]
)
async def test_what_did_not_go_well(scene: Scene, state: GenerationState) -> None:
    [generation] = (await scene.request()).generations
    await scene.change(generations=(replace(generation, state=state),))

    await scene.deliver()

    assert await scene.untouched()
    assert scene.calls() == []


async def test_an_outcome_without_a_video(scene: Scene) -> None:
    await scene.change(video_url=None)

    await scene.deliver()

    assert await scene.untouched()


async def test_an_outcome_told_in_private_for_want_of_a_thread(scene: Scene) -> None:
    scene.slack.workspace.archive(scene.channel)

    await scene.deliver()

    request = await scene.request()
    assert (request.state, request.upload) == (State.TOLD, Upload.NONE)
    assert scene.calls() == []


@pytest.mark.parametrize("begun", [Upload.WANTED, Upload.SHARING])
async def test_a_bot_that_brings_no_videos_any_more_ends_what_was_begun(
    scene: Scene, started: Callable[..., Courier], begun: Upload
) -> None:
    await scene.deliver(until=lambda r: r.state is State.TOLD and r.upload is begun)

    scene.courier = started(wanted=False)
    await scene.deliver()

    assert await scene.untouched()


@pytest.mark.parametrize("switch", ["0", "1"])
async def test_a_bot_without_the_feature_or_without_the_scope(
    slack: SlackSimulator,
    store: Requests,
    anna: User,
    listings: Channel,
    video: Video,
    environ: dict[str, str],
    switch: str,
) -> None:
    if switch == "1":
        slack.scopes.discard("files:write")
    async with running(environ | {"INLINE_VIDEO": switch, "PORT": str(free_port())}):
        await slack.command(anna, listings, f"/regen {video.id} 2 push out")
        await outcome(slack, listings)
        for _ in range(1200):
            if (await store.claim(Queue.NOTICES, 0, ahead=1.0)).wait is None:
                break
            await asyncio.sleep(0.05)

    [request] = await store.newest()
    assert (request.state, request.upload) == (State.TOLD, Upload.NONE)
    assert [call.method for call in slack.calls if call.method.startswith("files.")] == []
