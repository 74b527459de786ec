"""A video moves only while somebody asks for it; and IACrea's own restarts may cost.

The track endpoint «automatically triggers the next steps (clip generation, final render)».
"""

import pytest


@pytest.mark.parametrize("state", ["PENDING", "GENERATING_VIDEO", "START_RENDERING_VIDEO"])
async def test_a_video_that_nobody_asks_for_stands_still(client, state):
    video = client.iacrea.account.add_video(state=state)

    client.clock.now += 24 * 3600

    assert video.status == state
    assert video.renders == 0


async def test_asking_for_it_finishes_it(client):
    statuses = ["success", "pending", "error"]
    video = client.iacrea.account.add_video(statuses, state="GENERATING_VIDEO")

    seen = [(await client.after(3600, video))["status"] for _ in range(3)]

    assert seen == ["START_RENDERING_VIDEO", "RENDERING_VIDEO", "DONE"]
    assert client.iacrea.posts == 0


@pytest.mark.parametrize("cost", [0, 4])
async def test_a_clip_that_iacrea_makes_again_costs_what_the_account_says(client, cost):
    account = client.iacrea.account
    account.restart_cost = cost
    video = account.add_video(["success", "error", "error"], state="PENDING")

    body = await client.after(3600, video)

    assert body["creditsTotal"] == 50 - 2 * cost
    assert (account.used_so_far, client.iacrea.posts) == (0, 0)


async def test_what_others_regenerate_makes_no_restart_of_it(client):
    account = client.iacrea.account
    account.restart_cost = 4
    video = account.add_video(["success", "error", "error"], state="PENDING")

    await client.post(video, 1)  # takes the place of IACrea's own restart
    body = await client.after(3600, video)

    assert body["creditsTotal"] == 50 - 3 - 4
