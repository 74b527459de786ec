"""Clips that come out wrong, and videos that are added in any documented state."""

import pytest

from sandbox.iacrea import Timings


async def run(client, video, polls=8):
    """Polls far apart; of answers in a row with the same status only the last is kept."""
    seen = []
    for _ in range(polls):
        answer = await client.after(60, video)
        if seen and seen[-1]["status"] == answer["status"]:
            seen.pop()
        seen.append(answer)
    return seen


async def test_a_failed_clip_stays_in_error_in_a_video_that_is_done(client):
    video = client.iacrea.account.add_video(sequences=2)
    client.iacrea.account.fail_next(video, video.sequences[1])
    await client.post(video, 1)

    last = (await run(client, video))[-1]

    assert last["status"] == "DONE"
    assert [each["status"] for each in last["generatedContent"]] == ["success", "error"]


async def test_a_failed_clip_can_fail_its_video(client):
    video = client.iacrea.account.add_video()
    client.iacrea.account.fail_next(video, ends="FAILED")
    await client.post(video)

    last = (await run(client, video))[-1]

    assert last["status"] == "FAILED"
    assert last["message"]


async def test_a_failed_clip_can_leave_its_video_generating_for_ever(client):
    video = client.iacrea.account.add_video()
    client.iacrea.account.fail_next(video, ends="GENERATING_VIDEO")
    await client.post(video)

    last = (await run(client, video, polls=20))[-1]

    assert last["status"] == "GENERATING_VIDEO"
    assert last["generatedContent"][0]["status"] == "error"


async def test_a_transient_failure_is_restarted_by_the_server_and_said_so(client):
    video = client.iacrea.account.add_video()
    client.iacrea.account.fail_next(video, times=2, transient=True)
    await client.post(video)

    seen = await run(client, video, polls=12)

    restarts = [each for each in seen if each["status"] == "PENDING"]
    assert [each["message"] for each in restarts] == ["Re-generating video in error"] * 2
    assert [each["generatedContent"][0]["status"] for each in restarts] == ["error"] * 2
    assert seen[-1]["status"] == "DONE"
    assert seen[-1]["generatedContent"][0]["status"] == "success"
    assert client.iacrea.posts == 1


async def test_only_the_sequence_that_was_named_fails(client):
    video = client.iacrea.account.add_video()
    client.iacrea.account.fail_next(video, video.sequences[3])
    await client.post(video, 0)
    await client.post(video, 3)

    content = (await run(client, video))[-1]["generatedContent"]

    assert [each["status"] for each in content].index("error") == 3


async def test_only_the_video_that_was_named_fails(client):
    video, other = (client.iacrea.account.add_video() for _ in range(2))
    client.iacrea.account.fail_next(other, ends="FAILED")
    await client.post(video)

    assert (await run(client, video))[-1]["status"] == "DONE"


async def test_a_regeneration_after_a_failure_can_succeed(client):
    video = client.iacrea.account.add_video()
    client.iacrea.account.fail_next(video, ends="FAILED")
    await client.post(video)
    await run(client, video)
    await client.post(video)

    last = (await run(client, video))[-1]

    assert last["status"] == "DONE"


async def test_a_regeneration_leaves_the_other_clips_in_work(client):
    video = client.iacrea.account.add_video(sequences=2)
    await client.post(video, 0)
    await client.after(1, video)
    await client.post(video, 1)
    await client.after(1, video)

    answer = await client.after(9, video)

    assert [each["status"] for each in answer["generatedContent"]] == ["success", "pending"]


async def test_staggered_clips_are_finished_one_after_another(new_client):
    client = await new_client(timings=Timings(queue=0, animate=10, stagger=5, render=1))
    video = client.iacrea.account.add_video(sequences=3, state="PENDING")
    await client.get(video)

    ready = []
    for wait in (10, 5, 5):
        content = (await client.after(wait, video))["generatedContent"]
        ready.append([each["status"] for each in content].count("success"))

    assert ready == [1, 2, 3]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("PENDING", "pending"),
        ("GENERATING_VIDEO", "pending"),
        ("START_RENDERING_VIDEO", "success"),
        ("DONE", "success"),
        ("FAILED", "error"),
    ],
)
async def test_a_video_can_be_added_in_any_state(client, state, status):
    video = client.iacrea.account.add_video(sequences=2, state=state)

    assert {sequence.status for sequence in video.sequences} == {status}
    if state not in {"DONE", "FAILED"}:
        assert (await run(client, video))[-1]["status"] == "DONE"


async def test_a_pending_video_restarts_its_failed_sequences(client):
    video = client.iacrea.account.add_video(["success", "error"], state="PENDING")

    first, *_, last = await run(client, video)

    assert [each["status"] for each in first["generatedContent"]] == ["success", "pending"]
    assert {each["status"] for each in last["generatedContent"]} == {"success"}


def test_states_that_no_reference_documents_are_refused(client):
    video = client.iacrea.account.add_video()
    with pytest.raises(ValueError, match="SLEEPING"):
        client.iacrea.account.add_video(state="SLEEPING")
    with pytest.raises(ValueError, match="PENDING"):
        client.iacrea.account.fail_next(video, ends="PENDING")
