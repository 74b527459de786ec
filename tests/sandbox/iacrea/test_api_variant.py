"""Each point that the reference leaves open can be read in another way."""

import pytest


async def test_progress_goes_to_one_or_to_a_hundred(speaking):
    shown = []
    for scale in (1, 100):
        client = await speaking(progress_scale=scale)
        video = client.iacrea.account.add_video(state="RENDERING_VIDEO")
        shown.append((await client.after(1, video))["progress"])

    assert shown == [0.25, 25]


@pytest.mark.parametrize("name", ["url", "videoUrl", "video_url"])
async def test_the_final_url_has_several_names(speaking, name):
    client = await speaking(final_url=name)

    body = (await client.get(client.iacrea.account.add_video())).json()

    assert {"url", "videoUrl", "video_url"} & set(body) == {name}


@pytest.mark.parametrize("name", ["message", "error"])
async def test_the_message_has_several_names(speaking, name):
    client = await speaking(message=name)
    video = client.iacrea.account.add_video(["error"], state="PENDING")

    body = (await client.get(video)).json()

    assert body[name] == "Re-generating video in error"


@pytest.mark.parametrize("name", ["error", "message"])
async def test_an_error_is_explained_in_a_field(speaking, name):
    client = await speaking(error=name)

    answer = await client.raw.get("/api/video-editor/generate/video/unknown")

    assert answer.json() == {name: "Video not found"}


async def test_an_error_is_explained_in_plain_text(speaking):
    client = await speaking(error="text")

    answer = await client.raw.get("/api/video-editor/generate/video/unknown")

    assert (answer.text, answer.headers["content-type"]) == (
        "Video not found",
        "text/plain; charset=utf-8",
    )


async def test_content_names_the_clip_once_it_is_made(speaking):
    client = await speaking(content_url="clip")
    video = client.iacrea.account.add_video(["success", "pending"])

    content = (await client.get(video)).json()["generatedContent"]

    assert [each["url"] for each in content] == [
        video.sequences[0].clip,
        video.sequences[1].image,
    ]


async def test_a_new_generation_makes_another_clip(speaking):
    client = await speaking(content_url="clip")
    video = client.iacrea.account.add_video(sequences=1)
    before = video.sequences[0].clip

    generation = (await client.post(video)).json()["generationId"]

    assert video.sequences[0].clip != before
    assert generation in video.sequences[0].clip


@pytest.mark.parametrize("shown", [True, False])
async def test_a_rendering_video_may_show_its_content(speaking, shown):
    client = await speaking(content_while_rendering=shown)
    video = client.iacrea.account.add_video(state="RENDERING_VIDEO")

    assert ("generatedContent" in (await client.get(video)).json()) is shown


@pytest.mark.parametrize("shown", [True, False])
async def test_a_pending_video_may_show_its_content(speaking, shown):
    client = await speaking(content_while_pending=shown)
    video = client.iacrea.account.add_video(state="PENDING")

    body = (await client.get(video)).json()

    assert body["status"] == "PENDING"
    assert ("generatedContent" in body) is ("creditsTotal" in body) is shown


@pytest.mark.parametrize(("reuses", "effect"), [("latest", "NEW"), ("first", "OLD")])
async def test_what_is_left_out_is_reused_from_the_latest_or_the_first(speaking, reuses, effect):
    client = await speaking(reuses=reuses)
    video = client.iacrea.account.add_video(effects=["OLD"])

    await client.post(video, effect="NEW")
    answer = await client.post(video)

    assert answer.status_code == 200
    assert video.sequences[0].effect == effect


@pytest.mark.parametrize(("used", "counted"), [("regeneration", [3, 3]), ("account", [3, 6])])
async def test_credits_used_are_those_of_this_regeneration_or_of_all(speaking, used, counted):
    client = await speaking(used=used)
    videos = [client.iacrea.account.add_video() for _ in range(2)]

    answers = [
        await client.raw.post(
            f"/api/video-editor/generate/sequence/{each.id}",
            json={"sequenceId": each.sequences[0].id},
        )
        for each in videos
    ]

    assert [each.json()["creditsUsed"] for each in answers] == counted
    assert (await client.get(videos[0])).json()["creditsUsed"] == counted[0] * (
        1 if used == "regeneration" else 2
    )


async def test_the_account_may_count_what_videos_are_paid_from(speaking):
    client = await speaking(account_credit="videos")
    await client.post(client.iacrea.account.add_video())

    answer = await client.raw.post("/api/account/credit", json={"user_id": client.iacrea.user_id})

    assert answer.json() == {"total": 47, "subscription": 47, "extra": 0}
