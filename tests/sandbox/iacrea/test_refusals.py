"""What the API refuses, with the documented status and without effect."""

import httpx
import pytest

POST = "/api/video-editor/generate/sequence/"


@pytest.mark.parametrize("video_id", ["", "%20", "abc", "x" * 65, "a%2Fb%3Fc%23d"])
async def test_a_malformed_video_id_is_a_bad_request(account, video_id):
    answer = await account.raw.post(POST + video_id, json={"sequenceId": "sequence-1"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"{}",
        b'{"sequenceId": ""}',
        b'{"sequenceId": 7}',
        b'{"sequenceId": "sequence-1", "sequence": "no"}',
        b'{"sequenceId": "sequence-1", "sequence": {"url": 7}}',
        b'{"sequenceId": "sequence-1", "sequence": {"effect": " "}}',
    ],
)
async def test_a_malformed_body_is_a_bad_request(account, body):
    video = account.iacrea.studio.add_video()

    answer = await account.raw.post(
        POST + video.id, content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == 400
    assert account.iacrea.posts == 0


async def test_a_body_that_is_not_said_to_be_json_is_a_bad_request(account):
    video = account.iacrea.studio.add_video()
    body = f'{{"sequenceId": "{video.sequences[0].id}"}}'

    answer = await account.raw.post(POST + video.id, content=body)

    assert answer.status_code == 400


async def test_unknown_videos_sequences_and_paths_are_not_found(account):
    video, other = (account.iacrea.studio.add_video() for _ in range(2))
    sequence = {"sequenceId": other.sequences[0].id}

    answers = [
        await account.raw.post(POST + "no-such-video", json=sequence),
        await account.raw.post(POST + video.id, json=sequence),
        await account.raw.get("/api/video-editor/generate/video/no-such-video"),
        await account.raw.get("/api/video-editor/generate/video/"),
        await account.raw.get("/api/else"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert [call.status for call in account.iacrea.calls] == [404] * 5


@pytest.mark.parametrize("headers", [{}, {"x-api-key": "another"}])
async def test_without_the_right_key_nothing_is_answered(account, headers):
    video = account.iacrea.studio.add_video()
    url = account.iacrea.base_url
    async with httpx.AsyncClient(base_url=url, headers=headers) as stranger:
        answers = [
            await stranger.post(POST + video.id, json={"sequenceId": video.sequences[0].id}),
            await stranger.get(f"/api/video-editor/generate/video/{video.id}"),
            await stranger.post("/api/account/credit", json={"user_id": account.iacrea.user_id}),
        ]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert account.iacrea.posts == 0


async def test_a_changed_key_locks_out_the_old_one(account):
    video = account.iacrea.studio.add_video()
    account.iacrea.account.api_key = "changed"

    assert (await account.get(video)).status_code == 401


async def test_too_few_credits_are_a_payment_required(open_account):
    account = await open_account(credits=5, cost=3)
    video = account.iacrea.studio.add_video()

    statuses = [(await account.post(video)).status_code for _ in range(2)]

    assert statuses == [200, 402]
    assert account.iacrea.studio.credits == 2


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"user_id": ""}, 400), ([], 400), ({"user_id": "no"}, 401)]
)
async def test_the_balance_wants_the_account_s_user_id(account, body, status):
    assert (await account.raw.post("/api/account/credit", json=body)).status_code == status
