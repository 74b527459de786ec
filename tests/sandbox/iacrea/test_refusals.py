"""What the API refuses, with the documented status and without effect."""

import pytest

from tests.plain_http import plain_http

POST = "/api/video-editor/generate/sequence/"


@pytest.mark.parametrize("video_id", ["", "%20", "abc", "x" * 65, "a%2Fb%3Fc%23d"])
async def test_a_malformed_video_id_is_a_bad_request(client, video_id):
    answer = await client.raw.post(POST + video_id, json={"sequenceId": "sequence-1"})

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
async def test_a_malformed_body_is_a_bad_request(client, body):
    video = client.iacrea.account.add_video()

    answer = await client.raw.post(
        POST + video.id, content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == 400
    assert client.iacrea.posts == 0


async def test_a_body_that_is_not_said_to_be_json_is_a_bad_request(client):
    video = client.iacrea.account.add_video()
    body = f'{{"sequenceId": "{video.sequences[0].id}"}}'

    answer = await client.raw.post(POST + video.id, content=body)

    assert answer.status_code == 400


async def test_unknown_videos_sequences_and_paths_are_not_found(client):
    video, other = (client.iacrea.account.add_video() for _ in range(2))
    sequence = {"sequenceId": other.sequences[0].id}

    answers = [
        await client.raw.post(POST + "no-such-video", json=sequence),
        await client.raw.post(POST + video.id, json=sequence),
        await client.raw.get("/api/video-editor/generate/video/no-such-video"),
        await client.raw.get("/api/video-editor/generate/video/"),
        await client.raw.get("/api/else"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert [call.status for call in client.iacrea.calls] == [404] * 5


@pytest.mark.parametrize("headers", [{}, {"x-api-key": "another"}])
async def test_without_the_right_key_nothing_is_answered(client, headers):
    video = client.iacrea.account.add_video()
    url = client.iacrea.base_url
    async with plain_http(base_url=url, headers=headers) as stranger:
        answers = [
            await stranger.post(POST + video.id, json={"sequenceId": video.sequences[0].id}),
            await stranger.get(f"/api/video-editor/generate/video/{video.id}"),
            await stranger.post("/api/account/credit", json={"user_id": client.iacrea.user_id}),
        ]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert client.iacrea.posts == 0


async def test_a_changed_key_locks_out_the_old_one(client):
    video = client.iacrea.account.add_video()
    client.iacrea.credentials.api_key = "changed"

    assert (await client.get(video)).status_code == 401


async def test_too_few_credits_are_a_payment_required(new_client):
    client = await new_client(credits=5, cost=3)
    video = client.iacrea.account.add_video()

    statuses = [(await client.post(video)).status_code for _ in range(2)]

    assert statuses == [200, 402]
    assert client.iacrea.account.credits == 2


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"user_id": ""}, 400), ([], 400), ({"user_id": "no"}, 401)]
)
async def test_the_balance_wants_the_account_s_user_id(client, body, status):
    assert (await client.raw.post("/api/account/credit", json=body)).status_code == status
