"""What really happened can be asked and waited for."""

import asyncio

import pytest

from sandbox.iacrea import Call


async def test_every_request_is_logged_with_what_came_of_it(client):
    video = client.iacrea.account.add_video()
    sequence = video.sequences[0].id
    posted = await client.post(video, effect="CAMERA_PUSH_IN")
    got = await client.raw.get("/api/video-editor/generate/video/unknown")

    assert client.iacrea.calls == [
        Call(
            time=client.clock.now,
            method="POST",
            path=f"/api/video-editor/generate/sequence/{video.id}",
            body={"sequenceId": sequence, "sequence": {"effect": "CAMERA_PUSH_IN"}},
            status=200,
            effective=True,
            answer=posted.text,
        ),
        Call(
            time=client.clock.now,
            method="GET",
            path="/api/video-editor/generate/video/unknown",
            body=None,
            status=404,
            effective=False,
            answer=got.text,
        ),
    ]


async def test_polls_are_counted_for_each_video(client):
    video, other = (client.iacrea.account.add_video() for _ in range(2))

    for each in (video, other, video):
        await client.get(each)

    assert (client.iacrea.polls(video.id), client.iacrea.polls(other.id)) == (2, 1)


async def test_waiting_ends_with_the_request_that_was_waited_for(client):
    video = client.iacrea.account.add_video()
    waiting = asyncio.create_task(client.iacrea.until(lambda iacrea: iacrea.polls(video.id) == 2))
    await client.get(video)
    await asyncio.sleep(0)
    assert not waiting.done()

    await client.get(video)

    await waiting


async def test_waiting_in_vain_ends_and_names_the_last_calls(client):
    await client.get(client.iacrea.account.add_video(id="the-only-one"))

    with pytest.raises(TimeoutError, match="the-only-one"):
        await client.iacrea.until(lambda iacrea: iacrea.posts == 1, timeout=0.02)


async def test_a_stopped_simulator_can_be_started_again_on_its_port(client):
    port = int(client.iacrea.base_url.rpartition(":")[2])
    video = client.iacrea.account.add_video()
    await client.get(video)

    await client.iacrea.stop()
    await client.iacrea.start(port=port)

    assert (await client.get(video)).status_code == 200
