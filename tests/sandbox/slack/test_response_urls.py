"""Response URLs, used with Slack's own webhook client."""

from typing import Any

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.slack import Channel, SlackSimulator, User

BLOCKS = [{"type": "divider"}]


def hook(slack: SlackSimulator, user: User, channel: Channel, source: Any = None) -> Any:
    path = slack._installation.response_urls.issue(user.id, channel.id, source)
    base = slack.api_url.removesuffix("/api/")
    return AsyncWebhookClient(base + path, retry_handlers=[])


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(
    slack: SlackSimulator, ann: User
) -> None:
    foreign = slack.workspace.add_channel("cuts", private=True)
    answers = hook(slack, ann, foreign)

    response = await answers.send(text="for you", blocks=BLOCKS)
    await answers.send(text="for all", response_type="in_channel")

    assert (response.status_code, response.body) == (200, '{"ok": true}')
    assert [m.text for m in slack.workspace.ephemerals(ann, foreign)] == ["for you"]
    assert [m.text for m in slack.workspace.messages(foreign)] == ["for all"]
    assert [call.method for call in slack.calls] == ["response_url", "response_url"]


async def test_an_answer_can_go_into_a_thread(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    parent = slack.workspace.say(ann, films, "hello")

    await hook(slack, ann, films).send_dict(
        {"text": "done", "response_type": "in_channel", "thread_ts": parent.ts}
    )

    assert [m.text for m in slack.workspace.thread(films, parent.ts)] == ["hello", "done"]


async def test_the_message_acted_upon_is_replaced_or_deleted_and_stays_as_visible(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    await hook(slack, ann, films).send(text="sure?")
    (ephemeral,) = slack.workspace.ephemerals(ann, films)
    answers = hook(slack, ann, films, ephemeral)

    await answers.send(text="going", replace_original=True, response_type="in_channel")
    replaced = slack.workspace.ephemerals(ann, films)
    await answers.send(delete_original=True)

    assert [m.text for m in replaced] == ["going"]
    assert replaced[0].ts == ephemeral.ts
    assert slack.workspace.ephemerals(ann, films) == []
    assert slack.workspace.messages(films) == []


async def test_a_sixth_answer_is_refused(slack: SlackSimulator, ann: User, films: Channel) -> None:
    answers = hook(slack, ann, films)

    responses = [await answers.send(text=str(number)) for number in range(6)]

    assert [r.status_code for r in responses] == [200, 200, 200, 200, 200, 404]
    assert "used_url" in responses[-1].body
    assert len(slack.workspace.ephemerals(ann, films)) == 5


async def test_after_half_an_hour_an_answer_is_refused(
    still_slack: SlackSimulator, clock: Any
) -> None:
    ann = still_slack.workspace.add_user("ann")
    films = still_slack.workspace.add_channel("films", bot_member=True)
    answers = hook(still_slack, ann, films)

    clock.now += 30 * 60
    in_time = await answers.send(text="a")
    clock.now += 1
    late = await answers.send(text="b")

    assert (in_time.status_code, late.status_code) == (200, 404)
    assert "expired_url" in late.body


async def test_what_slack_cannot_show_is_refused_and_counts_as_no_use(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    answers = hook(slack, ann, films)

    refused = [await answers.send(text="x", blocks=[{"type": "unheard-of"}]) for _ in range(6)]
    accepted = await answers.send(text="x")

    assert {r.status_code for r in refused} == {400}
    assert "invalid_blocks" in refused[0].body
    assert accepted.status_code == 200


async def test_a_body_that_is_no_object_is_refused(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    url = hook(slack, ann, films).url
    async with aiohttp.ClientSession() as session, session.post(url, data="text") as response:
        assert response.status == 400
