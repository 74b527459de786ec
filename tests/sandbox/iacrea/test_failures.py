"""Clips that come out wrong, and videos that are added in any documented state."""

import pytest

from sandbox.iacrea import Timings


async def run(account, video, polls=8):
    """Polls far apart; of answers in a row with the same status only the last is kept."""
    seen = []
    for _ in range(polls):
        answer = await account.after(60, video)
        if seen and seen[-1]["status"] == answer["status"]:
            seen.pop()
        seen.append(answer)
    return seen


async def test_a_failed_clip_stays_in_error_in_a_video_that_is_done(account):
    video = account.iacrea.studio.add_video(sequences=2)
    account.iacrea.studio.fail_next(video, video.sequences[1])
    await account.post(video, 1)

    last = (await run(account, video))[-1]

    assert last["status"] == "DONE"
    assert [each["status"] for each in last["generatedContent"]] == ["success", "error"]


async def test_a_failed_clip_can_fail_its_video(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.studio.fail_next(video, ends="FAILED")
    await account.post(video)

    last = (await run(account, video))[-1]

    assert last["status"] == "FAILED"
    assert last["message"]


async def test_a_failed_clip_can_leave_its_video_generating_for_ever(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.studio.fail_next(video, ends="GENERATING_VIDEO")
    await account.post(video)

    last = (await run(account, video, polls=20))[-1]

    assert last["status"] == "GENERATING_VIDEO"
    assert last["generatedContent"][0]["status"] == "error"


async def test_a_transient_failure_is_restarted_by_the_server_and_said_so(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.studio.fail_next(video, times=2, transient=True)
    await account.post(video)

    seen = await run(account, video, polls=12)

    restarts = [each for each in seen if each["status"] == "PENDING"]
    assert [each["message"] for each in restarts] == ["Re-generating video in error"] * 2
    assert [each["generatedContent"][0]["status"] for each in restarts] == ["error"] * 2
    assert seen[-1]["status"] == "DONE"
    assert seen[-1]["generatedContent"][0]["status"] == "success"
    assert account.iacrea.posts == 1


async def test_only_the_sequence_that_was_named_fails(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.studio.fail_next(video, video.sequences[3])
    await account.post(video, 0)
    await account.post(video, 3)

    content = (await run(account, video))[-1]["generatedContent"]

    assert [each["status"] for each in content].index("error") == 3


async def test_only_the_video_that_was_named_fails(account):
    video, other = (account.iacrea.studio.add_video() for _ in range(2))
    account.iacrea.studio.fail_next(other, ends="FAILED")
    await account.post(video)

    assert (await run(account, video))[-1]["status"] == "DONE"


async def test_a_regeneration_after_a_failure_can_succeed(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.studio.fail_next(video, ends="FAILED")
    await account.post(video)
    await run(account, video)
    await account.post(video)

    last = (await run(account, video))[-1]

    assert last["status"] == "DONE"


async def test_a_regeneration_leaves_the_other_clips_in_work(account):
    video = account.iacrea.studio.add_video(sequences=2)
    await account.post(video, 0)
    await account.after(1, video)
    await account.post(video, 1)
    await account.after(1, video)

    answer = await account.after(9, video)

    assert [each["status"] for each in answer["generatedContent"]] == ["success", "pending"]


async def test_staggered_clips_are_finished_one_after_another(open_account):
    account = await open_account(timings=Timings(queue=0, animate=10, stagger=5, render=1))
    video = account.iacrea.studio.add_video(sequences=3, state="PENDING")
    await account.get(video)

    ready = []
    for wait in (10, 5, 5):
        content = (await account.after(wait, video))["generatedContent"]
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
async def test_a_video_can_be_added_in_any_state(account, state, status):
    video = account.iacrea.studio.add_video(sequences=2, state=state)

    assert {sequence.status for sequence in video.sequences} == {status}
    if state not in {"DONE", "FAILED"}:
        assert (await run(account, video))[-1]["status"] == "DONE"


async def test_a_pending_video_restarts_its_failed_sequences(account):
    video = account.iacrea.studio.add_video(["success", "error"], state="PENDING")

    first, *_, last = await run(account, video)

    assert [each["status"] for each in first["generatedContent"]] == ["success", "pending"]
    assert {each["status"] for each in last["generatedContent"]} == {"success"}


def test_states_that_no_reference_documents_are_refused(account):
    video = account.iacrea.studio.add_video()
    with pytest.raises(ValueError, match="SLEEPING"):
        account.iacrea.studio.add_video(state="SLEEPING")
    with pytest.raises(ValueError, match="PENDING"):
        account.iacrea.studio.fail_next(video, ends="PENDING")
