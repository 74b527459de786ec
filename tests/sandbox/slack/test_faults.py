"""Each fault, once: what the SDK sees, and what was stored."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User

POST = "chat.postMessage"


def texts(slack: SlackSimulator, channel: Channel) -> list[str]:
    return [message.text for message in slack.workspace.messages(channel)]


async def test_a_rate_limit_says_when_to_come_again_and_stores_nothing(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.rate_limited[POST] = 1
    slack.faults.retry_after = 7

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x")
    await client.chat_postMessage(channel=films.id, text="y")

    answer = caught.value.response
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "7"
    assert texts(slack, films) == ["y"]
    assert [(call.status, call.error) for call in slack.calls] == [
        (429, "ratelimited"),
        (200, None),
    ]


async def test_a_rate_limit_may_leave_out_when_to_come_again(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.rate_limited[POST] = 1
    slack.faults.retry_after = None

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x")

    assert "Retry-After" not in caught.value.response.headers


async def test_the_sdk_waits_a_rate_limit_out(slack: SlackSimulator, films: Channel) -> None:
    slack.faults.rate_limited[POST] = 1
    slack.faults.retry_after = 0
    client = AsyncWebClient(
        token=slack.bot_token,
        base_url=slack.api_url,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )

    await client.chat_postMessage(channel=films.id, text="x")

    assert texts(slack, films) == ["x"]


@pytest.mark.parametrize("status", [500, 503])
async def test_an_http_error_stores_nothing(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel, status: int
) -> None:
    slack.faults.http_errors[POST] = [status]

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x")

    assert caught.value.response.status_code == status
    assert texts(slack, films) == []
    assert slack.calls[0].status == status


async def test_errors_come_one_a_call_in_their_order(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.errors[POST] = ["internal_error", "restricted_action"]

    for error in ("internal_error", "restricted_action"):
        with pytest.raises(SlackApiError, match=error):
            await client.chat_postMessage(channel=films.id, text="x")
    await client.chat_postMessage(channel=films.id, text="y")

    assert texts(slack, films) == ["y"]


async def test_a_lost_answer_stores_the_message_and_drops_the_connection(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.lost_answers[POST] = 1

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=films.id, text="x")

    assert texts(slack, films) == ["x"]
    assert slack.calls[0].status is None


async def test_a_lost_call_stores_nothing_and_looks_like_a_lost_answer(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.lost_calls[POST] = 1

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=films.id, text="x")
    assert slack.calls[0].status is None

    await client.chat_postMessage(channel=films.id, text="y")
    assert texts(slack, films) == ["y"]


async def test_the_sdk_left_alone_doubles_a_message_whose_answer_was_lost(
    slack: SlackSimulator, films: Channel
) -> None:
    slack.faults.lost_answers[POST] = 1
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)

    await client.chat_postMessage(channel=films.id, text="x")

    assert texts(slack, films) == ["x", "x"]


async def test_a_failed_answer_stores_the_message_and_says_500(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.failed_answers[POST] = 1

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=films.id, text="x")

    assert caught.value.response.status_code == 500
    assert texts(slack, films) == ["x"]


async def test_a_late_answer_comes_after_the_message_is_stored(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.delays[POST] = 0.2
    started = asyncio.get_running_loop().time()

    posting = asyncio.create_task(client.chat_postMessage(channel=films.id, text="x"))
    await slack.until(lambda workspace: workspace.messages(films))

    assert not posting.done()
    assert (await posting)["ok"]
    assert asyncio.get_running_loop().time() - started >= 0.2


async def test_an_action_is_delivered_twice_with_the_same_payload(
    slack: SlackSimulator, reached: AsyncApp, ann: User, films: Channel
) -> None:
    got: list[dict[str, Any]] = []

    async def regen(ack: Any, body: dict[str, Any]) -> None:
        got.append(body)
        await ack()

    reached.command("/regen")(regen)

    slack.faults.deliver_twice = 1
    twice = await slack.command(ann, films, "/regen abc 2")
    once = await slack.command(ann, films, "/regen abc 2")

    assert (len(twice.repeats), len(once.repeats)) == (1, 0)
    assert twice.repeats[0].ok
    assert got[0] == got[1]
    assert got[2]["trigger_id"] != got[0]["trigger_id"]


async def test_slacks_own_limits_can_be_switched_on(
    still_slack: SlackSimulator, clock: Any
) -> None:
    still_slack.faults.rate_limits = True
    one, two = (still_slack.workspace.add_channel(name, bot_member=True) for name in ("one", "two"))
    client = AsyncWebClient(
        token=still_slack.bot_token, base_url=still_slack.api_url, retry_handlers=[]
    )

    for _ in range(3):
        await client.chat_postMessage(channel=one.id, text="x")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=one.id, text="x")
    await client.chat_postMessage(channel=two.id, text="x")
    clock.now += float(caught.value.response.headers["Retry-After"])
    await client.chat_postMessage(channel=one.id, text="x")

    assert caught.value.response["error"] == "ratelimited"
    assert len(still_slack.workspace.messages(one)) == 4


async def test_posts_have_a_limit_over_all_channels_as_well(still_slack: SlackSimulator) -> None:
    still_slack.faults.rate_limits = True
    client = AsyncWebClient(
        token=still_slack.bot_token, base_url=still_slack.api_url, retry_handlers=[]
    )

    for number in range(100):
        channel = still_slack.workspace.add_channel(f"channel-{number}", bot_member=True)
        for _ in range(3):
            await client.chat_postMessage(channel=channel.id, text="x")
    channel = still_slack.workspace.add_channel("one-more", bot_member=True)
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel=channel.id, text="x")


async def test_edits_share_one_limit_over_all_channels(still_slack: SlackSimulator) -> None:
    client = AsyncWebClient(
        token=still_slack.bot_token, base_url=still_slack.api_url, retry_handlers=[]
    )
    posted = [
        await client.chat_postMessage(
            channel=still_slack.workspace.add_channel(n, bot_member=True).id, text="x"
        )
        for n in ("one", "two")
    ]
    still_slack.faults.rate_limits = True

    for number in range(50):
        post = posted[number % 2]
        await client.chat_update(channel=post["channel"], ts=post["ts"], text=str(number))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_update(channel=posted[0]["channel"], ts=posted[0]["ts"], text="51")
