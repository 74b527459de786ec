"""Videos of `POST …/video/auto`: a GET of their own, and what the ordinary endpoints may say."""

import pytest

AUTO = "/api/video-editor/generate/video/auto/"
ROOMS = ("KITCHEN", "BEDROOM")


async def test_an_auto_video_is_known_to_its_own_get_alone(client):
    video = client.iacrea.account.add_video(sequences=2, rooms=ROOMS)

    seen = await client.raw.get(AUTO + video.id)
    answers = [await client.get(video), await client.post(video)]

    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].json() == {"error": "Video not found"}
    assert [each["category"] for each in seen.json()["generatedContent"]] == list(ROOMS)
    assert all(each["text"] for each in seen.json()["generatedContent"])
    assert (client.iacrea.posts, client.iacrea.account.credits) == (0, 50)
    assert client.iacrea.auto_polls(video.id) == 1


async def test_an_ordinary_video_is_none_of_them(client):
    video = client.iacrea.account.add_video()

    assert (await client.raw.get(AUTO + video.id)).status_code == 404
    assert (await client.raw.get(AUTO + "unknown")).status_code == 404


async def test_its_get_drives_it(client):
    video = client.iacrea.account.add_video(rooms=ROOMS, state="PENDING")

    statuses = []
    for _ in range(4):
        client.clock.now += 60
        statuses.append((await client.raw.get(AUTO + video.id)).json()["status"])

    assert statuses == [
        "GENERATING_VIDEO", "START_RENDERING_VIDEO", "RENDERING_VIDEO", "DONE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reading", "answered"),
    [("apart", [404, 404]), ("shown", [200, 404]), ("alike", [200, 200])],
)
async def test_the_ordinary_endpoints_may_know_it(speaking, reading, answered):
    client = await speaking(auto_videos=reading)
    video = client.iacrea.account.add_video(rooms=ROOMS)

    answers = [await client.get(video), await client.post(video)]

    assert [each.status_code for each in answers] == answered
