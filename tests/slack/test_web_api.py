"""Every call to Slack is sent once, and its failure says whether it may have happened."""

import html
from dataclasses import replace

import pytest

from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, Video, VideoId
from bot.slack.blocks.message import Message, section
from bot.slack.connection.errors import (
    SlackBusyError,
    SlackRefusedError,
    SlackUnavailableError,
    SlackUnclearError,
    SlackUnreachedError,
)
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.storyboard.messages import shared
from sandbox.slack import Channel, SlackSimulator
from tests.texts import ENGLISH

POST = "chat.postMessage"
PAIR = tuple(Sequence(f"{n}", "success", url=f"https://e.com/{n}.jpg") for n in (1, 2))
BOARD = shared(Storyboard(Video(VideoId("video-1"), "DONE", sequences=PAIR)), ENGLISH)
"""A message with a carousel."""


@pytest.fixture
def api(slack: SlackSimulator) -> WebApi:
    return WebApi(web_client(slack.bot_token, slack.api_url))


def posts(slack: SlackSimulator) -> int:
    return sum(call.method == POST for call in slack.calls)


async def test_a_post_whose_answer_is_lost_is_not_sent_again_as_the_sdk_would(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.lost_answers[POST] = 1

    with pytest.raises(SlackUnclearError):
        await api.call(POST, channel=listings.id, text="once")

    assert posts(slack) == 1
    assert [each.text for each in slack.workspace.messages(listings)] == ["once"]


async def test_a_429_did_not_happen_and_says_how_long_to_wait(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.rate_limited[POST] = 1
    slack.faults.retry_after = 7

    with pytest.raises(SlackBusyError) as busy:
        await api.call(POST, channel=listings.id, text="later")

    assert busy.value.retry_after == 7
    assert slack.workspace.messages(listings) == []


async def test_a_rate_limit_that_comes_with_status_200_is_one_too(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.errors[POST] = ["rate_limited"]

    with pytest.raises(SlackBusyError):
        await api.call(POST, channel=listings.id, text="later")


@pytest.mark.parametrize("error", ["team_added_to_org", "org_login_required", "accesslimited"])
async def test_what_slack_refuses_of_the_whole_workspace_for_a_while_is_no_refusal_of_the_call(
    error: str, api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.errors[POST] = [error]

    with pytest.raises(SlackUnavailableError, match=error) as unavailable:
        await api.call(POST, channel=listings.id, text="later")

    assert unavailable.value.reason == error
    assert slack.workspace.messages(listings) == []


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "service_unavailable"])
async def test_slacks_inner_errors_may_have_stored_the_message(
    error: str, api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.errors[POST] = [error]

    with pytest.raises(SlackUnclearError):
        await api.call(POST, channel=listings.id, text="perhaps")


async def test_a_500_may_have_stored_the_message(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.failed_answers[POST] = 1

    with pytest.raises(SlackUnclearError):
        await api.call(POST, channel=listings.id, text="perhaps")


async def test_a_refusal_carries_slacks_reason(api: WebApi) -> None:
    with pytest.raises(SlackRefusedError, match="channel_not_found"):
        await api.call(POST, channel="C0000000000", text="nowhere")


async def test_a_slack_that_is_not_there_was_surely_not_reached(slack: SlackSimulator) -> None:
    gone = WebApi(web_client(slack.bot_token, slack.api_url))
    await slack.stop()

    with pytest.raises(SlackUnreachedError):
        await gone.call("auth.test")


async def test_a_response_url_that_slack_does_not_know_is_a_refusal(
    api: WebApi, slack: SlackSimulator
) -> None:
    link = slack.api_url.removesuffix("api/") + "commands/T1/1/none"

    with pytest.raises(SlackRefusedError):
        await api.respond(link, {"text": "nobody"})


@pytest.mark.parametrize(
    ("refusals", "carousels", "pictures"), [(0, 1, 0), (1, 0, 2), (2, 0, 0), (3, 0, 0)]
)
async def test_what_slack_refuses_is_said_ever_plainer(
    refusals: int,
    carousels: int,
    pictures: int,
    api: WebApi,
    slack: SlackSimulator,
    listings: Channel,
) -> None:
    slack.faults.errors[POST] = ["invalid_blocks"] * refusals
    await api.say(POST, {"channel": listings.id}, BOARD)

    [message] = slack.workspace.messages(listings)
    assert posts(slack) == refusals + 1
    assert sum(block["type"] == "carousel" for block in message.blocks) == carousels
    assert sum("accessory" in block for block in message.blocks) == pictures


@pytest.mark.parametrize(
    "error", ["invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"]
)
async def test_whatever_slack_has_against_the_blocks_the_text_says_it_all(
    error: str, api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.errors[POST] = [error] * 3
    await api.say(POST, {"channel": listings.id}, BOARD)

    [message] = slack.workspace.messages(listings)
    assert (message.text, message.blocks) == (BOARD.text, ())


async def test_a_message_that_is_too_long_in_sum_is_said_in_its_text(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    long = Message.of([section(f"{number} " + "x" * 2900) for number in range(5)], ENGLISH.say)
    await api.say(POST, {"channel": listings.id}, long)

    [message] = slack.workspace.messages(listings)
    assert slack.calls[-2].error == "msg_blocks_too_long"
    assert (message.text, message.blocks) == (long.text, ())


async def test_a_link_to_a_reply_leads_into_its_thread(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    texts = replace(ENGLISH, url=str((await api.ask("auth.test"))["url"]))
    parent = await api.call(POST, channel=listings.id, text="a")
    reply = await api.call(POST, channel=listings.id, text="b", thread_ts=parent["ts"])

    for answer, thread in ((parent, None), (parent, parent["ts"]), (reply, parent["ts"])):
        ts = answer["ts"]
        link = await api.ask("chat.getPermalink", channel=listings.id, message_ts=ts)
        assert html.unescape(texts.link(listings.id, ts, thread)) == link["permalink"]


async def test_what_slack_refuses_for_another_reason_is_not_said_again(
    api: WebApi, slack: SlackSimulator
) -> None:
    with pytest.raises(SlackRefusedError, match="channel_not_found"):
        await api.say(POST, {"channel": "C0000000000"}, BOARD)

    assert posts(slack) == 1


async def test_what_slack_refuses_in_every_form_is_a_refusal(
    api: WebApi, slack: SlackSimulator, listings: Channel
) -> None:
    slack.faults.errors[POST] = ["invalid_blocks"] * 9
    with pytest.raises(SlackRefusedError, match="invalid_blocks"):
        await api.say(POST, {"channel": listings.id}, BOARD)

    assert posts(slack) == 4
