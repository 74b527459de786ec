"""The documented examples come back as written, field by field."""

import uuid

import pytest

EXAMPLE_VIDEO = "550e8400-e29b-41d4-a716-446655440000"


async def test_the_documented_regeneration_is_answered_as_documented(client):
    video = client.iacrea.account.add_video(id=EXAMPLE_VIDEO)

    answer = await client.post(
        video, url="https://example.com/new-image.jpg", effect="CAMERA_PUSH_OUT"
    )

    body = answer.json()
    assert answer.status_code == 200
    assert uuid.UUID(body.pop("generationId"))
    assert body == {"status": "START_GENERATION", "creditsTotal": 47, "creditsUsed": 3}


async def test_what_the_regeneration_names_is_taken_and_the_rest_is_kept(client):
    video = client.iacrea.account.add_video(sequences=2, effects=["CAMERA_ORBIT_LEFT"])
    picture = video.sequences[1].image

    await client.post(video, 0, url="https://example.com/new.jpg")
    await client.post(video, 1, effect="CAMERA_PUSH_OUT")

    content = (await client.get(video)).json()["generatedContent"]
    assert [(each["url"], each["effect"]) for each in content] == [
        ("https://example.com/new.jpg", "CAMERA_ORBIT_LEFT"),
        (picture, "CAMERA_PUSH_OUT"),
    ]


async def test_a_finished_video_shows_its_file_its_content_and_the_credits(client):
    video = client.iacrea.account.add_video(sequences=1, effects=["AUTO_EFFECTS"])
    sequence = video.sequences[0]

    assert (await client.get(video)).json() == {
        "status": "DONE",
        "id": video.id,
        "url": f"https://cdn.iacrea.example/{video.id}/video-1.mp4",
        "generatedContent": [
            {
                "id": sequence.id,
                "url": f"https://cdn.iacrea.example/{video.id}/photo-1.jpg",
                "effect": "AUTO_EFFECTS",
                "format": "16:9",
                "status": "success",
            }
        ],
        "creditsTotal": 50,
        "creditsUsed": 0,
    }


async def test_a_regenerated_video_goes_through_every_documented_status(client):
    video = client.iacrea.account.add_video(sequences=2)
    await client.post(video, 1)

    pending = await client.after(0.5, video)
    generating = await client.after(1, video)
    starting = await client.after(10, video)
    rendering = await client.after(1, video)
    done = await client.after(3, video)

    assert [each["status"] for each in pending["generatedContent"]] == ["success", "pending"]
    assert (pending["status"], "message" in pending) == ("PENDING", False)
    assert generating["status"] == "GENERATING_VIDEO"
    assert [each["status"] for each in generating["generatedContent"]] == ["success", "pending"]
    assert (starting["status"], starting["progress"]) == ("START_RENDERING_VIDEO", 0)
    assert [each["status"] for each in starting["generatedContent"]] == ["success", "success"]
    assert rendering == {
        "status": "RENDERING_VIDEO", "progress": 0.25, "creditsTotal": 47, "creditsUsed": 3,
    }  # fmt: skip
    assert (done["status"], done["url"].rpartition("/")[2]) == ("DONE", "video-2.mp4")


async def test_each_poll_takes_one_step_however_late_it_comes(client):
    video = client.iacrea.account.add_video()
    await client.post(video)

    statuses = [(await client.after(3600, video))["status"] for _ in range(5)]

    assert statuses == [
        "GENERATING_VIDEO", "START_RENDERING_VIDEO", "RENDERING_VIDEO", "DONE", "DONE",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["START_RENDERING_VIDEO", "RENDERING_VIDEO"])
async def test_a_regeneration_cuts_off_a_running_render(client, state):
    video = client.iacrea.account.add_video(state=state)

    await client.post(video)

    assert (await client.get(video)).json()["status"] == "PENDING"
    assert video.renders_cancelled == 1


async def test_a_regeneration_of_a_finished_video_cuts_off_nothing(client):
    video = client.iacrea.account.add_video()

    await client.post(video)

    assert video.renders_cancelled == 0


async def test_the_same_regeneration_sent_twice_spends_twice(client):
    video = client.iacrea.account.add_video()

    first, second = await client.post(video), await client.post(video)

    assert second.json()["creditsTotal"] == 44
    assert first.json()["generationId"] != second.json()["generationId"]
    assert client.iacrea.posts == 2


async def test_the_account_counts_another_purse_than_videos_are_paid_from(client):
    paid = await client.post(client.iacrea.account.add_video())

    answer = await client.raw.post("/api/account/credit", json={"user_id": client.iacrea.user_id})

    assert paid.json()["creditsTotal"] == 47
    assert answer.json() == {"total": 120, "subscription": 120, "extra": 0}
